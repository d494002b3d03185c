// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite

extension JournalStore {
    /// Lends pending ratings, oldest first. One whose row is damaged is parked with that as its receipt, and only it.
    func lease(
        _ count: Int, for uplink: UplinkName, upTo last: JournalSequence, at time: () -> CaptureTime
    ) throws -> [LeasedRecord] {
        guard count > 0, let number = uplinkNumbers[uplink] else { return [] }
        var lent: [LeasedRecord] = []
        var damaged: [JournalSequence] = []
        for sequence in try pendingSequences(count, of: uplink, number, upTo: last) {
            do {
                lent.append(try leasedRating(sequence, number))
            } catch {
                guard JournalFailure(error).isOfOneRow else { throw error }
                damaged.append(sequence)
            }
        }
        if !damaged.isEmpty {
            let moves = damaged.map { Move(sequence: $0, from: .pending, to: .parked, answer: "journal: damaged row") }
            try move(moves, for: uplink, at: time().canonicalBytes, (.settleBeforeCommit, .settleAfterCommit))
        }
        leases[uplink, default: []].formUnion(lent.lazy.map(\.sequence))
        for rating in lent { lentIDs[rating.sequence] = rating.id }
        conservation[uplink, default: Conservation()].pending -= Int64(lent.count)
        conservation[uplink, default: Conservation()].inFlight += Int64(lent.count)
        return lent
    }

    /// The oldest pending positions that are not lent. Those lent are few and near the front, so the walk is short.
    private func pendingSequences(
        _ count: Int, of uplink: UplinkName, _ number: Int64, upTo last: JournalSequence
    ) throws -> [JournalSequence] {
        let held = leases[uplink] ?? []
        var free: [JournalSequence] = []
        let limit = Int64(count) + Int64(held.count)
        try statements.pending.rows(
            .integer(number), .integer(DeliveryState.pending.number), 0, .integer(limit)
        ) { row in
            let sequence = row.integer(0)
            if free.count < count, sequence <= last, !held.contains(sequence) { free.append(sequence) }
        }
        return free
    }

    private func leasedRating(_ sequence: JournalSequence, _ uplink: Int64) throws -> LeasedRecord {
        let (row, record) = try recordRow(sequence)
        guard let id = RecordID(bytes: row.id), let content = record.body.delivered else {
            throw JournalFailure.damaged("record \(sequence) is nothing to deliver")
        }
        var ordinal: Int64?
        if let reference = content.rating?.caseReference {
            let project = SQLiteValue.text(reference.projectNumber)
            let service = SQLiteValue.text(reference.serviceNumber)
            // Most are the first of their case, and have nothing before them to be counted.
            if try statements.firstBound.first(project, service, make: { $0.integer(0) }) != sequence {
                ordinal = try statements.findOrdinal.first(
                    project, service, .integer(sequence), .integer(uplink),
                    .integer(DeliveryState.held(.superseded).number)
                ) { $0.integer(0) }
            }
        }
        // A record without personal fields says so itself, and is not looked for among them.
        let personal = record.personalDigest.isEmpty ? nil : try personalFields(sequence)
        let answeredBy = try content.invitation.flatMap { try firstRating(of: $0.caseReference) }.map(self.id)
        return LeasedRecord(
            sequence: sequence, id: id, content: content, personal: personal, ordinal: Int(clamping: ordinal ?? 1),
            answeredBy: answeredBy)
    }

    /// Moves leased ratings on; one that is not lent is passed over, so that a settlement can be repeated.
    func settle(_ settlements: [Settlement], for uplink: UplinkName) throws {
        var seen: Set<JournalSequence> = []
        let due = settlements.filter {
            leases[uplink]?.contains($0.sequence) == true && seen.insert($0.sequence).inserted
        }
        let released = due.filter { $0.result == .released }
        let moved = due.filter { $0.result != .released }
        if !moved.isEmpty {
            var run: [(Move, [UInt8])] = []
            // All of an answer are settled at one moment.
            var (moment, bytes) = (moved[0].settledAt, moved[0].settledAt.canonicalBytes)
            for settlement in moved {
                if settlement.settledAt != moment {
                    (moment, bytes) = (settlement.settledAt, settlement.settledAt.canonicalBytes)
                }
                let state = DeliveryState(settlement.result)
                let move = Move(
                    sequence: settlement.sequence, from: .pending, to: state,
                    answer: ReceiptRow.shortened(settlement.answer))
                run.append((move, bytes))
            }
            try move(run, for: uplink, (.settleBeforeCommit, .settleAfterCommit))
        }
        // The counters on disk know no leases, so a lease that ends moves them in memory from "in flight" to where
        // the transaction has just counted it: `move` took it from pending.
        for settlement in due {
            leases[uplink]?.remove(settlement.sequence)
            lentIDs[settlement.sequence] = nil
        }
        conservation[uplink, default: Conservation()].inFlight -= Int64(due.count)
        conservation[uplink, default: Conservation()].pending += Int64(released.count + moved.count)
    }

