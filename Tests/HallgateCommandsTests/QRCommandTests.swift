// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import FoundationXML
import Logging
import OperatorAPI
import QRCode
import RatingModel
import Testing

@testable import HallgateCommands

/// A daemon with one key and the signs it was asked for.
private actor SigningService: OperatorService {
    private(set) var minted: [MintSignRequest] = []
    private(set) var revoked: [RevokeCodesRequest] = []
    private(set) var rotated: [RotateCodesRequest] = []

    func status() async -> GatewayStatus { .sample }
    func metrics() async -> String { "" }
    func reload() async throws(GatewayError) -> ReloadReport { ReloadReport(changes: [], needsRestart: []) }
    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        SessionTicket(session: 1, promptedPads: 0)
    }

    func codes() throws(GatewayError) -> CodesReport {
        CodesReport(
            gateway: "6f1c02aa",
            keys: [
                .init(id: 1, madeAtMilliseconds: 0, honouredUntilMilliseconds: 86_400_000, state: .ended),
                .init(id: 2, madeAtMilliseconds: 0, honouredUntilMilliseconds: nil, state: .current),
            ], signs: minted.map { Self.sign($0.window) })
    }

    func mintSign(_ request: MintSignRequest) throws(GatewayError) -> MintedSign {
        minted.append(request)
        let publicURL = request.publicURL ?? "https://pingjia.example.gov.cn"
        return MintedSign(
            sign: Self.sign(request.window), address: publicURL + "/r/" + Self.code, publicURL: publicURL,
            window: request.window, hall: "土默特左旗政务服务中心", windowName: request.window.map { _ in "社会保障综合窗口" })
    }

    func revokeCodes(_ request: RevokeCodesRequest) throws(GatewayError) -> CodesReport {
        revoked.append(request)
        return try codes()
    }

    func rotateCodes(_ request: RotateCodesRequest) throws(GatewayError) -> CodesReport {
        rotated.append(request)
        return try codes()
    }

    static let code = "AQFvHAKqAQIDBAAAAAAAAAAHC3Z9905mgF8ke9sDcYteMpMjX2oAzlD"

    private static func sign(_ window: String?) -> CodesReport.Sign {
        .init(
            number: "3f2a91c0", nonce: "3f2a91c0" + String(repeating: "0", count: 16), key: 2, window: window,
            madeAtMilliseconds: 0, user: "wang", state: .counts)
    }
}

