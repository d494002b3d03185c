// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension GatewayStatus {
    /// Something a person decided, as it stands in the journal's chain.
    ///
    /// The reason is left out: whoever asked to see levels may speak of one in it (G9). The journal has it.
    public struct Decision: Sendable, Hashable, Codable {
        /// What was decided; the words of the journal's kinds.
        public enum Kind: String, Sendable, Hashable, Codable {
            /// Levels on a line were shown.
            case revealed
            /// Quarantined ratings went on their way.
            case released
            /// Hardware was confirmed in its place.
            case confirmed
            /// A line was put at a window.
            case placed
            /// A line was taken away.
            case withdrawn
            /// Another key, or another demand for a proof, counts on a line.
            case paired
            /// Levels may be shown on this gateway, or no longer.
            case revealAllowed
            /// Ratings that had stopped were sent again.
            case retried
            /// Somebody proposed to set a rating aside.
            case setAsideProposed
            /// A rating was set aside.
            case setAside
            /// A record that cannot be read was set aside.
            case discarded
            /// A sign with a code was made for print.
            case signMinted
            /// The code of a sign was revoked.
            case signRevoked
            /// Codes are made with a new key.
            case codeKeyMade
            /// A key of codes was revoked.
            case codeKeyRevoked
        }

        /// The way by which a decision came.
        public enum Origin: String, Sendable, Hashable, Codable {
            /// The operator's socket.
            case operatorSocket
            /// The configuration file at a start or a signal.
            case configuration
            /// The web's socket.
            case webSocket
            /// The auditor's socket.
            case auditorSocket
        }

        /// The record's position in the journal.
        public var sequence: Int64
        /// When it was recorded, in milliseconds since the Unix epoch.
        public var atMilliseconds: Int64
        /// What was decided.
        public var kind: Kind
        /// The way by which it came.
        public var origin: Origin
        /// Who decided, as the client says; `nil` where nobody was named.
        public var user: String?
        /// The line, by its path in the configuration.
        public var line: String?
        /// The line whose place it took.
        public var former: String?
        /// The window.
        public var window: String?
        /// The device.
        public var device: String?
        /// How many, for a kind that counts; else 1.
        public var count: UInt64

        /// Takes the fields.
        public init(
            sequence: Int64, atMilliseconds: Int64, kind: Kind, origin: Origin, user: String? = nil,
            line: String? = nil, former: String? = nil, window: String? = nil, device: String? = nil, count: UInt64 = 1
        ) {
            self.sequence = sequence
            self.atMilliseconds = atMilliseconds
            self.kind = kind
            self.origin = origin
            self.user = user
            self.line = line
            self.former = former
            self.window = window
            self.device = device
            self.count = count
        }
    }
}
