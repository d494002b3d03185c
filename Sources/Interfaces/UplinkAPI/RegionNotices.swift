// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What a region says that it holds of a day, for the daily 对账.
public struct RegionHoldings: Sendable, Hashable {
    /// Each rating it holds.
    public var ratings: [Holding]

    /// A rating as the region holds it.
    public struct Holding: Sendable, Hashable {
        /// The idempotency key it came under.
        public var id: RecordID
        /// The level the region counts it as; `nil` where its code is none the profile knows.
        public var level: SatisfactionLevel?
        /// The code of its channel.
        public var channel: String
        /// The case it counts for, where the region says so.
        public var caseReference: CaseReference?

        /// Takes what was read.
        public init(id: RecordID, level: SatisfactionLevel?, channel: String, caseReference: CaseReference?) {
            self.id = id
            self.level = level
            self.channel = channel
            self.caseReference = caseReference
        }
    }

    /// Takes the ratings.
    public init(ratings: [Holding]) { self.ratings = ratings }
}

/// What a region lets the hall know; it is mirrored and never acted upon (the region owns it).
public struct RegionNotices: Sendable, Hashable {
    /// In the region's order.
    public var notices: [Notice]
    /// Where to go on; `nil` where nothing is left.
    public var next: String?

    /// One of them.
    public enum Notice: Sendable, Hashable {
        /// 复核: what became of a disputed rating. It is added beside the rating; the original stays.
        case verdict(rating: RecordID, number: String, outcome: String, text: String)
        /// A work order for a 差评, with its state in the region's words and its deadline as the region writes it.
        case workOrder(number: String, rating: RecordID?, state: String, deadline: String)
        /// An official rate of a period, in the region's own figures.
        case rate(scope: String, period: String, value: String)
        /// A newer indicator table: its version and bytes in the form of the tables that ship.
        case indicators(version: String, table: [UInt8])
        /// A case was rated just now, by the region's own page say; the notice carries no level.
        case rated(CaseReference)
    }

    /// Takes them.
    public init(notices: [Notice], next: String?) {
        self.notices = notices
        self.next = next
    }
}