@Suite struct QRCommandTests {
    /// Runs a command line against the service.
    private func run(
        _ arguments: [String], locale: String = "C", service: SigningService = SigningService()
    ) async throws -> (status: Int32, text: String) {
        let path = "/tmp/hallgate-\(UInt64.random(in: 0 ... .max)).sock"
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let console = RecordedConsole()
        let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
        return await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isListening.finish() }
                try await ControlServer(path: path, service: service, logger: logger).run { isListening.yield() }
            }
            for await _ in listening { break }
            let status = await console.run(arguments + ["--socket", path], locale: locale)
            group.cancelAll()
            while (try? await group.next()) != nil {}
            return (status, console.output + console.errors)
        }
    }

    /// What a program of the system says.
    private func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/" + program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }

    private func codes(in image: String) throws -> [Substring] {
        try output("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", image]).split(separator: "\n")
    }

    @Test func `a sheet as PDF is read back by programs that are not ours`() async throws {
        try await withDirectory { directory in
            let pdf = directory + "/sheet.pdf"
            let answer = try await run(["qr", "sheet", "--window", "A01", "--pdf", pdf])
            #expect(answer.status == 0, "\(answer.text)")
            #expect(answer.text.contains("Sign 3f2a91c0: modules of 3."))
            _ = try output("pdftoppm", ["-r", "100", "-png", pdf, directory + "/page"])
            let pages = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".png") }
            #expect(pages.count == 1)
            let address = "https://pingjia.example.gov.cn/r/" + SigningService.code
            #expect(try codes(in: directory + "/" + (pages.first ?? "")) == [address[...]])
            let text = try output("pdftotext", [pdf, "-"]).filter { !$0.isWhitespace }
            for words in [
                "土默特左旗政务服务中心", "A01", "社会保障综合窗口", "请扫码评价本次服务", "Scan to rate the service",
                "窗口看不到您的选择", "the window cannot see what you choose", "网址以https://pingjia.example.gov.cn/开头",
                "the address begins with https://pingjia.example.gov.cn/", "Window A01", "3f2a91c0", "系统接收",
            ] {
                #expect(text.contains(words.filter { $0 != " " }), "\(words) is not in \(text)")
            }
            let size = try output("pdfinfo", [pdf])
            #expect(size.contains("(A4)"), "\(size)")
        }
    }

    @Test func `a sheet as SVG is read back, also by a browser`() async throws {
        try await withDirectory { directory in
            let svg = directory + "/sheet.svg"
            let answer = try await run(
                ["qr", "sheet", "--svg", svg, "--url", "https://h.example"], locale: "zh_CN.UTF-8")
            #expect(answer.status == 0 && answer.text.contains("标牌 3f2a91c0"), "\(answer.text)")
            _ = try output(
                "chromium",
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=800,1130",
                    "--user-data-dir=\(directory)/profile", "--screenshot=\(directory)/sheet.png", "file://\(svg)",
                ])
            #expect(try codes(in: directory + "/sheet.png") == ["https://h.example/r/\(SigningService.code)"])
            let text = try String(contentsOfFile: svg, encoding: .utf8)
            #expect(text.contains("本大厅") && text.contains("This hall") && !text.contains("A01"))
        }
    }

    /// A region's sheet: a prolog, a comment that holds a tag, a namespace of a drawing program, and the place.
    private static let sheet = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- <rect id="hallgate-code" width="1" height="1"/> -->
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" width="210mm"
             height="297mm" viewBox="0 0 210 297">
          <title>a > b</title><path fill="#c00" d="M0 0h210v30H0z"/>
          <rect i:label='the place' id='hallgate-code' x="55" y="90.5" width="100"
                height="100" fill="none" stroke="#c00"></rect>
          <text x="20" y="250" font-size="9">自治区“好差评”系统</text>
        </svg>

        """

    @Test(arguments: ["svg", "pdf"]) func `a region's own sheet has the code in its place and is else as it was`(
        _ form: String
    ) async throws {
        try await withDirectory { directory in
            try Self.sheet.write(toFile: directory + "/region.svg", atomically: true, encoding: .utf8)
            let file = "\(directory)/sheet.\(form)"
            let answer = try await run(
                ["qr", "sheet", "--window", "A01", "--template", directory + "/region.svg", "--\(form)", file])
            #expect(answer.status == 0, "\(answer.text)")
            let picture: String
            if form == "pdf" {
                _ = try output("pdftoppm", ["-r", "100", "-png", "-singlefile", file, directory + "/page"])
                picture = directory + "/page.png"
                #expect(try output("pdfinfo", [file]).contains("(A4)"))
            } else {
                let written = try String(contentsOfFile: file, encoding: .utf8)
                let (start, end) = (
                    try #require(written.range(of: "</rect><g ")), try #require(written.range(of: "/></g>\n"))
                )
                let code =
                    written.index(start.lowerBound, offsetBy: "</rect>".count)..<written.index(before: end.upperBound)
                #expect(written.replacingCharacters(in: code, with: "") == Self.sheet)
                picture = directory + "/sheet.png"
                _ = try output(
                    "chromium",
                    [
                        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=800,1130",
                        "--user-data-dir=\(directory)/profile", "--screenshot=\(picture)", "file://\(file)",
                    ])
            }
            #expect(try codes(in: picture) == ["https://pingjia.example.gov.cn/r/\(SigningService.code)"[...]])
        }
    }

    @Test(arguments: [
        ("<svg/>", "has 0 rectangles"), (sheet.replacing("hallgate-code", with: "code"), "has 0 rectangles"),
        (sheet.replacing("</svg>", with: "<rect id=\"hallgate-code\"/></svg>"), "has 2 rectangles"),
        (sheet.replacing("width=\"100\"", with: "width=\"10cm\""), "no numbers"),
        (sheet.replacing("width=\"100\"", with: ""), "no numbers"),
        (sheet.replacing("width=\"100\"", with: "width=\"0\""), "no numbers"),
        (sheet.replacing("</rect>", with: ""), "not closed"), ("<svg><rect id=\"hallgate-code", "has 0 rectangles"),
    ]) func `a sheet without one place makes no sign`(_ text: String, _ words: String) async throws {
        let service = SigningService()
        try await withDirectory { directory in
            try text.write(toFile: directory + "/region.svg", atomically: true, encoding: .utf8)
            let answer = try await run(
                ["qr", "sheet", "--template", directory + "/region.svg", "--svg", directory + "/a.svg"],
                service: service)
            #expect(answer.status == 1 && answer.text.contains(words), "\(answer.text)")
        }
        #expect(await service.minted.isEmpty)
        #expect(try await run(["qr", "sheet", "--template", "/nowhere.svg"], service: service).status == 2)
    }

    @Test func `without a file the code stands on the terminal`() async throws {
        let answer = try await run(["qr", "sheet", "--window", "A01"])
        #expect(answer.status == 0 && answer.text.contains("█▀") && answer.text.contains("/r/" + SigningService.code))
        let json = try await run(["qr", "sheet", "--window", "A01", "--json"])
        let sign = try JSONDecoder().decode(MintedSign.self, from: Data(json.text.utf8))
        #expect(sign.sign?.window == "A01" && sign.window == "A01")
    }

    @Test func `no sign is made that cannot be printed`() async throws {
        let service = SigningService()
        #expect(throws: GatewayError.self) { try PDFRenderer.find(path: "/nonexistent:") }
        do throws(GatewayError) {
            _ = try PDFRenderer.find(path: "")
        } catch { #expect(error.code == "qr.no-weasyprint" && error.hint.chinese.contains("apt install weasyprint")) }
        let answer = try await run(["qr", "sheet", "--pdf", "a.pdf", "--svg", "b.svg"], service: service)
        #expect(answer.status == 2)
        #expect(await service.minted.isEmpty)
        let unwritable = try await run(["qr", "sheet", "--svg", "/nonexistent/sheet.svg"])
        #expect(unwritable.status == 1 && unwritable.text.contains("/nonexistent/sheet.svg"))
        let pdf = try await run(["qr", "sheet", "--pdf", "/nonexistent/sheet.pdf"])
        #expect(pdf.status == 1 && pdf.text.contains("made no PDF"), "\(pdf.text)")
    }

    @Test func `keys and signs are listed in both languages`() async throws {
        let service = SigningService()
        _ = try await run(["qr", "sheet", "--window", "A01"], service: service)
        let english = try await run(["qr"], service: service)
        #expect(english.status == 0 && english.text.contains("key 2  in use"), "\(english.text)")
        #expect(english.text.contains("3f2a91c0  A01  counts") && english.text.contains("wang"))
        let chinese = try await run(["qr", "ls"], locale: "zh_CN.UTF-8", service: service)
        #expect(chinese.text.contains("密钥 1  已到期") && chinese.text.contains("网关 6f1c02aa"))
        let json = try await run(["qr", "ls", "--json"], service: service)
        #expect(try JSONDecoder().decode(CodesReport.self, from: Data(json.text.utf8)).keys.map(\.id) == [1, 2])
    }

    @Test func `revoking and rotating say what they mean`() async throws {
        let service = SigningService()
        for wrong in [
            ["qr", "revoke"], ["qr", "revoke", "--key", "1", "--sign", "3f2a"], ["qr", "revoke", "--key", "300"],
            ["qr", "rotate", "--overlap", "soon"], ["qr", "rotate", "--overlap", "-1d"],
        ] {
            #expect(try await run(wrong, service: service).status == 2, "\(wrong)")
        }
        #expect(
            try await run(["qr", "revoke", "--sign", "3f2a91c0", "--reason", "stolen"], service: service).status == 0)
        #expect(try await run(["qr", "revoke", "--key", "1"], service: service).status == 0)
        #expect(try await run(["qr", "rotate", "--overlap", "90d"], service: service).status == 0)
        #expect(try await run(["qr", "rotate"], service: service).status == 0)
        #expect(await service.revoked.map(\.sign) == ["3f2a91c0", nil])
        #expect(await service.revoked.map(\.key) == [nil, 1])
        #expect(await service.revoked.first?.reason == "stolen")
        #expect(await service.rotated.map(\.overlapSeconds) == [90 * 86_400, nil])
    }
}

@Suite struct SignSheetTests {
    private func sheet(hall: String, window: String?, name: String?, url: String) throws -> SignSheet {
        let sign = CodesReport.Sign(
            number: "3f2a91c0", nonce: "", key: 1, window: window, madeAtMilliseconds: 0, user: "w", state: .counts)
        return try SignSheet(
            MintedSign(
                sign: sign, address: url + "/r/" + String(repeating: "aB3-", count: 14), publicURL: url, window: window,
                hall: hall, windowName: name))
    }

    @Test func `the modules are coarse enough for two metres`() throws {
        let sheet = try sheet(hall: "", window: "A01", name: nil, url: "https://pingjia.tumotezuoqi.example.gov.cn")
        #expect(sheet.moduleMillimetres >= 2.5 && SignSheet.symbolMillimetres >= 80)
        #expect(sheet.sign.address.utf8.count < 140)
    }

    @Test(arguments: [
        ("https://region.example/s/8817?w=A01", "https://region.example" as String?), ("weixin://region/8817", nil),
    ]) func `a sheet with the region's code says whose page it is`(_ text: String, _ start: String?) throws {
        let sheet = try SignSheet(
            MintedSign(
                sign: nil, address: text, publicURL: start, window: "A01", hall: "厅", windowName: nil,
                receiverChinese: "自治区平台"))
        let words = sheet.svg.split(separator: "</text>").compactMap { $0.split(separator: ">").last }.joined()
        #expect(words.contains("上级平台的评价页面") && words.contains("自治区平台"))
        #expect(words.contains("https://region.example") == (start != nil))
        #expect(!words.contains("标牌编号") && !words.contains("页面显示"), "neither a number nor a window is promised")
        #expect(try sheet.matrix == QRMatrix(text: text, correction: .medium))
    }

    @Test(arguments: [
        "厅", String(repeating: "呼和浩特市土默特左旗", count: 8), "A long English name of a service hall, twice over",
    ])
    func `no line leaves the sheet, however long the names are`(_ hall: String) throws {
        let window = String(repeating: "W", count: 40)
        let url = "https://" + String(repeating: "a", count: 60) + ".example"
        let svg = try sheet(hall: hall, window: window, name: hall, url: url).svg
        var seen = 0
        for part in svg.split(separator: "<text ").dropFirst() {
            let size = try #require(
                part.split(separator: "font-size=\"").last.flatMap { Double($0.prefix { $0 != "\"" }) })
            let y = try #require(part.split(separator: " y=\"").last.flatMap { Double($0.prefix { $0 != "\"" }) })
            let text = try #require(part.split(separator: ">").dropFirst().first?.prefix { $0 != "<" })
            #expect(SheetText.width(of: String(text)) * size <= 181, "\(text)")
            #expect(y < 290 && (y < 105 || y > 230), "\(text) at \(y)")
            seen += 1
        }
        #expect(seen >= 9)
    }

    @Test func `names are no markup`() throws {
        let svg = try sheet(hall: "<b>&\"厅\"", window: "<1>", name: "\u{1}", url: "https://h.example").svg
        let parser = XMLParser(data: Data(svg.utf8))
        #expect(parser.parse())
        #expect(!svg.contains("<b>"))
    }
}
