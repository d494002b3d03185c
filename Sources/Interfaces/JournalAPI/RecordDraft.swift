// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A record on its way into the journal.
public struct RecordDraft: Sendable, Hashable {
    /// The id minted at capture; it stays with the record all the way to the region.
    public let id: RecordID
    /// What is recorded.
    public let body: RecordBody
    /// When it is recorded.
    public let recordedAt: CaptureTime
    /// What is encrypted apart from the body, if anything.
    public let personal: PersonalFields?
    /// For each uplink that is to deliver it, whether it may go at once; empty for records that stay here.
    public let deliveries: [UplinkName: InitialDelivery]
    /// The record of the press that this one corrects. Wherever that is not on its way yet it is held as
    /// ``HoldReason/superseded`` by the transaction that records this one; elsewhere both are delivered, in their order.
    public let supersedes: JournalSequence?

    /// Puts a draft together.
    public init(
        id: RecordID, body: RecordBody, recordedAt: CaptureTime, personal: PersonalFields? = nil,
        deliveries: [UplinkName: InitialDelivery] = [:], supersedes: JournalSequence? = nil
    ) {
        self.id = id
        self.body = body
        self.recordedAt = recordedAt
        self.personal = personal
        self.deliveries = deliveries
        self.supersedes = supersedes
    }
}

/// A decision on its way into the journal together with what it decides.
public struct DecisionDraft: Sendable, Hashable {
    /// The id minted for it.
    public let id: RecordID
    /// What was decided.
    public let decision: OperatorDecision
    /// When it is recorded.
    public let recordedAt: CaptureTime

    /// Puts a draft together.
    public init(id: RecordID, decision: OperatorDecision, recordedAt: CaptureTime) {
        self.id = id
        self.decision = decision
        self.recordedAt = recordedAt
    }

    /// The draft of a record: nothing that an uplink is ever given.
    public var record: RecordDraft { RecordDraft(id: id, body: .decision(decision), recordedAt: recordedAt) }

    /// The same about so many.
    public func counting(_ count: Int) -> DecisionDraft {
        DecisionDraft(id: id, decision: decision.counting(UInt64(clamping: count)), recordedAt: recordedAt)
    }
}

/// The state a delivery starts in.
public enum InitialDelivery: Sendable, Hashable {
    /// It waits for its turn.
    case pending
    /// It waits for something else first.
    case held(HoldReason)
}

/// Why a rating is held back.
public enum HoldReason: String, Sendable, Hashable, CaseIterable {
    /// No case is known for it yet.
    case unmatched
    /// Other ratings compete for the same case and service, and the region takes no more of them.
    case contested
    /// The region takes no record without a level.
    case unrated
    /// An answer was lost and the profile says to wait for an operator.
    case unanswered
    /// The configuration demands a proof that the press lacks; an operator decides.
    case quarantined
    /// The citizen corrected it with a later press, which is delivered in its place; or, for an invitation, the case was
    /// rated, so that nobody need be invited.
    case superseded
    /// A 差评 came without a reason, and the site gives one some hours to come; then it goes as it is
    /// (`reasonlessBad: hold`).
    case reasonless
    /// It answers a questionnaire, and the region's interface has no call for that.
    case questionnaire
    /// It invites somebody who may still answer; it goes once the time for that is over.
    case answerable
}

extension HoldReason {
    /// Whether only ratings of some levels are held for it, so that naming it would tell the level: wherever anything is
    /// shown, such a rating is simply *pending*, which is true of it too (G9).
    public var tellsLevel: Bool { self == .reasonless }
}

/// What became of a draft.
public enum RecordingOutcome: Sendable, Hashable {
    /// It is on disk.
    case recorded(JournalSequence, RecordID)
    /// The same press with the same body is on disk already: thank again, store nothing. For an invitation: its case and
    /// service have one already, or were rated, by this record.
    case duplicate(of: RecordID)
    /// The same press with another body is on disk; this one was kept beside it as a conflict under its own id.
    case conflict(with: RecordID, keptAs: RecordID)
    /// It breaks a constraint and was not stored; the rest of the group was.
    case failed(GatewayError)
}

extension GatewayError {
    /// A submission came again with other answers: the first stands, and the second is not stored.
    public static func otherAnswers(than original: RecordID) -> GatewayError {
        GatewayError(
            "journal.submission-used",
            LocalText("this submission was handed in before with other answers", "该提交编号已用于内容不同的答卷"),
            cause: "\(original)",
            hint: LocalText("hand other answers in under a number of their own", "请使用新的提交编号提交不同的答卷"))
    }
}

/// A record as the journal holds it.
public struct JournalEntry: Sendable, Hashable {
    /// Its position.
    public let sequence: JournalSequence
    /// Its id.
    public let id: RecordID
    /// When it was recorded.
    public let recordedAt: CaptureTime
    /// What it says.
    public let body: RecordBody
    /// The head of the hash chain up to and with it (G5).
    public let chainHead: [UInt8]

    /// Takes a row.
    public init(
        sequence: JournalSequence, id: RecordID, recordedAt: CaptureTime, body: RecordBody, chainHead: [UInt8]
    ) {
        self.sequence = sequence
        self.id = id
        self.recordedAt = recordedAt
        self.body = body
        self.chainHead = chainHead
    }
}
