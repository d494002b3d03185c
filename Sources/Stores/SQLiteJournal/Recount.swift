// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite

extension ChainCheck {
    /// Compares the counters with the rows they count (G2), the receipts with their CRCs, and SQLite's own structure.
    mutating func recount() throws {
        var delivered: [UplinkName: Int64] = [:]
        try checkReceipts(&delivered)
        for (uplink, number) in store.uplinkNumbers.sorted(by: { $0.key < $1.key }) {
            var found: [DeliveryState: Int64] = [.recorded: recorded[uplink] ?? 0, .delivered: delivered[uplink] ?? 0]
            try store.database.prepare("SELECT state, count(*) FROM delivery WHERE uplink = ?1 GROUP BY state")
                .rows(.integer(number)) { row in
                    if let state = DeliveryState(number: row.integer(0)) { found[state] = row.integer(1) }
                }
            try compare(found, uplink, number)
        }
        for uplink in recorded.keys where store.uplinkNumbers[uplink] == nil { add("\(uplink) has no counters") }
        let unroutable = try store.database.integers(
            "SELECT count(*) FROM delivery WHERE uplink NOT IN (SELECT number FROM uplink)")
        if unroutable.first != 0 { add("deliveries of an uplink that is not known") }
        try checkReceiptIndex()
        try store.database.prepare("PRAGMA quick_check(20)").rows { row in
            if row.text(0) != "ok" { add("SQLite: \(row.text(0))") }
        }
    }

    private mutating func compare(_ found: [DeliveryState: Int64], _ uplink: UplinkName, _ number: Int64) throws {
        var kept: [DeliveryState: Int64] = [:]
        try store.database.prepare("SELECT state, amount FROM counter WHERE uplink = ?1").rows(.integer(number)) {
            row in
            if let state = DeliveryState(number: row.integer(0)) { kept[state] = row.integer(1) }
        }
        // Records that cannot be read are findings already; how many of them went where can only be believed.
        var found = found
        if unread > 0 { found[.recorded] = kept[.recorded] }
        let memory = store.conservation[uplink] ?? Conservation()
        for state in DeliveryState.counted {
            let rows = found[state] ?? 0
            if kept[state] != rows { add("\(uplink): \(kept[state] ?? -1) counted as \(state), \(rows) found") }
            if memory.amount(of: state) != rows {
                add("\(uplink): \(memory.amount(of: state)) in memory as \(state), \(rows) found")
            }
        }
        let sum = found.filter { $0.key != .recorded }.values.reduce(0, +)
        if sum != found[.recorded] { add("\(uplink): \(found[.recorded] ?? 0) recorded, \(sum) in all states") }
        if memory.inFlight != Int64(store.leases[uplink]?.count ?? 0) { add("\(uplink): leases are miscounted") }
    }

    /// An operator finds the moves of a rating by this index alone.
    private mutating func checkReceiptIndex() throws {
        let unfound = try store.database.integers(
            """
            SELECT count(*) FROM receipt AS row NOT INDEXED WHERE (row.state < 5 OR row.state > 6) AND NOT EXISTS \
            (SELECT 1 FROM receipt AS found INDEXED BY receipt_of WHERE found.id = row.id \
            AND (found.state < 5 OR found.state > 6) AND found.number = row.number)
            """)
        if unfound.first != 0 { add("\(unfound.first ?? 0) receipts are not found by their rating") }
    }

    private mutating func checkReceipts(_ delivered: inout [UplinkName: Int64]) throws {
        var damaged: [Int64] = []
        var counts: [UplinkName: Int64] = [:]
        try store.eachReceipt(after: 0) { row, crc in
            if row.checksum != crc { damaged.append(row.number) }
            if DeliveryState(number: row.state)?.isFinal == true { counts[UplinkName(row.uplink), default: 0] += 1 }
        }
        for number in damaged.prefix(100) { add("receipt \(number) fails its CRC") }
        delivered = counts
    }
}

extension JournalStore {
    /// Whether what the next hours need is sound: the counters, the newest records and receipts, the head of each
    /// queue. Throws `damaged` where it is not.
    func checkAtStart(rows: Int64) throws {
        for (uplink, counters) in conservation where !counters.holds {
            throw JournalFailure.damaged("the counters of \(uplink) do not add up")
        }
        let first = try database.integers("SELECT sequence FROM record ORDER BY sequence LIMIT 1").first ?? 0
        let isSmall = lastSequence - first < rows
        var check = try ChainCheck(self, after: isSmall ? 0 : lastSequence - rows)
        _ = try check.advance(to: lastSequence, atMost: Int(rows) + 1)
        if isSmall {
            try check.recount()
        } else {
            try checkNewestReceipts(rows)
            try checkQueues(rows)
        }
        if let finding = check.findings.first { throw JournalFailure.damaged(finding) }
    }

    private func checkNewestReceipts(_ rows: Int64) throws {
        var damaged: Int64?
        try eachReceipt(after: lastReceipt - rows) { row, crc in
            if row.checksum != crc { damaged = row.number }
        }
        if let damaged { throw JournalFailure.damaged("receipt \(damaged) fails its CRC") }
    }

    private func checkQueues(_ rows: Int64) throws {
        for number in uplinkNumbers.values {
            var sequences: [JournalSequence] = []
            try statements.pending.rows(
                .integer(number), .integer(DeliveryState.pending.number), 0, .integer(rows / 4)
            ) { sequences.append($0.integer(0)) }
            for sequence in sequences { _ = try recordRow(sequence) }
        }
    }

    /// Hands over each receipt behind a number with the CRC that stands in its row.
    func eachReceipt(after number: Int64, _ body: (ReceiptRow, Int64) -> Void) throws {
        try database.prepare(
            """
            SELECT number, uplink, id, state, answer, settled, crc FROM receipt WHERE number > ?1 ORDER BY number
            """
        ).rows(.integer(number)) { row in
            let receipt = ReceiptRow(
                number: row.integer(0), uplink: row.text(1), id: row.blob(2), state: row.integer(3),
                answer: row.text(4), settled: row.blob(5))
            body(receipt, row.integer(6))
        }
    }
}
