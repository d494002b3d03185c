// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import ControlSocket
import DeviceAPI
import Foundation
import Glibc
import Logging
import RatingModel
import Testing
import WindowSessions

@testable import HallgateApp

/// What BusinessAPI.md says, done.
@Suite struct BusinessAPITests {
    private static func document() throws -> String {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = "Sources/App/HallgateApp/Documentation.docc/BusinessAPI.md"
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func fences(_ language: String) throws -> [String] {
        try document().components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    /// The conversation of the document, with a running server on a real socket; sessions have other numbers each time.
    @Test func `The conversation goes as it is written`() async throws {
        let hall = try await HallOnPaper { $0.slipLifetime = .seconds(7 * 86_400) }
        let fixture = hall.fixture
        let directory = FileManager.default.temporaryDirectory.appending(path: "hallgate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "business.sock").path()
        let keyFile = directory.appending(path: "queue.key").path()
        try "5f0c2d1e9a7b48364e21\n".write(toFile: keyFile, atomically: true, encoding: .utf8)
        let settings = BusinessSettings(socket: path, group: nil, keyFiles: ["queue": keyFile])
        let server = settings.server(
            at: path, for: GatewayBusiness(reception: fixture.reception, hall: hall.desk), logger: Logger(label: "test")
        )
        let lines = try #require(try Self.fences("jsonrpc").first).split(separator: "\n").map(String.init)
        let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isListening.finish() }
                try await server.run { isListening.yield() }
            }
            for await _ in listening { break }
            try await Self.converse(lines, with: LineClient(path), fixture)
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(lines.count > 25)
    }

    private static func converse(_ lines: [String], with client: LineClient, _ fixture: ReceptionFixture) async throws {
        var numbers: [String: String] = [:]
        var request = ""
        for line in lines {
            var text = String(line.dropFirst(2))
            for (written, actual) in numbers { text = text.replacingOccurrences(of: written, with: actual) }
            switch line.prefix(2) {
            case "> ":
                request = text
                await client.send(text + "\n")
            case "< ":
                let answer = try #require(await client.line(), "no answer to \(request)")
                if request.contains("session.open"), let written = session(in: text), let actual = session(in: answer) {
                    numbers[written] = actual
                    text = text.replacingOccurrences(of: written, with: actual)
                }
                #expect(Self.withoutCode(answer) == Self.withoutCode(text), "to \(request)")
            default:
                let actual = try #require(numbers["2417"].flatMap { PromptNumber($0) })
                #expect(await fixture.press(1, prompt: actual) == .recorded)
            }
        }
    }

    /// A line with every code taken as the same.
    private static func withoutCode(_ line: String) -> String {
        line.replacing(/hall\.example\/r\/[A-Za-z0-9_-]+/) { _ in "hall.example/r/CODE" }
    }

    /// The number of the session in an answer.
    private static func session(in answer: String) -> String? {
        answer.components(separatedBy: "\"session\":").dropFirst().first.map { $0.filter(\.isNumber) }
    }

    @Test func `The configuration is accepted as it is written`() throws {
        let yaml = try Self.fences("yaml").joined()
        let file = FileManager.default.temporaryDirectory.appending(path: "hallgate-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try yaml.write(to: file, atomically: true, encoding: .utf8)
        let reading = GatewayConfiguration.read(file: file.path())
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        let read = try #require(reading.configuration)
        #expect(
            read.business?.keyFiles
                == ["queue": "/etc/hallgate/queue.key", "approval": "/etc/hallgate/approval.key"])
        #expect(read.business?.overHTTP == ["approval"])
        // The defaults of the document are the program's.
        #expect(read.session.policy == SessionSettings().policy)
        #expect(read.session.isHeldForCorrection == SessionSettings().isHeldForCorrection)
        #expect(read.session.integrity.streakLength == SessionSettings().integrity.streakLength)
        #expect(read.promptTimeout == GatewayConfiguration.builtIn.promptTimeout)
        #expect(read.session.codes.rules.count == 3 && read.session.codes.staff == ["0017": "0017"])
        #expect(read.session.integrity.openingHours?.contain(600) == true)
    }

    @Test(arguments: [
        ("session: {opening_hours: [{days: Mon, hours: 9-17}]}", "opening hours"),
        ("session: {codes: [{kind: ticket, shortest: 9, longest: 8}]}", "shortest"),
        ("session: {codes: [{kind: coupon}]}", "coupon"),
        ("session: {correction_window: 2m}", "correction_window"), ("session: {correction_hold: maybe}", "maybe"),
        ("session: {restart_grace: 11m}", "restart_grace"),
        ("control: {business_socket: /run/b.sock}", "nobody may use"),
        ("control: {business_clients: [{name: a, key_file: /k}]}", "business_socket"),
        ("control: {business_clients: [{name: a, key_file: /k, http: yes}]}", "'web_socket' is missing"),
        ("control: {web_socket: /w, business_clients: [{name: a, key_file: /k, http: maybe}]}", "maybe"),
        (
            "control: {web_socket: /w, business_clients: [{name: a, key_file: /k, http: yes}, {name: b, key_file: /k}]}",
            "business_socket"
        ),
        ("control: {socket: /run/a, business_socket: /run/a, business_clients: [{name: a, key_file: /k}]}", "one path"),
    ])
    func `Mistakes are named`(_ yaml: String, _ words: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "hallgate-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try yaml.write(to: file, atomically: true, encoding: .utf8)
        let diagnostics = GatewayConfiguration.read(file: file.path()).diagnostics
        #expect(diagnostics.contains { $0.message.english.contains(words) }, "\(diagnostics)")
    }

    @Test func `A client whose key cannot be read is not let in`() {
        #expect(ControlClientKey(name: "a", key: "short") == nil)
        #expect(ControlClientKey(name: "a", key: String(repeating: "x", count: 1025)) == nil)
        #expect(ControlClientKey(name: "a", key: "0123456789abcdef") != nil)
    }
}

/// A client that speaks lines, and waits five seconds at most.
private final class LineClient: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0, "cannot connect: \(errno)")
    }

    deinit { close(descriptor) }

    func send(_ text: String) async {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func line() async -> String? {
        var bytes: [UInt8] = []
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            var byte: UInt8 = 0
            let count = recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT))
            if count == 1, byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            if count == 1 {
                bytes.append(byte)
            } else {
                guard count < 0, errno == EAGAIN else { return nil }
                try? await Task.sleep(for: .milliseconds(2))
            }
        }
        return nil
    }
}
