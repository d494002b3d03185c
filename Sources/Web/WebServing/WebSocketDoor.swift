// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HummingbirdCore
public import NIOCore
import NIOHTTP1
public import NIOWebSocket
public import WebConfiguration

/// Who takes WebSocket connections (RFC 6455) that arrive at the server's listener.
public struct WebSocketDoor: Sendable {
    /// A connection that speaks frames.
    public typealias Connection = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    let leadsIn: @Sendable (WebSocketRequest) -> Bool
    let mostFrameBytes: Int
    let serve: @Sendable (Connection, WebSocketRequest) async -> Void

    /// Takes the requests that lead in, by path; any other is answered by the router.
    ///
    /// `serve` has the connection until it returns; then it is closed. Frames over the limit close it with 1009. It is to
    /// return soon after a graceful stop of its task, or it is cut off.
    public init(
        mostFrameBytes: Int, leadsIn: @escaping @Sendable (WebSocketRequest) -> Bool,
        serve: @escaping @Sendable (Connection, WebSocketRequest) async -> Void
    ) {
        self.leadsIn = leadsIn
        self.mostFrameBytes = mostFrameBytes
        self.serve = serve
    }
}

/// The request by which a WebSocket connection began.
public struct WebSocketRequest: Sendable {
    /// The path, as it was sent.
    public let path: String
    /// Who asks.
    public let client: ClientAddress
    private let uri: URI
    private let headers: HTTPHeaders

    init(_ head: HTTPRequestHead, client: ClientAddress) {
        uri = URI(head.uri)
        path = uri.path
        headers = head.headers
        self.client = client
    }

    /// A value of the query; `nil` where it is not there.
    public func query(_ name: String) -> String? { uri.queryParameters[name[...]].map(String.init) }

    /// The first value of a header; `nil` where it is not there.
    public func header(_ name: String) -> String? { headers.first(name: name) }
}
