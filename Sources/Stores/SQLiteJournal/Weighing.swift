// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite

/// A walk from the newest rating back, in turns, that counts what an uplink keeps of 差评 and of the rest.
struct Weighing {
    let uplink: UplinkName
    /// How many ratings are still to be counted.
    var left: Int
    private(set) var found = Withholding()
    private var before = JournalSequence.max
    /// Records looked at for each rating counted, at most: an uplink may have few ratings among many records.
    private static let recordsPerRating = 4
    private var recordsLeft: Int

    init(uplink: UplinkName, left: Int) {
        self.uplink = uplink
        self.left = left
        recordsLeft = max(0, left).multipliedReportingOverflow(by: Self.recordsPerRating).partialValue
    }

    /// Looks at so many records more; answers whether there are others to look at.
    mutating func advance(_ store: JournalStore, atMost rows: Int) throws -> Bool {
        guard left > 0, let number = store.uplinkNumbers[uplink] else { return false }
        var sequences: [JournalSequence] = []
        try store.database.prepare("SELECT sequence FROM record WHERE sequence < ?1 ORDER BY sequence DESC LIMIT ?2")
            .rows(.integer(before), .integer(Int64(rows))) { sequences.append($0.integer(0)) }
        guard let last = sequences.last else { return false }
        let kept = try keptStates(store, number, from: last)
        for sequence in sequences where left > 0 {
            guard let level = try level(store, sequence) else { continue }
            let state = kept[sequence]
            if state == .held(.superseded) { continue }
            found.count(level, isKept: state != nil)
            left -= 1
        }
        before = last
        recordsLeft -= sequences.count
        return left > 0 && recordsLeft > 0
    }

    private func keptStates(
        _ store: JournalStore, _ number: Int64, from first: JournalSequence
    ) throws -> [JournalSequence: DeliveryState] {
        let query = try store.database.prepare(
            "SELECT record FROM delivery WHERE uplink = ?1 AND state = ?2 AND record >= ?3 AND record < ?4")
        var kept: [JournalSequence: DeliveryState] = [:]
        for state in [DeliveryState.parked, .setAside] + HoldReason.allCases.map({ .held($0) }) {
            try query.rows(.integer(number), .integer(state.number), .integer(first), .integer(before)) {
                kept[$0.integer(0)] = state
            }
        }
        return kept
    }

    /// The level of a rating that the uplink is to deliver; `nil` for all else and for a damaged row.
    private func level(_ store: JournalStore, _ sequence: JournalSequence) throws -> SatisfactionLevel? {
        do {
            let (row, record) = try store.recordRow(sequence)
            guard case .rating(let rating) = record.body else { return nil }
            return try Routes.decode(row.routes).contains { $0.0 == uplink } ? rating.level : nil
        } catch {
            guard JournalFailure(error).isOfOneRow else { throw error }
            return nil
        }
    }
}
