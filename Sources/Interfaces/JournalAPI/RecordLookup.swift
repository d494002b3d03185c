// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What a journal is asked about single records, and what people may do with those that have stopped.
///
/// Nothing here is on the way of a press or of a delivery: answers are bounded, and long searches go in short turns,
/// between which ratings are recorded and settled.
public protocol RecordLookup: Sendable {
    /// A record by its id; `nil` where there is none. Throws `journal.damaged` where it cannot be read.
    func entry(_ id: RecordID) async throws(GatewayError) -> JournalEntry?

    /// The rating that stands under the key of a press; `nil` where there is none. Throws `journal.damaged` where it cannot
    /// be read.
    func rating(under key: PressKey) async throws(GatewayError) -> JournalEntry?

    /// The sessions of a window before a position, the newest first, at most `count`. Throws `journal.damaged` where one
    /// cannot be read.
    func sessions(
        at window: WindowID, before sequence: JournalSequence, atMost count: Int
    ) async throws(GatewayError) -> [JournalEntry]

    /// What the citizen said of themselves with a record, decrypted; `nil` where nothing was said or it was erased.
    func personal(of id: RecordID) async throws(GatewayError) -> PersonalFields?

    /// Verdicts on a rating, decisions about it, and presses under its key that said something else, in their order.
    func entries(beside id: RecordID) async throws(GatewayError) -> [JournalEntry]

    /// Where a rating is now, for each uplink that is to deliver it; empty for every other record.
    func places(of id: RecordID) async throws(GatewayError) -> [UplinkName: RatingPlace]

    /// Every move of a rating from one place to another, the oldest first, with the region's own words.
    func receipts(of id: RecordID) async throws(GatewayError) -> [Receipt]

    /// Ratings of an uplink that are in a place, behind a position, in order, at most `count`.
    ///
    /// What was delivered does not wait and is not listed: see ``delivered(pressedIn:for:after:atMost:)``.
    func waiting(
        in place: RatingPlace, for uplink: UplinkName, after sequence: JournalSequence, atMost count: Int
    ) async throws(GatewayError) -> [WaitingRating]

    /// The ratings an uplink has delivered that were pressed within a span of wall time, by their ids.
    ///
    /// It looks at no more than `count` records at once: a page may hold none and still not be the last. Pass its
    /// ``DeliveredPage/next`` for the next one.
    func delivered(
        pressedIn span: Range<WallTime>, for uplink: UplinkName, after id: RecordID?, atMost count: Int
    ) async throws(GatewayError) -> DeliveredPage

    /// Moves ratings as an operator decided, and records the decision with their number, all in one transaction;
    /// answers how many. Where none is there to be moved nothing is recorded.
    func carryOut(
        _ step: QueueStep, for uplink: UplinkName, by decision: DecisionDraft
    ) async throws(GatewayError) -> Int
}

/// Where a rating is, for one uplink (G2).
public enum RatingPlace: Sendable, Hashable {
    /// It waits for its turn.
    case pending
    /// It is lent to the forwarder.
    case inFlight
    /// Whether it arrived is not known.
    case unknown
    /// The region refused it for good.
    case parked
    /// Two people of two roles decided that it is not delivered.
    case setAside
    /// The region has it.
    case delivered
    /// It waits for something else.
    case held(HoldReason)

    /// Every place.
    public static let all: [RatingPlace] =
        [.pending, .inFlight, .unknown, .parked, .setAside, .delivered] + HoldReason.allCases.map { .held($0) }

    /// Whether an operator can have it sent again: it has stopped, and nothing else moves it.
    public var isRetriable: Bool {
        switch self {
        case .unknown, .parked, .setAside, .held(.unanswered): true
        case .pending, .inFlight, .delivered, .held: false
        }
    }

    /// Whether it can be set aside: it has stopped, and no later press took its place.
    public var isRemovable: Bool {
        switch self {
        case .held(.superseded), .pending, .inFlight, .delivered, .setAside: false
        case .unknown, .parked, .held: true
        }
    }
}

/// A move of a rating into a place.
public struct Receipt: Sendable, Hashable {
    /// Its number: receipts are numbered in the order of the moves.
    public let number: Int64
    /// Which uplink.
    public let uplink: UplinkName
    /// Where it went.
    public let place: RatingPlace
    /// Whether the region said that it had the rating already.
    public let wasDuplicate: Bool
    /// The region's own words; for a move that people decided, what they did and the decision's id.
    public let answer: String
    /// When.
    public let settledAt: CaptureTime

    /// Takes a row.
    public init(
        number: Int64, uplink: UplinkName, place: RatingPlace, wasDuplicate: Bool = false, answer: String,
        settledAt: CaptureTime
    ) {
        self.number = number
        self.uplink = uplink
        self.place = place
        self.wasDuplicate = wasDuplicate
        self.answer = answer
        self.settledAt = settledAt
    }

    /// The record that moved it, where the answer ends in its id: a decision, or the press that corrected it.
    public var movedBy: RecordID? {
        switch place {
        case .pending, .setAside, .held(.superseded): RecordID(String(answer.suffix(36)))
        default: nil
        }
    }
}

/// A rating that is not with the region.
public struct WaitingRating: Sendable, Hashable {
    /// Its position.
    public let sequence: JournalSequence
    /// Its id.
    public let id: RecordID
    /// What it says; `nil` where the journal cannot read it any more.
    public let entry: JournalEntry?
    /// Whether the forwarder has it now.
    public let isLent: Bool
    /// The move that brought it where it is; `nil` where it never moved.
    public let last: Receipt?
    /// How often it was moved.
    public let moves: Int

    /// Takes the parts.
    public init(
        sequence: JournalSequence, id: RecordID, entry: JournalEntry?, isLent: Bool, last: Receipt?, moves: Int
    ) {
        self.sequence = sequence
        self.id = id
        self.entry = entry
        self.isLent = isLent
        self.last = last
        self.moves = moves
    }
}

/// Some of what an uplink delivered.
public struct DeliveredPage: Sendable, Hashable {
    /// In the order of their ids.
    public let ratings: [JournalEntry]
    /// What to go on behind; `nil` where nothing is left.
    public let next: RecordID?

    /// Takes the parts.
    public init(ratings: [JournalEntry], next: RecordID?) {
        self.ratings = ratings
        self.next = next
    }
}

/// What a person does with ratings that have stopped.
public enum QueueStep: Sendable, Hashable {
    /// Sends one again, from wherever it is ``RatingPlace/isRetriable``.
    case retry(RecordID)
    /// Sends all of a place again, the oldest first, at most so many.
    case retryAll(in: RatingPlace, atMost: Int)
    /// Sets one aside, from wherever it is ``RatingPlace/isRemovable``. That two people agreed is the caller's to see to.
    case setAside(RecordID)
    /// Sets one aside that the journal cannot read any more, and none that it can.
    case discard(RecordID)

    /// What a receipt says of it, before the decision's id.
    public var words: String {
        switch self {
        case .retry, .retryAll: "retried by"
        case .setAside: "set aside by"
        case .discard: "discarded by"
        }
    }
}
