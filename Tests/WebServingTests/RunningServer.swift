// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging
import RatingModel
import ServiceLifecycle
import Synchronization
import Testing

@testable import WebServing
import WebConfiguration

/// A server on a free port of the loopback network, for the length of a test.
struct RunningServer: Sendable {
    let port: Int
    let stopGracefully: @Sendable () async -> Void

    static func run(
        _ limits: WebLimits = WebLimits(), proxies: [String] = [], listener: WebListener? = nil,
        door: WebSocketDoor? = nil, log: KeptLog = KeptLog(),
        routes: @escaping @Sendable (Router<WebRequestContext>) throws -> Void = RunningServer.routes,
        _ body: @Sendable @escaping (RunningServer) async throws -> Void
    ) async throws {
        let (ports, listening) = AsyncStream.makeStream(of: Int?.self)
        let logger = log.logger
        let server = WebServer(
            listener: listener ?? .address(host: "127.0.0.1", port: 0), limits: limits,
            trustedProxies: proxies.compactMap { AddressRange($0) }, door: door, logger: logger,
            whenListening: { listening.yield($0) }, routes: routes)
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { listening.finish() }
                try await group.run()
            }
            for await port in ports {
                try await body(
                    RunningServer(port: port ?? 0, stopGracefully: { await group.triggerGracefulShutdown() }))
                break
            }
            tasks.cancelAll()
            // A group whose service ended says so; the body has judged by then.
            while (try? await tasks.next()) != nil {}
        }
    }

    /// Sends a request and reads the answer with its body; the connection is closed behind it.
    func ask(
        _ line: String, _ headers: [String] = [], body: String = "", from address: String = "127.0.0.1"
    ) async throws -> String {
        let client = try #require(RawClient(port, from: address))
        let head = ([line + " HTTP/1.1", "Host: hall", "Connection: close"] + headers).joined(separator: "\r\n")
        await client.send(head + "\r\n\r\n" + body)
        let answer = await client.read()
        #expect(answer.hasEnded)
        return answer.text
    }

    /// Part of an answer.
    enum Words: Sendable {
        case prefix(String)
        case suffix(String)
        case part(String)
    }

    /// Asks, and expects words of the answer.
    func expect(
        _ words: Words, _ line: String, _ headers: [String] = [], body: String = "", from address: String = "127.0.0.1",
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await ask(line, headers, body: body, from: address)
        let isThere =
            switch words {
            case .prefix(let text): answer.hasPrefix(text)
            case .suffix(let text): answer.hasSuffix(text)
            case .part(let text): answer.contains(text)
            }
        #expect(isThere, "\(answer)", sourceLocation: location)
    }

    /// A page, an echo, an endless answer, what a page throws, and what nobody foresaw.
    static let routes: @Sendable (Router<WebRequestContext>) -> Void = { router in
        router.get("/hello") { _, context in "hello \(context.client)" }
        router.post("/echo") { request, _ in
            Response(status: .ok, body: ResponseBody(byteBuffer: try await request.body.collect(upTo: 1000)))
        }
        router.get("/q/{code}") { _, _ -> String in
            throw GatewayError(
                "code.expired", LocalText("The code <has> run out", "二维码已过期"), cause: "secret-of-ours",
                hint: LocalText("Scan it again", "请重新扫码"))
        }
        router.get("/broken") { _, _ -> String in throw Broken() }
        router.get("/endless") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    let piece = ByteBuffer(repeating: 0x2E, count: 64 * 1024)
                    while true { try await writer.write(piece) }
                })
        }
        router.get("/live") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/event-stream"],
                body: ResponseBody { writer in
                    for number in 1... {
                        try await writer.write(ByteBuffer(string: "data: \(number)\n\n"))
                        try await Task.sleep(for: .milliseconds(20))
                    }
                })
        }
        router.get("/slow") { _, _ in
            try await Task.sleep(for: .milliseconds(400))
            return "slow"
        }
        router.get("/cookie") { _, _ in Response(status: .ok, headers: [.setCookie: "a=b"]) }
    }

    private struct Broken: Error {}
}

/// Keeps what is logged.
final class KeptLog: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: KeptLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let words = metadata.merging(event.metadata ?? [:]) { _, new in new }
                .map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
            log.kept.withLock { $0.append("\(event.level) \(event.message) \(words)") }
        }
    }
}
