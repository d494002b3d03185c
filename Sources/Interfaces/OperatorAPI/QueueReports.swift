// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Which part of the queue is wanted.
public struct QueueRequest: Sendable, Hashable, Codable {
    /// Most records of a page.
    public static let mostRecords = 200

    /// One uplink; `nil` for all.
    public var uplink: String?
    /// One state, such as `parked`, `held` or `held:unmatched`; `nil` for all in which ratings have stopped.
    public var state: String?
    /// Where an earlier page ended; it needs `uplink` and `state`.
    public var after: Int64?
    /// Most records, up to ``mostRecords``; `nil` for 50.
    public var limit: Int?

    /// Takes the fields.
    public init(uplink: String? = nil, state: String? = nil, after: Int64? = nil, limit: Int? = nil) {
        self.uplink = uplink
        self.state = state
        self.after = after
        self.limit = limit
    }
}

/// Where every rating is, and some of those that wait.
public struct QueueReport: Sendable, Hashable, Codable {
    /// Each uplink with its counters.
    public var uplinks: [Counters]
    /// Ratings in the order of uplinks, states and positions.
    public var records: [Record]
    /// Where to go on; `nil` where this page is the last, or where the request named no uplink and state.
    public var next: Int64?
    /// Whether there are more than these.
    public var isCut: Bool

    /// The counters of conservation of an uplink (G2).
    public struct Counters: Sendable, Hashable, Codable {
        /// Its name.
        public var uplink: String
        /// Ratings it was ever asked to deliver.
        public var recorded: Int64
        /// How many are in each state; states without any are left out.
        public var states: [String: Int64]
        /// Whether the states add up to ``recorded``.
        public var holds: Bool

        /// Takes the figures.
        public init(uplink: String, recorded: Int64, states: [String: Int64], holds: Bool) {
            self.uplink = uplink
            self.recorded = recorded
            self.states = states
            self.holds = holds
        }
    }

    /// A rating that waits; never its level.
    public struct Record: Sendable, Hashable, Codable {
        /// Its id.
        public var id: String
        /// Its position in the journal.
        public var sequence: Int64
        /// Which uplink is to deliver it.
        public var uplink: String
        /// Its state.
        public var state: String
        /// Its window, where it has one.
        public var window: String?
        /// The device that captured it; `nil` where the record cannot be read.
        public var device: String?
        /// When it was recorded, in milliseconds since the Unix epoch; `nil` where it cannot be read.
        public var recordedAtMilliseconds: Int64?
        /// Since when it is in the state.
        public var sinceMilliseconds: Int64?
        /// How often it was moved from one state to another.
        public var moves: Int
        /// The region's last words, without those that name a level.
        public var answer: String?

        /// Takes the fields.
        public init(
            id: String, sequence: Int64, uplink: String, state: String, window: String?, device: String?,
            recordedAtMilliseconds: Int64?, sinceMilliseconds: Int64?, moves: Int, answer: String?
        ) {
            self.id = id
            self.sequence = sequence
            self.uplink = uplink
            self.state = state
            self.window = window
            self.device = device
            self.recordedAtMilliseconds = recordedAtMilliseconds
            self.sinceMilliseconds = sinceMilliseconds
            self.moves = moves
            self.answer = answer
        }
    }

    /// Takes the parts.
    public init(uplinks: [Counters], records: [Record], next: Int64?, isCut: Bool) {
        self.uplinks = uplinks
        self.records = records
        self.next = next
        self.isCut = isCut
    }
}

/// Which ratings are to be sent again, and who says so.
public struct RetryRequest: Sendable, Hashable, Codable {
    /// One rating by its id.
    public var id: String?
    /// All of a state: `parked` or `unknown`.
    public var state: String?
    /// One uplink; `nil` for all that have it there.
    public var uplink: String?
    /// Who asks, as the operator's computer knows them.
    public var user: String

    /// Takes the fields.
    public init(id: String? = nil, state: String? = nil, uplink: String? = nil, user: String) {
        self.id = id
        self.state = state
        self.uplink = uplink
        self.user = user
    }
}

/// Which rating is to be set aside, for which uplink, who says so and why.
public struct SetAsideRequest: Sendable, Hashable, Codable {
    /// Its id.
    public var id: String
    /// One uplink; `nil` where only one has it.
    public var uplink: String?
    /// Who asks, as the client says.
    public var user: String
    /// Why; both people say it in their own words.
    public var reason: String

    /// Takes the fields.
    public init(id: String, uplink: String? = nil, user: String, reason: String) {
        self.id = id
        self.uplink = uplink
        self.user = user
        self.reason = reason
    }
}

/// What was done.
public struct QueueStepReport: Sendable, Hashable, Codable {
    /// How many ratings it concerns, over all uplinks.
    public var ratings: Int
    /// The records of the decisions.
    public var decisions: [String]

    /// Takes the figures.
    public init(ratings: Int, decisions: [String]) {
        self.ratings = ratings
        self.decisions = decisions
    }
}

/// What a check of the whole journal found.
public struct QueueVerification: Sendable, Hashable, Codable {
    /// Records read.
    public var records: Int64
    /// The counters as they were after the check.
    public var uplinks: [QueueReport.Counters]
    /// What is not as it should be.
    public var findings: [String]

    /// Takes the findings.
    public init(records: Int64, uplinks: [QueueReport.Counters], findings: [String]) {
        self.records = records
        self.uplinks = uplinks
        self.findings = findings
    }
}
