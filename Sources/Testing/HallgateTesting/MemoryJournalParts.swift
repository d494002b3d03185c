// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

/// A record of the journal in memory.
struct MemoryRecord {
    let draft: RecordDraft
    let ordinal: Int
    let head: [UInt8]

    /// A stand-in for the hash chain: every record changes all heads behind it, and equal journals have equal heads.
    static func link(_ head: [UInt8], _ sequence: JournalSequence, _ draft: RecordDraft) -> [UInt8] {
        var words: [UInt64] = [
            0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB,
        ]
        let input = head + draft.id.bytes + draft.body.canonicalBytes
        for (position, byte) in input.enumerated() {
            words[position % 4] = (words[position % 4] ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            words[(position + 1) % 4] ^= words[position % 4] >> 29 &+ UInt64(bitPattern: sequence)
        }
        return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
    }
}

/// The states of one uplink, with counters of their own as on disk.
struct MemoryUplink {
    enum State: Hashable {
        case pending, unknown, parked, setAside, delivered
        case held(HoldReason)
    }

    var states: [JournalSequence: State] = [:]
    var pending: Set<JournalSequence> = []
    var leased: Set<JournalSequence> = []
    var counters = Conservation()
    var receipts: [JournalSequence: String] = [:]
    var moves: [MemoryMove] = []

    mutating func add(_ sequence: JournalSequence, _ initial: InitialDelivery) {
        counters.recorded += 1
        switch initial {
        case .pending: enter(sequence, .pending)
        case .held(let reason): enter(sequence, .held(reason))
        }
    }

    mutating func lease(_ count: Int, upTo last: JournalSequence) -> [JournalSequence] {
        let lent = pending.filter { $0 <= last }.sorted().prefix(max(0, count))
        for sequence in lent {
            pending.remove(sequence)
            leased.insert(sequence)
            counters.pending -= 1
            counters.inFlight += 1
        }
        return Array(lent)
    }

    /// Moves a leased rating on; anything else is passed over, so that a settlement can be repeated.
    mutating func settle(_ settlement: Settlement) {
        guard leased.remove(settlement.sequence) != nil else { return }
        counters.inFlight -= 1
        if settlement.result != .released {
            receipts[settlement.sequence] = settlement.answer
            let wasDuplicate = settlement.result == .delivered(wasDuplicate: true)
            note(
                settlement.sequence, RatingPlace(settlement.result), settlement.answer, settlement.settledAt,
                wasDuplicate)
        }
        switch settlement.result {
        case .delivered: enter(settlement.sequence, .delivered)
        case .released: enter(settlement.sequence, .pending)
        case .unknown: enter(settlement.sequence, .unknown)
        case .parked: enter(settlement.sequence, .parked)
        case .held(let reason): enter(settlement.sequence, .held(reason))
        }
    }

    /// Moves what is in a state back to pending; with `only`, no more than these.
    mutating func requeue(
        _ state: State, only: Set<JournalSequence>? = nil, answer: String = "", at time: CaptureTime? = nil
    ) -> Int {
        let moved = states.filter { $0.value == state && only?.contains($0.key) != false }.keys.sorted()
        for sequence in moved { move(sequence, from: state, to: .pending, answer, at: time) }
        return moved.count
    }

    /// Holds what has become needless back where it waits; answers whether it did.
    mutating func supersede(_ sequence: JournalSequence, answer: String, at time: CaptureTime) -> Bool {
        guard !leased.contains(sequence), let state = states[sequence] else { return false }
        switch state {
        case .held(.superseded), .unknown, .parked, .setAside, .delivered: return false
        case .pending, .held: break
        }
        pending.remove(sequence)
        move(sequence, from: state, to: .held(.superseded), answer, at: time)
        receipts[sequence] = answer
        return true
    }

    mutating func move(
        _ sequence: JournalSequence, from: State, to state: State, _ answer: String, at time: CaptureTime?
    ) {
        count(from, by: -1)
        enter(sequence, state)
        note(sequence, state.place, answer, time, false)
    }

    private mutating func note(
        _ sequence: JournalSequence, _ place: RatingPlace, _ answer: String, _ time: CaptureTime?, _ wasDuplicate: Bool
    ) {
        moves.append(
            MemoryMove(
                sequence: sequence, place: place, answer: answer, time: time ?? moves.last?.time,
                wasDuplicate: wasDuplicate))
    }

    mutating func releaseAll() {
        counters.inFlight -= Int64(leased.count)
        for sequence in leased { enter(sequence, .pending) }
        leased = []
    }

    private mutating func enter(_ sequence: JournalSequence, _ state: State) {
        states[sequence] = state
        if state == .pending { pending.insert(sequence) }
        count(state, by: 1)
    }

    private mutating func count(_ state: State, by step: Int64) {
        switch state {
        case .pending: counters.pending += step
        case .unknown: counters.unknown += step
        case .parked: counters.parked += step
        case .setAside: counters.setAside += step
        case .delivered: counters.delivered += step
        case .held(let reason):
            let left = counters.held[reason, default: 0] + step
            counters.held[reason] = left == 0 ? nil : left
        }
    }
}

extension CapturedPress {
    /// Whether a press under the same key says the same: its outcome and its prompt.
    ///
    /// A retransmission has another age and another frame, and is the same press all the same.
    func isSameEvidence(as other: CapturedPress) -> Bool { evidenceBytes == other.evidenceBytes }
}

extension GatewayError {
    /// The failure of a draft that breaks a constraint.
    static func journalConstraint(_ constraint: String) -> GatewayError {
        GatewayError(
            "journal.constraint", LocalText("The record breaks a constraint of the journal", "记录违反日志约束"),
            cause: constraint,
            hint: LocalText(
                "Report this with the daemon's log", "请附上守护进程的日志并报告"))
    }
}
