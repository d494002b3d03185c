// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import DeviceSupervision
import Foundation
import Glibc
import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import Synchronization
import Testing

@testable import HallgateApp

/// A real gateway with pads that connect in: its journal, its supervision, its web socket.
struct WebHall: Sendable {
    let gateway: Gateway
    let directory: String

    var socket: String { directory + "/web.sock" }

    static func key(_ pad: Int) -> String { "key-of-pad-\(pad)-5f0c2d1e" }

    /// Runs a gateway with so many pads; pad 1 stands at A01, logs in as window 1, and so on.
    static func run(
        pads: Int, _ more: String = "", in directory: String? = nil, configuration: ((String) -> String)? = nil,
        key ofPads: String? = nil, _ body: @Sendable @escaping (WebHall) async throws -> Void
    ) async throws {
        let own = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID())").path()
        let directory = directory ?? own
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: own) }
        let items = (1...pads).map { pad in
            "  - {driver: websocket, line: web, pad: pad-\(pad), key_file: \(directory)/key-\(pad), window: A0\(pad), "
                + "window_number: \"\(pad)\", score: attitude, best: 5}\n"
        }
        for pad in 1...pads {
            let file = "\(directory)/key-\(pad)"
            try (ofPads ?? key(pad)).write(toFile: file, atomically: true, encoding: .utf8)
            chmod(file, 0o600)
        }
        let windows = (1...pads).map { "{id: A0\($0)}" }.joined(separator: ", ")
        let text = """
            control: {socket: \(directory)/operator.sock, web_socket: \(directory)/web.sock}
            journal: {directory: \(directory)/journal}
            windows: [\(windows)]
            devices:
            \(items.joined())\(more)
            """
        let journal = "journal: {directory: \(directory)/journal}\n"
        let reading = GatewayConfiguration.read(text: configuration.map { $0(directory) + journal } ?? text)
        let configuration = try #require(reading.configuration, "\(reading.diagnostics)")
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let gateway = try await buildGateway(configuration, logger: logger)
        let hall = WebHall(gateway: gateway, directory: directory)
        let server = try #require(configuration.web).server(for: gateway, logger: logger)
        try await whileServing(server, of: gateway) { try await body(hall) }
    }

    /// Every rating in the journal, and what came again with another content.
    func ratings() async throws -> [Rating] {
        try await gateway.journal.entries(after: 0, atMost: 512).compactMap { entry in
            switch entry.body {
            case .rating(let rating): rating
            case .conflict(let conflict): conflict.rating
            default: nil
            }
        }
    }

    func device(_ pad: Int) async -> GatewayStatus.Device? {
        await gateway.supervision.statuses().first { $0.path == "pad-\(pad)" }
    }

    /// Opens a session at a pad's window; answers its number.
    func open(_ pad: Int, transactor: String? = nil, item: String? = nil) async throws -> PromptNumber {
        let request = SessionRequest(
            window: "A0\(pad)", projectNumber: "P\(pad)", serviceNumber: "1", transactor: transactor, item: item)
        return try await GatewayBusiness(reception: gateway.reception).openSession(request).session
    }
}

/// A web process: the socket of WebAPI.md, its lines as they are.
final class WebClient: Sendable {
    private struct State {
        var partial: [UInt8] = []
        var lines: [[String: Any]] = []
    }

    private let descriptor: Mutex<Int32>
    private let state = Mutex(State())
    private let lastID = Mutex(0)

