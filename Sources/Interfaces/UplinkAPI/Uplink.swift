// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A way to a region. Every implementation runs the suite in `HallgateTesting/UplinkConformance`.
public protocol Uplink: Sendable {
    /// The name its delivery states are kept under.
    var name: UplinkName { get }
    /// What the region takes at once.
    var limits: UplinkLimits { get }

    /// Hands a batch to the region and says what became of each rating, in order; it never throws and always ends.
    ///
    /// Every phase of the exchange has a time limit. Cancellation ends the call early with `unreachable`.
    func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport

    /// Asks the region, without sending a rating, whether it would answer (G3); `nil` where it has nothing to ask.
    func probe() async -> ProbeResult?
}

/// What a region takes at once.
public struct UplinkLimits: Sendable, Hashable {
    /// Most ratings in one batch, from 1.
    public let batchRecords: Int
    /// Least time between the starts of two batches; zero for no limit.
    public let leastInterval: Duration
    /// Most ratings of one case and service the region takes (首次评价 and 追评); later ones are held as contested.
    public let ratingsPerCase: Int
    /// Whether the region takes prompts that ended without a level.
    public let takesUnrated: Bool
    /// Whether the region takes ratings without a case.
    public let takesUnmatched: Bool
    /// How old a press must be to go by the region's call for late ratings (补报); `nil` where it has no such call.
    public let supplementAge: Duration?
    /// How long a 差评 without a reason is held before it goes as the profile states it; `nil` to send it at once.
    public let reasonlessHold: Duration?
    /// Whether the region takes responses to questionnaires; where it does not, they are held.
    public var takesQuestionnaires: Bool
    /// How long an invitation waits from the end of the question, so that whoever was asked may still answer; `nil` where
    /// the region takes no invitations, and none are made.
    public var invitationWait: Duration?

    /// Takes the limits.
    public init(
        batchRecords: Int, leastInterval: Duration, ratingsPerCase: Int, takesUnrated: Bool, takesUnmatched: Bool,
        supplementAge: Duration? = nil, reasonlessHold: Duration? = nil, takesQuestionnaires: Bool = false,
        invitationWait: Duration? = nil
    ) {
        self.batchRecords = batchRecords
        self.leastInterval = leastInterval
        self.ratingsPerCase = ratingsPerCase
        self.takesUnrated = takesUnrated
        self.takesUnmatched = takesUnmatched
        self.supplementAge = supplementAge
        self.reasonlessHold = reasonlessHold
        self.takesQuestionnaires = takesQuestionnaires
        self.invitationWait = invitationWait
    }
}

/// A rating, a response to a questionnaire or an invitation, as an uplink is given it. All records of a batch are of one
/// kind.
public struct OutgoingRecord: Sendable, Hashable {
    /// The idempotency key.
    public let id: RecordID
    /// What to say.
    public let content: DeliveredContent
    /// What the citizen said of themselves.
    public let personal: PersonalFields?
    /// Which rating of its case and service this is, from 1.
    public let ordinal: Int
    /// Whether it is older than ``UplinkLimits/supplementAge``, so that it goes by the call for late ratings. All ratings
    /// of a batch are late, or none is.
    public let isLate: Bool
    /// Puts a rating together.
    public init(
        id: RecordID, rating: Rating, personal: PersonalFields?, ordinal: Int, isLate: Bool = false
    ) {
        self.init(id: id, content: .rating(rating), personal: personal, ordinal: ordinal, isLate: isLate)
    }

    /// Puts it together.
    public init(
        id: RecordID, content: DeliveredContent, personal: PersonalFields?, ordinal: Int, isLate: Bool = false
    ) {
        self.id = id
        self.content = content
        self.personal = personal
        self.ordinal = ordinal
        self.isLate = isLate
    }

    /// The rating; `nil` for what is none.
    public var rating: Rating? { content.rating }

    /// The channel it came by (评价渠道), which a profile has a code for; `nil` for an invitation.
    public var channel: RatingChannel? { content.channel }

    /// Whether this is a 差评 for which neither an indicator nor a text was given, as from every key pad.
    public var isReasonlessBad: Bool { rating?.level?.isBad == true && personal?.hasReason != true }
}

/// What became of a batch.
public enum DeliveryReport: Sendable, Hashable {
    /// The region spoke of every rating: one outcome each, in the batch's order.
    case answered([DeliveryOutcome])
    /// The region refused the batch as a whole without naming a rating: halve it until one stands alone (G7).
    case refusedWhole(answer: String)
    /// The exchange failed in a way that says nothing of the ratings (unreachable, 401, 403, 404, 5xx, nonsense).
    ///
    /// `mayHaveArrived` is true where bytes were sent before it failed: the region may hold the batch already.
    case unreachable(GatewayError, mayHaveArrived: Bool, retryAfter: Duration?)
}

/// What the region said of one rating.
public struct DeliveryOutcome: Sendable, Hashable {
    /// The meaning.
    public let verdict: DeliveryVerdict
    /// The region's own words, shortened, for the receipt.
    public let answer: String

    /// Pairs meaning and words.
    public init(_ verdict: DeliveryVerdict, answer: String) {
        self.verdict = verdict
        self.answer = answer
    }
}

/// The meaning of the region's answer to one rating.
public enum DeliveryVerdict: Sendable, Hashable {
    /// It has it now.
    case accepted
    /// It had it already (评价数据不可重复), which is success.
    case duplicate
    /// Not now; after the time stated, if any.
    case retry(after: Duration?)
    /// It will never take this rating as it is.
    case rejected
    /// The answer does not speak of it.
    case unknown
    /// It was handed over, and the region's answer comes later by another way, such as a receipt that is carried back.
    ///
    /// It is kept as unknown, whatever the profile says of lost answers; whoever sees the receipt has it delivered again.
    case awaitingReceipt
}

/// What the region's own test call answered.
public enum ProbeResult: Sendable, Hashable {
    /// It answered as it should.
    case answered
    /// It did not.
    case failed(GatewayError)
}
