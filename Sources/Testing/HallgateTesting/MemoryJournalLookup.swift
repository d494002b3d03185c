// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

/// A move of a rating, as the journal in memory keeps it.
struct MemoryMove {
    let sequence: JournalSequence
    let place: RatingPlace
    let answer: String
    let time: CaptureTime?
    let wasDuplicate: Bool
}

extension MemoryJournal {
    public func entry(_ id: RecordID) throws(GatewayError) -> JournalEntry? {
        try check()
        return sequences[id].map(entry)
    }

    public func personal(of id: RecordID) throws(GatewayError) -> PersonalFields? {
        try check()
        return sequences[id].flatMap { entries[Int($0) - 1].draft.personal }
    }

    public func rating(under key: PressKey) throws(GatewayError) -> JournalEntry? {
        try check()
        return presses[key].map(entry)
    }

    public func sessions(
        at window: WindowID, before sequence: JournalSequence, atMost count: Int
    ) throws(GatewayError) -> [JournalEntry] {
        let sessions = try entries(after: 0, atMost: .max).filter { entry in
            if case .session(let session) = entry.body {
                session.window == window && entry.sequence < sequence
            } else {
                false
            }
        }
        return Array(sessions.reversed().prefix(max(0, count)))
    }

    public func entries(beside id: RecordID) throws(GatewayError) -> [JournalEntry] {
        try entries(after: 0, atMost: .max).filter { entry in
            switch entry.body {
            case .verdict(let verdict): verdict.rating == id
            case .decision(let decision): decision.subject?.rating == id
            case .conflict(let conflict): conflict.original == id
            case .rating, .session, .imported, .noAnswer, .integrity, .questionnaire, .invitation: false
            }
        }
    }

    public func places(of id: RecordID) throws(GatewayError) -> [UplinkName: RatingPlace] {
        try check()
        guard let sequence = sequences[id] else { return [:] }
        return uplinks.compactMapValues { uplink in
            uplink.leased.contains(sequence) ? .inFlight : uplink.states[sequence]?.place
        }
    }

    public func receipts(of id: RecordID) throws(GatewayError) -> [Receipt] {
        try check()
        guard let sequence = sequences[id] else { return [] }
        return uplinks.sorted { $0.key < $1.key }.flatMap { receipts(of: sequence, for: $0.key, $0.value) }
    }

    private func receipts(of sequence: JournalSequence, for name: UplinkName, _ uplink: MemoryUplink) -> [Receipt] {
        uplink.moves.enumerated().filter { $0.element.sequence == sequence }.map { number, move in
            Receipt(
                number: Int64(number + 1), uplink: name, place: move.place, wasDuplicate: move.wasDuplicate,
                answer: move.answer, settledAt: move.time ?? entries[Int(sequence) - 1].draft.recordedAt)
        }
    }

    public func waiting(
        in place: RatingPlace, for uplink: UplinkName, after sequence: JournalSequence, atMost count: Int
    ) throws(GatewayError) -> [WaitingRating] {
        try check()
        guard let kept = uplinks[uplink], place != .delivered else { return [] }
        let found =
            place == .inFlight
            ? Array(kept.leased) : kept.states.filter { $0.value.place == place }.map(\.key)
        return found.filter { $0 > sequence }.sorted().prefix(max(0, count)).map { sequence in
            let moves = receipts(of: sequence, for: uplink, kept)
            let entry = entry(sequence)
            return WaitingRating(
                sequence: sequence, id: entry.id, entry: entry, isLent: kept.leased.contains(sequence),
                last: moves.last, moves: moves.count)
        }
    }

    public func delivered(
        pressedIn span: Range<WallTime>, for uplink: UplinkName, after id: RecordID?, atMost count: Int
    ) throws(GatewayError) -> DeliveredPage {
        try check()
        let ids = sequences.keys.filter { key in id.map { key > $0 } ?? true }.sorted()
        let looked = ids.prefix(max(1, count))
        let ratings = looked.compactMap { sequences[$0] }.map(entry).filter { entry in
            guard case .rating(let rating) = entry.body else { return false }
            return span.contains(rating.pressedAt.wall) && uplinks[uplink]?.states[entry.sequence] == .delivered
        }
        return DeliveredPage(ratings: ratings, next: looked.count < max(1, count) ? nil : looked.last)
    }

    public func carryOut(
        _ step: QueueStep, for uplink: UplinkName, by decision: DecisionDraft
    ) throws(GatewayError) -> Int {
        try check()
        let due = ratings(for: step, of: uplink)
        guard !due.isEmpty else { return 0 }
        let goal: MemoryUplink.State = if case .setAside = step { .setAside } else { .pending }
        for (sequence, state) in due {
            uplinks[uplink]?.move(
                sequence, from: state, to: goal, "\(step.words) \(decision.id)", at: decision.recordedAt)
        }
        _ = add(decision.counting(due.count).record)
        return due.count
    }

    private func ratings(for step: QueueStep, of uplink: UplinkName) -> [(JournalSequence, MemoryUplink.State)] {
        guard let kept = uplinks[uplink] else { return [] }
        let one = { (id: RecordID, isFit: (RatingPlace) -> Bool) -> [(JournalSequence, MemoryUplink.State)] in
            guard let sequence = self.sequences[id], let state = kept.states[sequence], isFit(state.place),
                !kept.leased.contains(sequence)
            else { return [] }
            return [(sequence, state)]
        }
        switch step {
        case .retry(let id): return one(id, \.isRetriable)
        case .setAside(let id): return one(id, \.isRemovable)
        // Memory is never damaged.
        case .discard: return []
        case .retryAll(let place, let count):
            guard place.isRetriable else { return [] }
            let found = kept.states.filter { $0.value.place == place }.sorted { $0.key < $1.key }
            return found.prefix(max(0, count)).map { ($0.key, $0.value) }
        }
    }

    private func entry(_ sequence: JournalSequence) -> JournalEntry {
        let record = entries[Int(sequence) - 1]
        return JournalEntry(
            sequence: sequence, id: record.draft.id, recordedAt: record.draft.recordedAt, body: record.draft.body,
            chainHead: record.head)
    }
}

extension MemoryUplink.State {
    /// The place this is, for a rating that is not lent.
    var place: RatingPlace {
        switch self {
        case .pending: .pending
        case .unknown: .unknown
        case .parked: .parked
        case .setAside: .setAside
        case .delivered: .delivered
        case .held(let reason): .held(reason)
        }
    }
}

extension RatingPlace {
    /// Where a settlement leads.
    init(_ result: SettlementResult) {
        switch result {
        case .delivered: self = .delivered
        case .released: self = .pending
        case .unknown: self = .unknown
        case .parked: self = .parked
        case .held(let reason): self = .held(reason)
        }
    }
}