    init(_ path: String) throws {
        let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        descriptor = Mutex(number)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0, "cannot connect: \(errno)")
    }

    deinit { kill() }

    /// Dies as a process does: the kernel closes what it held.
    func kill() {
        let number = descriptor.withLock { number in
            defer { number = -1 }
            return number
        }
        if number >= 0 { close(number) }
    }

    /// Sends a line and waits for nothing; answers whether the gateway took it within the time a send may take.
    @discardableResult func send(_ line: String) async -> Bool {
        var rest = Array((line + "\n").utf8)[...]
        return await eventually {
            while !rest.isEmpty {
                let count = descriptor.withLock { number in
                    rest.withUnsafeBytes {
                        Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
                    }
                }
                guard count > 0 else { return errno != EAGAIN }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    /// The next line as it is.
    func nextLine() async -> String? {
        var line: [UInt8] = []
        let isWhole = await eventually {
            var byte: UInt8 = 0
            while descriptor.withLock({ recv($0, &byte, 1, Int32(MSG_DONTWAIT)) }) == 1 {
                if byte == UInt8(ascii: "\n") { return true }
                line.append(byte)
            }
            return false
        }
        return isWhole ? String(decoding: line, as: UTF8.self) : nil
    }

    /// Sends a request and answers its number.
    @discardableResult func request(_ method: String, _ parameters: [String: any Sendable]) async -> Int {
        let id = lastID.withLock { last in
            last += 1
            return last
        }
        let request: [String: Any] = ["jsonrpc": "2.0", "id": id, "method": method, "params": parameters]
        let data = (try? JSONSerialization.data(withJSONObject: request)) ?? Data()
        await send(String(decoding: data, as: UTF8.self))
        return id
    }

    /// Sends a request and answers the text of its result, or the code of its error.
    func ask(_ method: String, _ parameters: [String: any Sendable]) async -> String? {
        let id = await request(method, parameters)
        return await take { line in
            guard line["id"] as? Int == id else { return nil }
            guard let error = line["error"] as? [String: Any] else {
                let result = line["result"] as? [String: Any] ?? [:]
                return (result["connection"] as? Int).map(String.init) ?? "done"
            }
            return (error["data"] as? [String: Any])?["code"] as? String ?? "\(error["code"] ?? "")"
        }
    }

    /// Lets a pad in and answers its connection.
    func connect(_ pad: Int, key: String? = nil, from address: String = "192.0.2.1") async -> Int? {
        await ask("pad.connect", ["pad": "pad-\(pad)", "key": key ?? WebHall.key(pad), "address": address])
            .flatMap { Int($0) }
    }

    /// Lets a pad in and logs it in; answers its connection.
    func logIn(_ pad: Int, user: String = "0042") async throws -> Int {
        let connection = try #require(await connect(pad))
        await say(connection, #"{"method":"Login","param":{"winNum":"\#(pad)","userCode":"\#(user)"}}"#)
        try #require(await heard(connection, "Login")?.contains(#""code":0"#) == true)
        return connection
    }

    /// Hands a message of a pad on; waits for its answer.
    @discardableResult func say(_ connection: Int, _ text: String) async -> String? {
        await ask("pad.message", ["connection": connection, "text": text])
    }

    /// Submits a rating.
    @discardableResult func rate(_ connection: Int, _ rateID: String, _ level: Int) async -> String? {
        await say(connection, #"{"method":"RateSubmit","param":{"rateId":"\#(rateID)","attitude":\#(level)}}"#)
    }

    /// The next message for a pad that holds the words.
    func heard(_ connection: Int, _ words: String) async -> String? {
        await take { line in
            guard line["method"] as? String == "pad.send", let params = line["params"] as? [String: Any],
                params["connection"] as? Int == connection, let text = params["text"] as? String, text.contains(words)
            else { return nil }
            return text
        }
    }

    /// Why the gateway closes a pad's connection.
    func closed(_ connection: Int) async -> String? {
        await take { line in
            guard line["method"] as? String == "pad.close", let params = line["params"] as? [String: Any],
                params["connection"] as? Int == connection
            else { return nil }
            return params["reason"] as? String
        }
    }

    /// The first line, read before or coming within half a minute, that something can be made of; it is taken away.
    private func take(_ read: ([String: Any]) -> String?) async -> String? {
        var found: String?
        _ = await eventually {
            receive()
            return state.withLock { state in
                for (index, line) in state.lines.enumerated() {
                    guard let result = read(line) else { continue }
                    state.lines.remove(at: index)
                    found = result
                    return true
                }
                return false
            }
        }
        return found
    }

    private func receive() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = descriptor.withLock { recv($0, &buffer, buffer.count, Int32(MSG_DONTWAIT)) }
            guard count > 0 else { return }
            state.withLock { state in
                for byte in buffer.prefix(count) {
                    guard byte == UInt8(ascii: "\n") else {
                        state.partial.append(byte)
                        continue
                    }
                    let line = try? JSONSerialization.jsonObject(with: Data(state.partial)) as? [String: Any]
                    state.partial = []
                    if let line { state.lines.append(line) }
                }
            }
        }
    }
}
