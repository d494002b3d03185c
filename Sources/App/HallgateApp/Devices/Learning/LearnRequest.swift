// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
public import RatingModel

/// What `hallgate devices learn` looks for.
public struct LearnRequest: Sendable {
    /// The configuration whose devices are left alone.
    public var configurationPath: String
    /// The nodes to listen on; with ``addresses`` empty for every line that is not configured.
    public var paths: [String] = []
    /// Serial servers to connect to, `host:port`.
    public var addresses: [String] = []
    /// Whether the servers take the line's settings (RFC 2217).
    public var isRFC2217 = false
    /// Whether keyboards that were plugged in before are listened on, the operator's own included.
    public var includesKeyboards = false
    /// The only driver to try; `nil` for all.
    public var driver: String?
    /// A file that describes frames (`framed`), to be tried as well.
    public var frames: String?
    /// The only line speed to try, in bits per second.
    public var baud: Int?
    /// The windows of the pads, in the order in which they are pressed; several for a line with addresses.
    public var windows: [String] = []
    /// The levels of the keys, in the order in which they are pressed, for pads that nothing is known of.
    public var keys: [SatisfactionLevel] = []
    /// How long to wait for the press.
    public var patience = Duration.seconds(60)
    /// How long to listen at one speed before the next.
    public var turn = Duration.seconds(2)

    /// Listens on every line that the configuration does not have.
    public init(configurationPath: String) { self.configurationPath = configurationPath }
}

/// What was learned.
public struct LearnedDevice: Sendable, Hashable {
    /// The sign by which it was found.
    public let evidence: LearnEvidence
    /// Whether it was pressed just now; else it was the only one that answered.
    public let wasPressed: Bool
    /// What to write into the configuration; where windows were asked for, with those.
    public var stanza: DeviceStanza
}

/// How learning ended.
public enum LearnOutcome: Sendable {
    /// A device was found.
    case learned(LearnedDevice)
    /// Something spoke and no driver understands it; what each line said, the most first.
    case notUnderstood([LineCapture])
}

/// What happens while learning, for the operator.
public enum LearnNotice: Sendable, Hashable {
    /// Listening begins on these lines, with these drivers.
    case listening(paths: [String], drivers: [String])
    /// A line was plugged in and is listened on as well.
    case pluggedIn(path: String)
    /// A line cannot be listened on.
    case cannotOpen(path: String, GatewayError)
    /// A device said who it is.
    case answered(LearnEvidence)
    /// A pad or a key of those that are to be pressed was heard; so many are still to come.
    case pressed(LearnEvidence, left: Int)
}
