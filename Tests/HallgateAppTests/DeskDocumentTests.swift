// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Testing

@testable import HallgateApp

/// ClerksPage.md and the web process's part of BusinessAPI.md, executed over the socket of a running gateway.
@Suite(.timeLimit(.minutes(2))) struct DeskDocumentTests {
    private static func fences(_ language: String, of document: String) throws -> [String] {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = "Sources/App/HallgateApp/Documentation.docc/\(document).md"
        let page = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        return page.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    private static let pad =
        "devices: [{driver: websocket, line: web, pad: pad-1, key_file: /etc/hallgate/key-1, window: A01, "
        + "window_number: \"1\", score: attitude, best: 5}]\n"

    private static func converse(_ lines: [String], _ yaml: String, keys: [String: String]) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (name, key) in keys {
            try key.write(toFile: "\(directory)/\(name).key", atomically: true, encoding: .utf8)
            chmod("\(directory)/\(name).key", 0o600)
        }
        try await WebHall.run(
            pads: 1, in: directory,
            configuration: { directory in
                yaml.replacingOccurrences(of: "/run/hallgate", with: directory)
                    .replacingOccurrences(of: "/etc/hallgate", with: directory)
            }
        ) { hall in
            let client = try WebClient(hall.socket)
            for line in lines {
                let text = String(line.dropFirst(2))
                guard line.hasPrefix("< ") else {
                    await client.send(text)
                    continue
                }
                // A second may begin between question and answer.
                let seconds = /"remainingSeconds":[0-9]+/
                let came = try #require(await client.nextLine(), "instead of \(text)")
                #expect(came.replacing(seconds) { _ in "" } == text.replacing(seconds) { _ in "" })
            }
        }
    }

    @Test func `the clerk's conversation goes as it is written`() async throws {
        let lines = try #require(try Self.fences("jsonrpc", of: "ClerksPage").first).split(separator: "\n").map(
            String.init)
        #expect(lines.count == 14)
        let yaml = try Self.fences("yaml", of: "ClerksPage").joined()
        #expect(GatewayConfiguration.read(text: yaml).diagnostics.isEmpty)
        try await Self.converse(lines, yaml + Self.pad, keys: ["desk-a01": "c3b4f0917d2e6a58"])
    }

    @Test func `the business system's conversation by way of the web process goes as it is written`() async throws {
        let lines = try #require(try Self.fences("jsonrpc", of: "BusinessAPI").last).split(separator: "\n").map(
            String.init)
        #expect(lines.count == 6)
        let yaml = """
            control:
              web_socket: /run/hallgate/web.sock
              business_socket: /run/hallgate/business.sock
              business_clients:
                - {name: queue, key_file: /etc/hallgate/queue.key}
                - {name: approval, key_file: /etc/hallgate/approval.key, http: yes}
            windows: [{id: A01}]

            """
        try await Self.converse(
            lines, yaml + Self.pad, keys: ["queue": "5f0c2d1e9a7b48364e21", "approval": "a0417b9c2d5e6f83"])
    }
}
