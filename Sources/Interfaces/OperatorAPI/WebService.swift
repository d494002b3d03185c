// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the web process's socket offers: the closed list of methods, as the core implements it.
///
/// The web process hands on what pads send that connect in over WebSocket, and what they are sent. It can mint nothing:
/// a pad is let in by its own key, which the core checks, and what it may say is its driver's to judge.
public protocol WebService: Sendable {
    /// `version`: Hallgate's version.
    func version() async -> VersionAnswer

    /// `pad.connect`: lets a pad in and opens the far end of its line.
    ///
    /// Throws `web.unknown-pad` where no pad of that name has that key.
    func connect(_ arrival: PadArrival) async throws(GatewayError) -> PadAdmission

    /// `pad.gone`, and the end of the web process: the pad of a connection is there no more.
    func gone(_ connection: UInt64)
}

/// A pad that connects in.
public struct PadArrival: Sendable, Hashable, Codable {
    /// The name it connects in by, as the configuration has it.
    public var pad: String
    /// The key it shows.
    public var key: String
    /// Where it connects in from, for the operator.
    public var address: String?
    /// What it calls itself (`User-Agent`), for the operator.
    public var agent: String?

    /// Takes what is known of the pad.
    public init(pad: String, key: String, address: String? = nil, agent: String? = nil) {
        self.pad = pad
        self.key = key
        self.address = address
        self.agent = agent
    }
}

/// A pad that was let in.
public struct PadAdmission: Sendable {
    /// The number of its connection, which no other connection of this daemon has had.
    public let connection: UInt64
    /// The far end of its line: an open stream socket that does not block, whoever takes it closing it. A message goes
    /// through it between a record separator and a line feed.
    public let descriptor: Int32
    /// Why the gateway ended the line, once it has.
    public let reason: @Sendable () -> String

    /// Takes the parts.
    public init(connection: UInt64, descriptor: Int32, reason: @escaping @Sendable () -> String) {
        self.connection = connection
        self.descriptor = descriptor
        self.reason = reason
    }
}

/// What the relay of pads allows.
public enum RelayLimits {
    /// Longest message of a pad, in bytes of UTF-8: several times what any of their methods needs.
    public static let messageBytes = 3072
    /// Longest message to a pad, in bytes of UTF-8: what waits for a device at most.
    public static let sentBytes = 16 * 1024
    /// Longest line to the gateway on the web process's socket, in bytes: every character of a message may be escaped
    /// (`\u0000`).
    public static let lineBytes = 32 * 1024
    /// Longest line from the gateway there, in bytes: a hall of 1000 windows is described in one.
    public static let answerBytes = 1024 * 1024
    /// Most messages of a pad that the gateway has not taken yet.
    public static let inFlight = 8
    /// Most pads of one connection of the web process.
    public static let pads = 256
    /// Most connections of web processes.
    public static let connections = 4
    /// Requests a second that a connection may make for long.
    public static let requestsPerSecond = 1000
}