    /// Moves everything in a state back to pending.
    func requeue(_ state: DeliveryState, for uplink: UplinkName, at time: CaptureTime) throws -> Int {
        guard let number = uplinkNumbers[uplink] else { return 0 }
        var sequences: [JournalSequence] = []
        try statements.pending.rows(.integer(number), .integer(state.number), 0, -1) { sequences.append($0.integer(0)) }
        return try requeue(sequences, from: state, for: uplink, at: time)
    }

    /// Moves the quarantined rows of one device to pending, and records who decided so, in one transaction.
    func release(
        _ device: DeviceID, for uplinks: [UplinkName], by decision: DecisionDraft
    ) throws -> Int {
        let held = try uplinks.map { ($0, try quarantined(device, for: $0)) }
        let count = held.map(\.1.count).max() ?? 0
        guard count > 0 else { return 0 }
        var run = RecordingRun(self)
        try transaction(before: .requeueBeforeCommit, after: .requeueAfterCommit) {
            try pass(.settleBegun)
            if case .failed(let error) = try run.add(decision.counting(count).record) { throw error }
            let time = decision.recordedAt.canonicalBytes
            for (uplink, sequences) in held {
                for sequence in sequences {
                    let move = Move(
                        sequence: sequence, from: .held(.quarantined), to: .pending,
                        answer: "released by \(decision.id)")
                    try run.move(move, for: uplink, at: time)
                }
            }
            try run.writeCounters()
        }
        run.finish()
        return count
    }

    private func quarantined(_ device: DeviceID, for uplink: UplinkName) throws -> [JournalSequence] {
        guard let number = uplinkNumbers[uplink] else { return [] }
        let state = DeliveryState.held(.quarantined)
        let held = try database.prepare(
            """
            SELECT delivery.record FROM delivery JOIN press ON press.record = delivery.record \
            WHERE delivery.uplink = ?1 AND delivery.state = ?2 AND press.device = ?3 ORDER BY delivery.record
            """)
        var sequences: [JournalSequence] = []
        try held.rows(.integer(number), .integer(state.number), .text(device.value)) { sequences.append($0.integer(0)) }
        return sequences
    }

    func requeue(
        _ sequences: [JournalSequence], from state: DeliveryState, for uplink: UplinkName, at time: CaptureTime
    ) throws -> Int {
        guard !sequences.isEmpty else { return 0 }
        let moves = sequences.map { Move(sequence: $0, from: state, to: .pending, answer: "") }
        try move(moves, for: uplink, at: time.canonicalBytes, (.requeueBeforeCommit, .requeueAfterCommit))
        return sequences.count
    }
}

/// A delivery on its way from one state to another.
struct Move {
    let sequence: JournalSequence
    let from: DeliveryState
    let to: DeliveryState
    let answer: String
}

extension JournalStore {
    func move(
        _ moves: [Move], for uplink: UplinkName, at time: [UInt8], _ points: (JournalCrashPoint, JournalCrashPoint)
    ) throws {
        try move(moves.map { ($0, time) }, for: uplink, points)
    }

    /// Moves rows, counters and receipts in one transaction, then the counters in memory.
    private func move(
        _ moves: [(Move, [UInt8])], for uplink: UplinkName, _ points: (JournalCrashPoint, JournalCrashPoint)
    ) throws {
        var counters = CounterMoves()
        var last = lastReceipt
        try transaction(before: points.0, after: points.1) {
            try pass(.settleBegun)
            for (move, time) in moves {
                last += 1
                try write(move, receipt: last, for: uplink, at: time, &counters)
            }
            try counters.write(to: self)
        }
        lastReceipt = last
        counters.apply(to: self)
    }

    /// Writes one move as part of a transaction.
    func write(
        _ move: Move, receipt: Int64, for uplink: UplinkName, at time: [UInt8], _ counters: inout CounterMoves
    ) throws {
        let number = try number(of: uplink)
        try statements.removeDelivery.run(.integer(number), .integer(move.from.number), .integer(move.sequence))
        guard database.changes == 1 else {
            throw JournalFailure.damaged("the delivery of record \(move.sequence) is not where it was counted")
        }
        if !move.to.isFinal {
            try statements.insertDelivery.run(.integer(number), .integer(move.to.number), .integer(move.sequence))
        }
        let lent = lentIDs[move.sequence]?.storedBytes
        guard let id = try lent ?? statements.chain.first(.integer(move.sequence), make: { $0.blob(0) }) else {
            throw JournalFailure.damaged("record \(move.sequence) is missing")
        }
        let row = ReceiptRow(
            number: receipt, uplink: uplink.value, id: id, state: move.to.number, answer: move.answer, settled: time)
        try statements.insertReceipt.rows(row.values) { _ in }
        counters.add(-1, to: move.from, of: uplink)
        counters.add(1, to: move.to, of: uplink)
    }
}
