// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What the web process allows its clients; what reaches a limit is cut off or told to come again later.
public struct WebLimits: Sendable, Hashable {
    /// Largest body that can be allowed at all, in bytes.
    public static let mostBodyBytes = 256 * 1024

    /// Most connections at once.
    public var connections = 1024
    /// Most connections at once from one address; those of trusted proxies are not counted by address.
    public var connectionsPerAddress = 32
    /// Requests that one address may make for long, a second.
    public var requestsPerSecond = 10.0
    /// Requests that one address may make at once after a pause.
    public var requestBurst = 60
    /// Most addresses that are remembered for that; those that have been quiet longest are forgotten first.
    public var rememberedAddresses = 16_384
    /// Largest body of a request, in bytes.
    public var bodyBytes = 64 * 1024
    /// Largest head of a request, in bytes.
    public var headBytes = 16 * 1024
    /// How long a request's head may take from its first byte, or from the connection's beginning.
    public var headTime: Duration = .seconds(10)
    /// How long a request's body may take.
    public var bodyTime: Duration = .seconds(20)
    /// How long a connection may be without a request.
    public var idleTime: Duration = .seconds(20)
    /// How long a client may take nothing of what is there for it.
    public var stallTime: Duration = .seconds(20)
    /// How long requests under way may take when the process is asked to stop.
    public var drainTime: Duration = .seconds(5)

    /// The limits of a hall with some hundred phones at once.
    public init() {}
}
