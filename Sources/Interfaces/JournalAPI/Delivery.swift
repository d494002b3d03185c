// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A rating, a response to a questionnaire or an invitation, lent to a forwarder.
public struct LeasedRecord: Sendable, Hashable {
    /// Its position, which is also the order of delivery.
    public let sequence: JournalSequence
    /// The idempotency key towards the region.
    public let id: RecordID
    /// What to deliver.
    public let content: DeliveredContent
    /// What the citizen said of themselves, decrypted for this delivery.
    public let personal: PersonalFields?
    /// Which rating of its case and service this is, from 1 (首次评价 1, 追评 2); those that were superseded do not count.
    public let ordinal: Int
    /// Of an invitation: the first rating of its case and service, which makes it needless; `nil` for all else.
    public let answeredBy: RecordID?

    /// Takes a row.
    public init(
        sequence: JournalSequence, id: RecordID, content: DeliveredContent, personal: PersonalFields?, ordinal: Int,
        answeredBy: RecordID? = nil
    ) {
        self.sequence = sequence
        self.id = id
        self.content = content
        self.personal = personal
        self.ordinal = ordinal
        self.answeredBy = answeredBy
    }

    /// Takes a row of a rating.
    public init(sequence: JournalSequence, id: RecordID, rating: Rating, personal: PersonalFields?, ordinal: Int) {
        self.init(sequence: sequence, id: id, content: .rating(rating), personal: personal, ordinal: ordinal)
    }

    /// The rating; `nil` for what is none.
    public var rating: Rating? { content.rating }
}

/// What the region's answer means for a leased rating.
public struct Settlement: Sendable, Hashable {
    /// Which rating.
    public let sequence: JournalSequence
    /// What becomes of it.
    public let result: SettlementResult
    /// The region's own words, at most a few hundred bytes, kept as the receipt.
    public let answer: String
    /// When the answer came.
    public let settledAt: CaptureTime

    /// Pairs a rating with its fate.
    public init(sequence: JournalSequence, result: SettlementResult, answer: String, settledAt: CaptureTime) {
        self.sequence = sequence
        self.result = result
        self.answer = answer
        self.settledAt = settledAt
    }
}

/// The state a lease ends in.
public enum SettlementResult: Sendable, Hashable {
    /// The region has it now, or said it had it already.
    case delivered(wasDuplicate: Bool)
    /// Back to pending, to be tried again.
    case released
    /// Whether it arrived is not known, and the profile says not to resend by itself.
    case unknown
    /// The region refused it for good while it accepts others (G7).
    case parked
    /// It waits for something else.
    case held(HoldReason)
}

/// A state an operator, or a healed cause, can move ratings out of.
public enum RequeuableState: Sendable, Hashable {
    /// All that is held for a reason.
    case held(HoldReason)
    /// All that is parked.
    case parked
    /// All whose arrival is not known.
    case unknown
}

/// What became of ratings that waited for their time to come.
public struct HeldRelease: Sendable, Hashable {
    /// How many are pending now.
    public let released: Int
    /// How long until the next of them may be due, zero where some are due now; `nil` where none is held.
    public let nextDue: Duration?

    /// Takes what was done.
    public init(released: Int, nextDue: Duration?) {
        self.released = released
        self.nextDue = nextDue
    }
}

/// How many of the newest ratings stay in the hall, 差评 and the rest apart.
public struct Withholding: Sendable, Hashable {
    /// 差评: the last two levels.
    public var bad: Int
    /// 差评 that are held or parked; those that a later press corrected do not count.
    public var badKept: Int
    /// Ratings of the other levels.
    public var others: Int
    /// Ratings of the other levels that are held or parked.
    public var othersKept: Int

    /// Takes the counts.
    public init(bad: Int = 0, badKept: Int = 0, others: Int = 0, othersKept: Int = 0) {
        self.bad = bad
        self.badKept = badKept
        self.others = others
        self.othersKept = othersKept
    }

    /// Counts a rating.
    public mutating func count(_ level: SatisfactionLevel, isKept: Bool) {
        if level.isBad {
            bad += 1
            badKept += isKept ? 1 : 0
        } else {
            others += 1
            othersKept += isKept ? 1 : 0
        }
    }
}

/// Where every rating of an uplink is (G2). The sum of the states equals ``recorded``, always.
public struct Conservation: Sendable, Hashable {
    /// Ratings the uplink was ever asked to deliver.
    public var recorded: Int64
    /// Held, by reason.
    public var held: [HoldReason: Int64]
    /// Waiting for their turn.
    public var pending: Int64
    /// Lent to a forwarder.
    public var inFlight: Int64
    /// Sent, without an answer.
    public var unknown: Int64
    /// With the region.
    public var delivered: Int64
    /// Refused for good.
    public var parked: Int64
    /// Set aside by two people of two roles.
    public var setAside: Int64

    /// Takes the counters; all are zero by default.
    public init(
        recorded: Int64 = 0, held: [HoldReason: Int64] = [:], pending: Int64 = 0, inFlight: Int64 = 0,
        unknown: Int64 = 0, delivered: Int64 = 0, parked: Int64 = 0, setAside: Int64 = 0
    ) {
        self.recorded = recorded
        self.held = held
        self.pending = pending
        self.inFlight = inFlight
        self.unknown = unknown
        self.delivered = delivered
        self.parked = parked
        self.setAside = setAside
    }

    /// The counters as people may see them: what is held for a reason that would tell the level counts as pending (G9).
    public var shown: Conservation {
        var shown = self
        for (reason, count) in held where reason.tellsLevel {
            shown.held[reason] = nil
            shown.pending += count
        }
        return shown
    }

    /// Whether recorded = held + pending + in flight + unknown + delivered + parked + set aside.
    public var holds: Bool {
        recorded == held.values.reduce(0, +) + pending + inFlight + unknown + delivered + parked + setAside
    }
}
