// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI
public import RatingModel

/// What the control socket allows its clients; tests set smaller ones.
public struct ControlLimits: Sendable, Hashable {
    /// Longest line from a client, in bytes without the line feed.
    public var lineBytes: Int
    /// Longest line to a client, in bytes without the line feed.
    public var answerBytes: Int
    /// Most clients at once; one more is told so and hung up on.
    public var connections: Int
    /// How long a client may neither send nor take a byte before it is hung up on.
    public var idle: Duration
    /// How many requests a second a connection of the web process may make for long; what comes faster waits.
    public var requestsPerSecond: Int

    /// Takes the limits; by default answers as long as requests, 256 clients and 5 minutes.
    public init(
        lineBytes: Int = Limits.controlLineBytes, answerBytes: Int? = nil, connections: Int = 256,
        idle: Duration = .seconds(300), requestsPerSecond: Int = RelayLimits.requestsPerSecond
    ) {
        self.lineBytes = lineBytes
        self.answerBytes = answerBytes ?? lineBytes
        self.connections = connections
        self.idle = idle
        self.requestsPerSecond = requestsPerSecond
    }

    /// What the web process's socket allows.
    public static let web = ControlLimits(
        lineBytes: RelayLimits.lineBytes, answerBytes: RelayLimits.answerBytes, connections: RelayLimits.connections)
}
