// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import ControlSocket
import Foundation
import HallAPI
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Codes that a region gave once and for all.
@Suite(.timeLimit(.minutes(2))) struct ImportedCodesTests {
    private static let file = """
        codes:
          - {window: W3, text: 'https://region.example/s/8817?w=W3'}
          - {text: 'weixin://region/8800'}
        """

    private func withFile(_ text: String, _ body: (_ path: String, _ directory: String) async throws -> Void)
        async throws
    {
        let directory = FileManager.default.temporaryDirectory.appending(path: "imported-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try text.write(toFile: directory + "/codes.yaml", atomically: true, encoding: .utf8)
        try await body(directory + "/codes.yaml", directory)
    }

    private func refusal(_ work: () async throws(GatewayError) -> some Any) async -> String? {
        do throws(GatewayError) {
            _ = try await work()
            return nil
        } catch { return error.code }
    }

    @Test func `a spreadsheet of the document is the same table, also as a copy that was kept`() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "Sources/App/HallgateApp/Documentation.docc/Codes.md"), encoding: .utf8)
        let sheet = try #require(
            page.components(separatedBy: "```csv\n").dropFirst().first?.components(separatedBy: "```").first)
        let directory = FileManager.default.temporaryDirectory.appending(path: "sheet-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory + "/kept", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/codes.CSV"
        let kept = KeptDescriptions(folder: directory + "/kept")
        let text =
            "windows: [{id: A01}]\npages: {qr: {source: region-template, template: 'https://r/{window}', codes: \(path)}}\n"
        for place in [path, try #require(kept.copy(of: path))] {
            try (place == path ? sheet : sheet.replacing("8817", with: "9917")).write(
                toFile: place, atomically: true, encoding: .utf8)
            try text.write(toFile: directory + "/hall.yaml", atomically: true, encoding: .utf8)
            let read = try ConfigurationSource(path: directory + "/hall.yaml", kept: kept).read()
            let number = place == path ? "8817" : "9917"
            #expect(read.pages?.regionCodes?.windows == [WindowID("A01"): "https://region.example/s/\(number)"])
            #expect(read.pages?.regionCodes?.hall == "https://region.example/s/8800")
        }
    }

    @Test func `a sign has the region's code as it is, and no number of the hall's`() async throws {
        try await withFile(Self.file) { path, _ in
            let pages =
                "pages: {receiver: {zh-Hans: 自治区}, qr: {source: region-template, template: 'https://region.example/e?c={case}', codes: \(path)}}"
            try await RunningHall.run(devices: "driver: native, window: W3", pages) { hall in
                let sign = try await hall.client.mintSign(MintSignRequest(window: "W3", user: "wang"))
                #expect(sign.address == "https://region.example/s/8817?w=W3" && sign.sign == nil)
                #expect(sign.publicURL == "https://region.example" && sign.window == "W3")
                #expect(sign.receiverChinese == "自治区" && sign.receiverEnglish == nil)
                let lobby = try await hall.client.mintSign(MintSignRequest(window: nil, user: "wang"))
                #expect(lobby.address == "weixin://region/8800" && lobby.publicURL == nil)
                #expect(try await hall.client.codes().signs.isEmpty)
                let own = try await hall.client.mintSign(
                    MintSignRequest(window: "W3", publicURL: "https://hall.example", user: "wang"))
                #expect(own.address.hasPrefix("https://hall.example/r/") && own.sign != nil)
            }
        }
    }

    @Test func `without an imported code a template without a case will do, and nothing else`() async throws {
        let cases: [(String, String?)] = [
            ("https://region.example/w/{window}", nil), ("https://region.example/{case}", "code.no-region-code"),
        ]
        for (template, code) in cases {
            let pages = "pages: {qr: {source: region-template, template: '\(template)'}}"
            try await RunningHall.run(devices: "driver: native, window: W3", pages) { hall in
                let request = MintSignRequest(window: "W3", user: "wang")
                #expect(await refusal { () throws(GatewayError) in try await hall.client.mintSign(request) } == code)
            }
        }
    }

    @Test func `the hall's own signs take address and receiver from the configuration`() async throws {
        let pages = "pages: {public_url: 'https://hall.example/', receiver: {en: the region}}"
        try await RunningHall.run(devices: "driver: native, window: W3", pages) { hall in
            let sign = try await hall.client.mintSign(MintSignRequest(window: nil, user: "wang"))
            #expect(sign.address.hasPrefix("https://hall.example/r/") && sign.publicURL == "https://hall.example")
            #expect(sign.receiverEnglish == "the region" && sign.receiverChinese == nil)
        }
    }

    @Test func `a session whose case is not known has its window's code on the screen`() async throws {
        try await withFile(Self.file) { path, directory in
            let qr = "source: region-template, template: 'https://region.example/e?c={case}', codes: \(path)"
            let pages = "pages: {qr: {\(qr)}, \(try ScreenWatcher.stanza(in: directory))}"
            try await RunningHall.run(devices: "driver: native, window: W3", pages) { hall in
                let screen = ScreenWatcher(gateway: hall.gateway)
                _ = try await screen.open(nil)
                #expect(try await screen.comes { $0.codeText == "https://region.example/s/8817?w=W3" })
                _ = try await screen.open("P 1")
                #expect(try await screen.comes { $0.codeText == "https://region.example/e?c=P%201" })
            }
        }
    }

    @Test(arguments: [
        ("codes: [{window: W9, text: a}]", "no window 'W9'"), ("codes: [{window: W3}]", "'text' is missing"),
        ("codes: [{text: a}, {text: b}]", "for this place already"),
        ("codes: [{text: \"a\\tb\"}]", "control characters"),
        ("code: []", "unknown key"),
    ]) func `mistakes in the file are named`(_ text: String, _ words: String) async throws {
        try await withFile(text) { path, _ in
            let diagnostics = GatewayConfiguration.read(
                text: "windows: [{id: W3}]\npages: {qr: {source: region-call, codes: \(path)}}\n"
            ).diagnostics
            #expect(diagnostics.contains { $0.message.english.contains(words) }, "\(diagnostics)")
        }
    }

    @Test func `what cannot be asked is a mistake`() {
        func mistakes(_ qr: String, _ uplink: String) -> [String] {
            GatewayConfiguration.read(text: "windows: [{id: W3}]\nuplinks: [{\(uplink)}]\npages: {qr: {\(qr)}}\n")
                .diagnostics
                .map(\.message.english)
        }
        let https = "name: r, kind: https, url: 'https://127.0.0.1:9/a', profile: "
        let template = "source: region-template, template: 'https://a/{case}', ask_rated: 3s"
        #expect(mistakes("source: region-call", https + "national").isEmpty)
        #expect(mistakes(template, https + "plain").isEmpty)
        #expect(
            mistakes("source: region-call", https + "zhejiang-style, batch: 1").contains { $0.contains("calls.code") })
        #expect(mistakes(template, https + "zhejiang-style, batch: 1").contains { $0.contains("calls.rated") })
        let broker =
            "name: r, kind: mqtt, host: 127.0.0.1, client_id: c, topic: t, settle_on: puback, no_subscriber: accept, plaintext: true, profile: national"
        #expect(mistakes(template, broker).contains { $0.contains("asks nothing") })
    }
}
