// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Something a person decided that ratings may depend on: kept in the chain, so that it can be asked about later.
///
/// It is never delivered and counts in no state of a delivery (G2, G3). It tells no level (G9), save where ``reason``,
/// the words of whoever asked to see levels, speaks of one: no status and no log shows these.
public struct OperatorDecision: Sendable, Hashable {
    /// What was decided. A number is never given to another kind.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// Levels on a line were shown to the user.
        case revealed = 1
        /// What a quarantined device pressed goes on its way; ``OperatorDecision/count`` says how many ratings.
        case released = 2
        /// The hardware that is on a line now belongs there.
        case confirmed = 3
        /// A line stands at a window from now on; ``OperatorDecision/former`` names the line whose place it took.
        case placed = 4
        /// A line stands nowhere any more.
        case withdrawn = 5
        /// Another key, or another demand for a proof, counts for the pads of a line.
        case paired = 6
        /// Levels may be shown on this gateway from now on; ``OperatorDecision/count`` is 1 where they may, else 0.
        case revealAllowed = 7
        /// Ratings that had stopped are to be sent again; ``OperatorDecision/count`` says how many.
        case retried = 8
        /// Somebody proposes that a rating is never delivered; nothing moves before another role agrees.
        case setAsideProposed = 9
        /// A second person of another role agreed, and the rating is set aside.
        case setAside = 10
        /// A record that nobody can read any more is set aside, which one person may decide.
        case discarded = 11
        /// A sign with a code was made for print; ``OperatorDecision/device`` is `sign-` and the number in its code.
        case signMinted = 12
        /// The code of a sign is refused from now on; ``OperatorDecision/device`` names it as for ``signMinted``.
        case signRevoked = 13
        /// Codes are made with a new key from now on; ``OperatorDecision/device`` is `code-key-` and its number.
        case codeKeyMade = 14
        /// Every code made with a key is refused from now on; ``OperatorDecision/device`` names it as for
        /// ``codeKeyMade``.
        case codeKeyRevoked = 15
    }

    /// The way by which a decision came. A number is never given to another way.
    public enum Origin: UInt8, Sendable, Hashable, CaseIterable {
        /// The operator's socket, which the operators' group alone can open.
        case operatorSocket = 1
        /// The configuration file as it was found at a start or when a signal asked to read it.
        case configuration = 2
        /// The web's socket, for a user who had signed in there.
        case webSocket = 3
        /// The auditor's socket, which the auditors' group alone can open.
        case auditorSocket = 4
    }

    /// What of the queue a decision is about.
    public struct Subject: Sendable, Hashable {
        /// The rating; `nil` for all that were in a state.
        public let rating: RecordID?
        /// The uplink that is to deliver it, or not; `nil` where every uplink is meant.
        public let uplink: UplinkName?

        /// Names both.
        public init(rating: RecordID? = nil, uplink: UplinkName? = nil) {
            self.rating = rating
            self.uplink = uplink
        }
    }

    /// What was decided.
    public let kind: Kind
    /// The way by which it came, which is what Hallgate knows for certain of who decided.
    public let origin: Origin
    /// Who decided, as the client says; `nil` where nobody was named.
    public let user: String?
    /// The line, by its path in the configuration.
    public let line: String?
    /// The line whose place ``line`` took.
    public let former: String?
    /// The window, where the line stands at one.
    public let window: WindowID?
    /// The device, where one is concerned or known to be on the line.
    public let device: DeviceID?
    /// Why, in the user's own words.
    public let reason: String?
    /// How many, for a kind that counts; else 1.
    public let count: UInt64
    /// What of the queue it is about; `nil` for decisions about lines and devices.
    public let subject: Subject?

    /// Describes a decision.
    public init(
        _ kind: Kind, origin: Origin, user: String?, line: String? = nil, former: String? = nil,
        window: WindowID? = nil, device: DeviceID? = nil, reason: String? = nil, count: UInt64 = 1,
        subject: Subject? = nil
    ) {
        self.kind = kind
        self.origin = origin
        self.user = user
        self.line = line
        self.former = former
        self.window = window
        self.device = device
        self.reason = reason
        self.count = count
        self.subject = subject
    }

    /// The same decision about so many.
    public func counting(_ count: UInt64) -> OperatorDecision {
        OperatorDecision(
            kind, origin: origin, user: user, line: line, former: former, window: window, device: device,
            reason: reason, count: count, subject: subject)
    }

    /// The same decision about this.
    public func about(_ subject: Subject?) -> OperatorDecision {
        OperatorDecision(
            kind, origin: origin, user: user, line: line, former: former, window: window, device: device,
            reason: reason, count: count, subject: subject)
    }
}
