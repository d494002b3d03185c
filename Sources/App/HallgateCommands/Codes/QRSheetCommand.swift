// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import Glibc
import OperatorAPI
import QRCode
import RatingModel

/// `hallgate qr sheet [--window A01] [--template FILE] [--pdf FILE | --svg FILE]`
struct QRSheetCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheet",
        abstract: say("Make an A4 sign with a QR code for a window, or for the hall.", "制作窗口或大厅的 A4 二维码标牌。"),
        discussion: say(
            "Every call makes a sign of its own, which is on record; 'hallgate qr revoke --sign' takes it back. Where the "
                + "codes are the region's, its code is printed as it is. Without a file the code is shown on the terminal.",
            "每次调用都会制作一张新标牌并记录在案，可用 hallgate qr revoke --sign 停用；使用上级平台二维码时原样打印。不指定文件时在终端显示二维码。"))

    @Option(help: ArgumentHelp(say("The window; without it the sign is the hall's.", "窗口；省略则为大厅标牌。"), valueName: "id"))
    var window: String?

    @Option(
        help: ArgumentHelp(say("Write the sheet as PDF; needs weasyprint.", "输出 PDF；需要 weasyprint。"), valueName: "file")
    )
    var pdf: String?

    @Option(help: ArgumentHelp(say("Write the sheet as SVG.", "输出 SVG。"), valueName: "file"))
    var svg: String?

    @Option(
        help: ArgumentHelp(
            say(
                "A sheet of the region's, an SVG with a rectangle 'hallgate-code' for the code; nothing else of it changes.",
                "上级平台的标牌模板：SVG，以矩形 hallgate-code 标出二维码位置；其余内容不作改动。"), valueName: "file"))
    var template: String?

    @Option(
        help: ArgumentHelp(
            say("Where phones find the pages (default: the configuration's).", "手机访问页面的网址（默认取自配置）。"),
            valueName: "address"))
    var url: String?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func validate() throws {
        guard pdf == nil || svg == nil else {
            throw ValidationError(say("Take one of --pdf and --svg.", "请在 --pdf 和 --svg 中选择一项。"))
        }
        guard template == nil || pdf != nil || svg != nil else {
            throw ValidationError(say("--template needs --pdf or --svg.", "--template 需要 --pdf 或 --svg。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        // What is missing is said before a sign is made that nobody prints.
        let renderer = try pdf == nil ? nil : PDFRenderer.find()
        var regionSheet: SheetTemplate?
        if let template { regionSheet = try SheetTemplate.read(template) }
        let sign = try await daemon.client.mintSign(
            MintSignRequest(window: window, publicURL: url, user: operatorName()))
        let sheet = try SignSheet(sign)
        if let pdf { try renderer?.write(regionSheet?.html(sheet.matrix) ?? sheet.html, to: pdf) }
        if let svg { try write(regionSheet?.svg(sheet.matrix) ?? sheet.svg, to: svg) }
        if json {
            console.write(encodedJSON(sign))
        } else {
            if pdf == nil, svg == nil { console.write(sheet.matrix.blocks(on: .dark) + sign.address) }
            // How large the place is in millimetres is the region's to know.
            if regionSheet == nil || sheet.sign.sign != nil { console.write(said(sheet, console)) }
        }
        return .well
    }

    private func said(_ sheet: SignSheet, _ console: Console) -> String {
        let module = sheet.moduleText
        guard let number = sheet.sign.sign?.number else {
            return LocalText(
                "A sign with the region's own code: modules of \(module) mm, to be read from two metres where they are 2.5 mm "
                    + "or more.",
                "上级平台二维码的标牌：模块边长 \(module) 毫米；不小于 2.5 毫米时可在两米外识读。"
            ).text(for: console.locale)
        }
        let made = LocalText(
            "Sign \(number): modules of \(module) mm, to be read from two metres where they are 2.5 mm or more.",
            "标牌 \(number)：模块边长 \(module) 毫米；不小于 2.5 毫米时可在两米外识读。")
        return made.text(for: console.locale)
    }

    private func write(_ text: String, to path: String) throws(GatewayError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .sheetNotWritten(path, String(cString: strerror(errno))) }
        let isWritten = writeAll(text, to: descriptor)
        guard close(descriptor) == 0, isWritten else {
            throw .sheetNotWritten(path, String(cString: strerror(errno)))
        }
    }
}

/// Writes a text with plain system calls; answers whether all of it went.
func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}

extension GatewayError {
    static func sheetNotWritten(_ path: String, _ cause: String) -> GatewayError {
        GatewayError(
            "qr.unwritable-file", LocalText("the sheet cannot be written", "无法写入标牌文件"), cause: "\(path): \(cause)",
            hint: LocalText("name a folder that exists, is yours and has room", "请指定存在、有写权限且有空间的目录"))
    }
}
