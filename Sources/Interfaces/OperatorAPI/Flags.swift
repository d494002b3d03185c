// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Which flags are wanted.
public struct FlagsRequest: Sendable, Hashable, Codable {
    /// The window; `nil` for all.
    public var window: String?
    /// How far back, in seconds; `nil` for all that are remembered.
    public var sinceSeconds: Int64?

    /// Takes the fields.
    public init(window: String? = nil, sinceSeconds: Int64? = nil) {
        self.window = window
        self.sinceSeconds = sinceSeconds
    }
}

/// What was flagged, the oldest first.
public struct FlagsReport: Sendable, Hashable, Codable {
    /// The flags.
    public var flags: [Flag]

    /// Takes the flags.
    public init(flags: [Flag]) { self.flags = flags }

    /// Something an auditor may want to look at; it tells no level and no key (G9).
    ///
    /// A streak of one key follows from which keys were pressed: of it the day is told and no more, once the day is over.
    public struct Flag: Sendable, Hashable, Codable {
        /// The window; `nil` for a device that stands at none.
        public var window: String?
        /// What was seen, in a stable word such as `prompt-cancelled`.
        public var cause: String
        /// The day in the hall's zone, `2026-11-24`.
        public var day: String
        /// The time of day in the hall's zone, `14:03:11`.
        public var time: String?
        /// When, in milliseconds since the Unix epoch.
        public var atMilliseconds: Int64?
        /// Whether the gateway's clock could be trusted then.
        public var isTimeTrusted: Bool
        /// How often, for a cause that counts.
        public var count: UInt64?
        /// The device, where one is concerned.
        public var device: String?
        /// The session, where one is concerned.
        public var session: UInt32?

        /// Takes the fields.
        public init(
            window: String?, cause: String, day: String, time: String? = nil, atMilliseconds: Int64? = nil,
            isTimeTrusted: Bool = true, count: UInt64? = nil, device: String? = nil, session: UInt32? = nil
        ) {
            self.window = window
            self.cause = cause
            self.day = day
            self.time = time
            self.atMilliseconds = atMilliseconds
            self.isTimeTrusted = isTimeTrusted
            self.count = count
            self.device = device
            self.session = session
        }
    }
}
