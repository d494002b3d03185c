// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The daily 对账: what the hall delivered of a day against what the region says that it holds.
public protocol ReconcileOperations: Sendable {
    /// `reconcile`: asks the region and compares; what differs stays in the status until a later comparison is clean.
    func reconcile(_ request: ReconcileRequest) async throws(GatewayError) -> ReconciliationReport
}

extension ReconcileOperations {
    /// A service without uplinks has nothing to compare.
    public func reconcile(_ request: ReconcileRequest) async throws(GatewayError) -> ReconciliationReport {
        throw GatewayError(
            "reconcile.no-uplink", LocalText("there is no uplink whose region can be asked", "没有可以对账的上行通道"),
            hint: LocalText("configure an uplink whose profile has a call for holdings", "请配置规范中含有对账接口的上行通道"))
    }
}

/// Which day is compared.
public struct ReconcileRequest: Sendable, Hashable, Codable {
    /// The day in the hall's zone, `yyyy-MM-dd`.
    public var date: String
    /// The uplink; `nil` for the only one.
    public var uplink: String?

    /// Takes the two.
    public init(date: String, uplink: String? = nil) {
        self.date = date
        self.uplink = uplink
    }
}

/// What a comparison found. Levels stand only in the counts, never beside an id (G9).
public struct ReconciliationReport: Sendable, Hashable, Codable {
    /// The uplink.
    public var uplink: String
    /// The day in the hall's zone, `yyyy-MM-dd`.
    public var date: String
    /// Each window, level and channel that either side has ratings of.
    public var counts: [Count]
    /// Delivered here, and not held there.
    public var missing: [String]
    /// Held there, and none of this hall's.
    public var unknown: [String]
    /// Held there, while here it is not known yet that they arrived: an answer was lost.
    public var unsettled: [String]
    /// Held there otherwise than they were delivered.
    public var altered: [Alteration]

    /// How many ratings each side has.
    public struct Count: Sendable, Hashable, Codable {
        /// The window; `nil` for ratings from none, and for those that are none of this hall's.
        public var window: String?
        /// The level's words, such as 满意; `nil` for none, or a code the profile does not know.
        public var level: String?
        /// The code of the channel, as the region writes it; `nil` where it says none.
        public var channel: String?
        /// Delivered here.
        public var delivered: Int
        /// Held there.
        public var held: Int

        /// Takes the figures.
        public init(window: String?, level: String?, channel: String?, delivered: Int = 0, held: Int = 0) {
            self.window = window
            self.level = level
            self.channel = channel
            self.delivered = delivered
            self.held = held
        }
    }

    /// A rating that the region counts otherwise.
    public struct Alteration: Sendable, Hashable, Codable {
        /// Its id.
        public var id: String
        /// What differs; never which values.
        public var parts: [Part]

        /// What can differ.
        public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
            /// It counts as another level.
            case level
            /// It counts for another channel.
            case channel
            /// It counts for another case.
            case caseReference = "case"
            /// It counts for another day.
            case day
            /// It counts more than once.
            case twice
        }

        /// Takes the two.
        public init(id: String, parts: [Part]) {
            self.id = id
            self.parts = parts
        }
    }

    /// How many ratings differ; what only waits for an answer does not.
    public var differences: Int { missing.count + unknown.count + altered.count }
    /// Whether both sides have the same.
    public var isClean: Bool { differences == 0 }

    /// Takes the parts.
    public init(
        uplink: String, date: String, counts: [Count], missing: [String], unknown: [String], unsettled: [String],
        altered: [Alteration]
    ) {
        self.uplink = uplink
        self.date = date
        self.counts = counts
        self.missing = missing
        self.unknown = unknown
        self.unsettled = unsettled
        self.altered = altered
    }
}
