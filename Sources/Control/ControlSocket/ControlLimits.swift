// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI
public import RatingModel

/// What the control socket allows its clients; tests set smaller ones.
public struct ControlLimits: Sendable, Hashable {
    /// Longest line either way, in bytes without the line feed.
    public var lineBytes: Int
    /// Most clients at once; one more is told so and hung up on.
    public var connections: Int
    /// How long a client may neither send nor take a byte before it is hung up on.
    public var idle: Duration
    /// How many requests a second a connection of the web process may make for long; what comes faster waits.
    public var requestsPerSecond: Int

    /// Takes the limits; 256 clients and 5 minutes by default.
    public init(
        lineBytes: Int = Limits.controlLineBytes, connections: Int = 256, idle: Duration = .seconds(300),
        requestsPerSecond: Int = RelayLimits.requestsPerSecond
    ) {
        self.lineBytes = lineBytes
        self.connections = connections
        self.idle = idle
        self.requestsPerSecond = requestsPerSecond
    }

    /// What the web process's socket allows.
    public static let web = ControlLimits(lineBytes: RelayLimits.lineBytes, connections: RelayLimits.connections)
}
