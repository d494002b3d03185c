// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket
import WebConfiguration

/// Builds what stands between a connection's socket and the router, and serves the connection.
struct ConnectionPipeline: Sendable {
    typealias HTTPConnection = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// A connection that arrived.
    enum Arrival: Sendable {
        case admitted(any Channel, EventLoopFuture<Protocol>)
        case refused
    }

    /// What a connection speaks; it is known behind its first request.
    enum `Protocol`: Sendable {
        case http(HTTPConnection)
        case webSocket(WebSocketDoor.Connection, WebSocketRequest)
    }

    let limits: WebLimits
    let responder: WebResponder
    let proxies: TrustedProxies
    let connections: OpenConnections
    let refusals: RefusalLog
    let door: WebSocketDoor?
    let logger: Logger

    // MARK: Building

    /// Lets a connection in or hangs up on it. It never fails: a failure would end the listener.
    func build(on channel: any Channel) -> EventLoopFuture<Arrival> {
        let peer = channel.remoteAddress?.ipAddress.flatMap { ClientAddress($0) } ?? .none
        if let refusal = connections.admit(channel, from: proxies.contains(peer) ? nil : peer) {
            if refusal != .stopping { refusals.count(refusal.limit, from: peer) }
            channel.close(promise: nil)
            return channel.eventLoop.makeSucceededFuture(.refused)
        }
        do {
            return channel.eventLoop.makeSucceededFuture(.admitted(channel, try handlers(on: channel, peer)))
        } catch {
            channel.close(promise: nil)
            return channel.eventLoop.makeSucceededFuture(.refused)
        }
    }

    private func handlers(on channel: any Channel, _ peer: ClientAddress) throws -> EventLoopFuture<Protocol> {
        setOptions(of: channel, peer)
        let refusals = refusals
        let watch = ConnectionWatchHandler(limits: limits) { state in
            refusals.count(state.map { "\($0)_time" } ?? "stall_time", from: peer)
        }
        let requestWatch = RequestWatchHandler(watch)
        var decoderLimits = NIOHTTPDecoderLimitConfiguration()
        decoderLimits.maxHeaderFieldSize = limits.headBytes
        decoderLimits.maxHeaderListSize = limits.headBytes
        decoderLimits.maxHeaderFieldCount = 100
        let encoder = HTTPResponseEncoder()
        let removable: [any RemovableChannelHandler] = [
            ByteToMessageHandler(
                HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoderLimits)),
            HTTPServerPipelineHandler(), HTTPServerProtocolErrorHandler(), requestWatch,
        ]
        let upgrade = NIOTypedHTTPServerUpgradeHandler<Protocol>(
            httpEncoder: encoder, extraHTTPHandlers: removable,
            upgradeConfiguration: negotiation(NIOLoopBound(watch, eventLoop: channel.eventLoop), peer))
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers([watch, encoder] + removable + [upgrade])
        return upgrade.upgradeResultFuture
    }

    /// Bounds what the kernel keeps for a client, and how long for one that has silently gone (tcp(7)).
    private func setOptions(of channel: any Channel, _ peer: ClientAddress) {
        guard let options = channel.syncOptions else { return }
        try? options.setOption(.socketOption(.so_sndbuf), value: 128 * 1024)
        guard peer != .none else { return }
        try? options.setOption(.tcpOption(.tcp_nodelay), value: 1)
        let milliseconds = limits.stallTime / .milliseconds(1)
        try? options.setOption(
            ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: TCP_USER_TIMEOUT)),
            value: SocketOptionValue(milliseconds))
    }

    private func negotiation(
        _ watch: NIOLoopBound<ConnectionWatchHandler>, _ peer: ClientAddress
    ) -> NIOTypedHTTPServerUpgradeConfiguration<Protocol> {
        NIOTypedHTTPServerUpgradeConfiguration(upgraders: upgraders(watch, peer)) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
                return .http(try HTTPConnection(wrappingChannelSynchronously: channel))
            }
        }
    }

    private func upgraders(
        _ watch: NIOLoopBound<ConnectionWatchHandler>, _ peer: ClientAddress
    ) -> [any NIOTypedHTTPServerProtocolUpgrader<Protocol>] {
        guard let door else { return [] }
        let upgrader = NIOTypedWebSocketServerUpgrader<Protocol>(maxFrameSize: door.mostFrameBytes) { channel, head in
            let request = request(head, peer)
            let isWelcome = door.leadsIn(request) && responder.allow(request.client) == nil
            return channel.eventLoop.makeSucceededFuture(isWelcome ? HTTPHeaders() : nil)
        } upgradePipelineHandler: { channel, head in
            channel.eventLoop.makeCompletedFuture {
                watch.value.tell(.upgrade)
                return .webSocket(
                    try WebSocketDoor.Connection(wrappingChannelSynchronously: channel), request(head, peer))
            }
        }
        return [upgrader]
    }

    private func request(_ head: HTTPRequestHead, _ peer: ClientAddress) -> WebSocketRequest {
        WebSocketRequest(head, client: responder.client(of: peer, forwarded: head.headers["X-Forwarded-For"]))
    }

    // MARK: Serving

    /// Serves a connection until it is closed.
    func serve(_ arrival: Arrival) async {
        guard case .admitted(let channel, let negotiated) = arrival else { return }
        // A connection that closes before its first request has no protocol.
        switch try? await negotiated.get() {
        case .http(let connection): await HTTPConversation(responder: answer).handle(value: connection, logger: logger)
        case .webSocket(let connection, let request): await door?.serve(connection, request)
        case nil: break
        }
        try? await channel.close()
    }

    @concurrent private func answer(
        _ request: Request, writer: consuming ResponseWriter, channel: any Channel
    ) async throws {
        var logger = logger
        logger[metadataKey: "hb.request.id"] = "\(RequestID())"
        let context = WebRequestContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        let response = await responder.respond(to: request, context: context)
        try await writer.write(response: response.head, body: response.body)
    }
}

/// Hummingbird's way with the requests of a connection, one after the other.
private struct HTTPConversation: HTTPChannelHandler {
    typealias Value = ConnectionPipeline.HTTPConnection

    let responder: Responder

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture { try Value(wrappingChannelSynchronously: channel) }
    }

    func handle(value: Value, logger: Logger) async { await handleHTTP(asyncChannel: value, logger: logger) }
}

extension OpenConnections.Refusal {
    /// The limit's name in the configuration.
    fileprivate var limit: String {
        switch self {
        case .tooMany: "connections"
        case .tooManyOfAddress: "connections_per_address"
        case .stopping: "stopping"
        }
    }
}
