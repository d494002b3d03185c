// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
public import WebConfiguration

/// What a request brings along beside itself, which every handler of the web process may rely on.
///
/// The request's number is ``Hummingbird/RequestContext/id``; an answer carries it as `X-Request-Id`, so that what a citizen
/// shows at the desk can be found in the log.
public protocol HallRequestContext: RequestContext {
    /// Whom the request is counted by: the client, also behind a trusted proxy.
    var client: ClientAddress { get set }
}

/// The context of the web process's router.
public struct WebRequestContext: HallRequestContext {
    /// What the router keeps of the request.
    public var coreContext: CoreRequestContextStorage
    /// Whom the request is counted by.
    public var client: ClientAddress
    /// Largest body that is decoded, in bytes; the server lets none through that is larger than its own limit.
    public var maxUploadSize: Int { WebLimits.mostBodyBytes }

    /// Takes the connection's peer for the client until the headers have been looked at.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        client = source.channel.remoteAddress?.ipAddress.flatMap { ClientAddress($0) } ?? .none
    }
}
