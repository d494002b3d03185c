// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Testing

/// A TLS server that answers requests with bytes a test wrote, whether they are HTTP or not.
final class ScriptedServer: Sendable {
    /// What it does when a request is complete.
    enum Step: Sendable {
        /// Sends these bytes.
        case send(String)
        /// Sends what the request is answered; nothing, and the connection is cut, where that is `nil`.
        case answer(@Sendable (_ request: String) -> String?)
        /// Sends these bytes one by one with a pause before each.
        case drip(String, every: TimeAmount)
        /// Sends these bytes again and again, without an end.
        case flood(String)
        /// Closes the connection, with TLS's own farewell.
        case close
        /// Closes the connection without TLS's farewell, as a crash of the peer looks.
        case cut
    }

    private struct State {
        var connections = 0
        var requests: [String] = []
        var channels: [any Channel] = []
        var channel: (any Channel)?
    }

    private let state = Mutex(State())
    private let steps: [Step]

    private init(_ steps: [Step]) { self.steps = steps }

    var port: Int { state.withLock { $0.channel?.localAddress?.port ?? 0 } }
    var url: String { "https://127.0.0.1:\(port)/evaluate" }
    var connections: Int { state.withLock { $0.connections } }
    var requests: [String] { state.withLock { $0.requests } }

    /// Runs a server around the body; without a certificate it speaks no TLS.
    static func run(
        _ steps: [Step], certificate: String?, key: String, _ body: (ScriptedServer) async throws -> Void
    ) async throws {
        let server = ScriptedServer(steps)
        let tls = try certificate.map { certificate in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                    privateKey: .privateKey(NIOSSLPrivateKey(file: key, format: .pem))))
        }
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    server.state.withLock { state in
                        state.connections += 1
                        state.channels.append(channel)
                    }
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), name: "tls")
                    }
                    try channel.pipeline.syncOperations.addHandler(Handler(server))
                }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        server.state.withLock { $0.channel = channel }
        do { try await body(server) } catch {
            await server.close()
            throw error
        }
        await server.close()
    }

    private func close() async {
        let channels = state.withLock { $0.channels + ($0.channel.map { [$0] } ?? []) }
        for channel in channels { try? await channel.close() }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let server: ScriptedServer
        private var received = ""

        init(_ server: ScriptedServer) { self.server = server }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard let request = completeRequest() else { return }
            server.state.withLock { $0.requests.append(request) }
            received = ""
            for step in server.steps { Self.perform(step, for: request, context.channel) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        private func completeRequest() -> String? {
            guard let end = received.firstRange(of: "\r\n\r\n") else { return nil }
            let head = received[..<end.lowerBound].lowercased()
            let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
            return received[end.upperBound...].utf8.count >= length ?? 0 ? received : nil
        }

        private static func perform(_ step: Step, for request: String, _ channel: any Channel) {
            switch step {
            case .answer(let respond):
                guard let text = respond(request) else { return channel.closeBelowTLS() }
                channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
            case .send(let text): channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
            case .drip(let text, let pause): drip(Array(text.utf8)[...], pause, channel)
            case .flood(let text): flood(ByteBuffer(string: text), channel)
            case .close: channel.close(promise: nil)
            case .cut: channel.closeBelowTLS()
            }
        }

        private static func drip(_ bytes: ArraySlice<UInt8>, _ pause: TimeAmount, _ channel: any Channel) {
            guard let first = bytes.first, channel.isActive else { return }
            channel.eventLoop.scheduleTask(in: pause) {
                channel.writeAndFlush(ByteBuffer(bytes: [first]), promise: nil)
                drip(bytes.dropFirst(), pause, channel)
            }
        }

        private static func flood(_ buffer: ByteBuffer, _ channel: any Channel) {
            guard channel.isActive else { return }
            // Not from within the callback: a write that succeeds at once would call itself without an end.
            channel.writeAndFlush(buffer).whenSuccess { channel.eventLoop.execute { flood(buffer, channel) } }
        }
    }
}

extension Channel {
    /// Closes from below the TLS handler, which therefore says no farewell.
    fileprivate func closeBelowTLS() {
        if let context = try? pipeline.syncOperations.context(name: "tls") {
            context.close(promise: nil)
        } else {
            close(promise: nil)
        }
    }
}
