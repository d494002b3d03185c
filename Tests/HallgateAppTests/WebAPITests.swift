// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import Foundation
import Glibc
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// WebAPI.md, executed: its configuration and its conversation.
@Suite(.timeLimit(.minutes(2))) struct WebAPITests {
    private static func fences(_ language: String) throws -> [String] {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = "Sources/App/HallgateApp/Documentation.docc/WebAPI.md"
        let page = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        return page.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    @Test func `the configuration is accepted as it is written`() throws {
        let reading = GatewayConfiguration.read(text: try Self.fences("yaml").joined())
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        let read = try #require(reading.configuration)
        #expect(read.web == WebSettings(socket: "/run/hallgate/web.sock", group: "hallgate-web"))
        #expect(read.devices.first?.line == DeviceLine(path: "pad-1", baud: 115_200, kind: .web))
        #expect(read.devices.first?.padKeyFile == "/etc/hallgate/pad-1.key")
        // The defaults of the document are the program's.
        let (pages, usual) = (try #require(read.pages), PagesSettings())
        #expect(pages.screens.map(\.id) == ["counter-1", "lobby"] && pages.publicURL == "https://hall.example")
        #expect(pages.codeLifetime == usual.codeLifetime && pages.showCodeFor == usual.showCodeFor)
        #expect(pages.thanksFor == usual.thanksFor && pages.rotateEvery == usual.rotateEvery)
        #expect(pages.selfService == usual.selfService && pages.kiosks.map(\.id) == ["hall-1"])
        #expect(pages.languages == usual.languages && pages.realName == usual.realName)
        #expect(pages.mostPerMinute == usual.mostPerMinute && pages.codeSource == usual.codeSource)
    }

    @Test(arguments: [
        ("control: {web_group: g}", "'web_socket' is missing"),
        ("control: {socket: /run/a, web_socket: /run/a}", "one path"),
        (
            "control: {business_socket: /run/a, web_socket: /run/a, business_clients: [{name: a, key_file: /k}]}",
            "one path"
        ),
        (
            "devices: [{driver: websocket, line: web, pad: a, key_file: /k, score: honest, best: 1}]",
            "no socket for pads"
        ),
        (
            "control: {web_socket: /run/a}\ndevices: [{driver: websocket, line: web, pad: a, score: honest, best: 1}]",
            "'key_file' is missing"
        ),
        (
            "control: {web_socket: /run/a}\ndevices: [{driver: websocket, line: web, key_file: /k, score: honest, best: 1}]",
            "'pad' is missing"
        ),
        (
            "control: {web_socket: /run/a}\ndevices: [{driver: websocket, line: web, pad: a, address: 'a:1', "
                + "key_file: /k, score: honest, best: 1}]", "'address' does not go with line: web"
        ),
        ("devices: [{driver: native, line: web, pad: a}]", "'web' is not known here"),
        (
            "control: {web_socket: /run/a}\ndevices:\n- {driver: websocket, line: web, pad: a, key_file: /k, score: honest, "
                + "best: 1}\n- {driver: websocket, line: web, pad: a, key_file: /k, score: honest, best: 1}", "the line"
        ),
    ])
    func `mistakes are named`(_ yaml: String, _ words: String) {
        let diagnostics = GatewayConfiguration.read(text: yaml + "\n").diagnostics
        #expect(diagnostics.contains { $0.message.english.contains(words) }, "\(diagnostics)")
    }

    /// Sessions have other numbers each time, and are opened at another moment.
    @Test func `the conversation goes as it is written`() async throws {
        let lines = try #require(try Self.fences("jsonrpc").first).split(separator: "\n").map(String.init)
        #expect(lines.count > 15)
        let yaml = try Self.fences("yaml").joined()
        try await WebHall.run(
            pads: 1,
            configuration: { directory in
                yaml.replacingOccurrences(of: "/run/hallgate", with: directory)
                    .replacingOccurrences(of: "/etc/hallgate/pad-1.key", with: directory + "/key-1")
                    .replacingOccurrences(of: "  web_group: hallgate-web\n", with: "")
            }, key: "3b1f7c09d2aa4e58"
        ) { hall in
            let client = try WebClient(hall.socket)
            var words: [(written: String, actual: String)] = []
            var early: [String] = []
            for line in lines {
                var text = String(line.dropFirst(2))
                for (written, actual) in words { text = text.replacingOccurrences(of: written, with: actual) }
                switch line.prefix(2) {
                case "> ":
                    await client.send(text)
                case "< ":
                    // What concerns two connections keeps no order.
                    if let index = early.firstIndex(of: text) {
                        early.remove(at: index)
                        continue
                    }
                    var came = try #require(await client.nextLine(), "instead of \(text)")
                    if came != text, text.contains("replaced") {
                        early.append(came)
                        came = try #require(await client.nextLine(), "instead of \(text)")
                    }
                    for name in ["rateId", "date"] where text.contains("RateQuest") {
                        guard let written = Self.member(name, of: text), let actual = Self.member(name, of: came) else {
                            continue
                        }
                        words.append((written, actual))
                        text = text.replacingOccurrences(of: written, with: actual)
                    }
                    #expect(came == text)
                default:
                    #expect(await eventually { await hall.device(1)?.state == .ready })
                    _ = try await hall.open(1, transactor: "王某", item: "社保卡补办")
                }
            }
            #expect(try await hall.ratings().map(\.level) == [.verySatisfied])
        }
    }

    /// Codes and receipts are others each time, and seconds go by.
    @Test func `the conversation of pages goes as it is written`() async throws {
        let lines = try #require(try Self.fences("jsonrpc").last).split(separator: "\n").map(String.init)
        #expect(lines.count > 15)
        let yaml = try Self.fences("yaml").joined()
        try await WebHall.run(
            pads: 1,
            configuration: { directory in
                yaml.replacingOccurrences(of: "/run/hallgate", with: directory)
                    .replacingOccurrences(of: "/etc/hallgate", with: directory)
                    .replacingOccurrences(of: "  web_group: hallgate-web\n", with: "")
            }, key: "3b1f7c09d2aa4e58"
        ) { hall in
            for screen in ["counter-1", "lobby", "hall-1"] {
                try "8d21c6f0a4be7735".write(
                    toFile: "\(hall.directory)/\(screen).key", atomically: true, encoding: .utf8)
                chmod("\(hall.directory)/\(screen).key", 0o600)
            }
            let client = try WebClient(hall.socket)
            var words: [String: String] = [:]
            // Answers and scenes keep no order between them.
            var early: [String] = []
            for line in lines {
                var text = String(line.dropFirst(2))
                for (written, actual) in words { text = text.replacingOccurrences(of: written, with: actual) }
                switch line.prefix(2) {
                case "> ": await client.send(text)
                case "< ":
                    let isScene = text.contains("screen.show")
                    while !early.contains(where: { $0.contains("screen.show") == isScene }) {
                        early.append(try #require(await client.nextLine(), "instead of \(text)"))
                    }
                    let index = early.firstIndex { $0.contains("screen.show") == isScene } ?? 0
                    let came = early.remove(at: index)
                    for pattern in [
                        /hall\.example\/r\/([A-Za-z0-9_-]+)/, /"receipt":"([0-9A-Z]+)"/,
                        /"code":"(A[A-Za-z0-9_-]{12,})"/,
                    ] {
                        guard let written = text.firstMatch(of: pattern)?.1,
                            let actual = came.firstMatch(of: pattern)?.1
                        else { continue }
                        words[String(written)] = String(actual)
                        text = text.replacingOccurrences(of: written, with: actual)
                    }
                    #expect(Self.withoutSeconds(came) == Self.withoutSeconds(text))
                default:
                    let request = SessionRequest(
                        window: "A01", projectNumber: "15012120260042", serviceNumber: "1", ticket: "B012")
                    _ = try await GatewayBusiness(reception: hall.gateway.reception).openSession(request)
                }
            }
            #expect(try await hall.ratings().map(\.level) == [.dissatisfied, .satisfied])
            #expect(try await hall.ratings().map(\.channel) == [.qrCode, .terminal])
        }
    }

    private static func withoutSeconds(_ line: String) -> String {
        line.replacing(/Seconds":[0-9]+/) { _ in "Seconds\":0" }
    }

    /// The value of a member of a message within a line, its quotes escaped once.
    private static func member(_ name: String, of line: String) -> String? {
        line.components(separatedBy: "\\\"\(name)\\\":\\\"").dropFirst().first?.components(separatedBy: "\\\"").first
    }
}
