// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Hummingbird
public import Logging
import NIOCore
import NIOPosix
import RatingModel
public import ServiceLifecycle
public import WebConfiguration

/// The web process's server: HTTP/1.1 and WebSocket on one listener, with limits that hold at the socket.
///
/// It takes connections up to its limits, has each answered by the router, and on a graceful stop closes the listener, lets
/// the requests under way be answered and hangs up on whoever is left. An inherited listener stays open elsewhere, so that
/// a client that connects meanwhile waits for the next process.
public struct WebServer: Service {
    private let listener: WebListener
    private let limits: WebLimits
    private let proxies: TrustedProxies
    private let door: WebSocketDoor?
    private let routes: @Sendable (Router<WebRequestContext>) throws -> Void
    private let whenListening: @Sendable (Int?) async -> Void
    private let logger: Logger

    /// Names the listener and who adds the routes; `whenListening` hears the port once clients can connect.
    public init(
        listener: WebListener, limits: WebLimits = WebLimits(), trustedProxies: [AddressRange] = [],
        door: WebSocketDoor? = nil, logger: Logger, whenListening: @escaping @Sendable (Int?) async -> Void = { _ in },
        routes: @escaping @Sendable (Router<WebRequestContext>) throws -> Void
    ) {
        self.listener = listener
        self.limits = limits
        proxies = TrustedProxies(trustedProxies)
        self.door = door
        self.logger = logger
        self.whenListening = whenListening
        self.routes = routes
    }

    /// Serves until the process is asked to stop or the task is cancelled.
    ///
    /// Throws `web.cannot-listen` where the listener cannot be had, and `web.not-serving` where it fails.
    public func run() async throws {
        let refusals = RefusalLog(logger: logger)
        let router = Router(context: WebRequestContext.self, options: .autoGenerateHeadEndpoints)
        try routes(router)
        let responder = WebResponder(router, limits: limits, proxies: proxies, refusals: refusals)
        let connections = OpenConnections(most: limits.connections, mostOfAddress: limits.connectionsPerAddress)
        let pipeline = ConnectionPipeline(
            limits: limits, responder: responder, proxies: proxies, connections: connections, refusals: refusals,
            door: door, logger: logger)
        let server = try await listen(pipeline)
        logger.info("serving the web", metadata: ["address": "\(server.channel.localAddress.map { "\($0)" } ?? "-")"])
        let drainTime = TimeAmount(limits.drainTime)
        try await withTaskCancellationOrGracefulShutdown {
            await whenListening(server.channel.localAddress?.port)
            try await serve(server, pipeline)
        } onStop: { isGraceful in
            server.channel.close(promise: nil)
            if isGraceful { connections.drain(within: drainTime) } else { connections.cut() }
        }
    }

    private func listen(_ pipeline: ConnectionPipeline) async throws -> NIOAsyncChannel<
        ConnectionPipeline.Arrival, Never
    > {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 512)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        do {
            switch listener {
            case .inherited(let descriptor):
                return try await bootstrap.bind(descriptor) { pipeline.build(on: $0) }
            case .address(let host, let port):
                return try await bootstrap.bind(host: host, port: port) { pipeline.build(on: $0) }
            }
        } catch {
            throw GatewayError(
                "web.cannot-listen", LocalText("cannot serve at \(listener)", "无法在 \(listener) 提供网页服务"),
                cause: "\(error)",
                hint: LocalText(
                    "see who has the address ('ss -ltnp'), or name another with web.listen",
                    "请查看该地址被谁占用（'ss -ltnp'），或用 web.listen 另行指定"))
        }
    }

    private func serve(
        _ server: NIOAsyncChannel<ConnectionPipeline.Arrival, Never>, _ pipeline: ConnectionPipeline
    ) async throws {
        try await server.executeThenClose { arrivals in
            try await withThrowingDiscardingTaskGroup { group in
                for try await arrival in arrivals { group.addTask { await pipeline.serve(arrival) } }
            }
        }
    }
}

extension WebListener: CustomStringConvertible {
    /// The address in words.
    public var description: String {
        switch self {
        case .inherited: "the inherited socket"
        case .address(let host, let port): "\(host):\(port)"
        }
    }
}

/// Runs a body, and says once when it is to stop: gracefully, or because its task was cancelled.
private func withTaskCancellationOrGracefulShutdown(
    _ body: () async throws -> Void, onStop: @escaping @Sendable (_ isGraceful: Bool) -> Void
) async throws {
    try await withTaskCancellationHandler {
        try await withGracefulShutdownHandler {
            try await body()
        } onGracefulShutdown: {
            onStop(true)
        }
    } onCancel: {
        onStop(false)
    }
}
