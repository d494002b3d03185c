// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite

extension JournalStore {
    /// The position of a record, by its id.
    func sequence(of id: RecordID) throws -> JournalSequence? {
        try statements.findRecord.first(.blob(id.storedBytes)) { $0.integer(0) }
    }

    /// What was added beside a rating: verdicts, decisions, and presses under its key that said something else.
    func entries(beside id: RecordID) throws -> [JournalEntry] {
        var sequences: [JournalSequence] = []
        try database.prepare("SELECT record FROM beside WHERE rating = ?1").rows(.blob(id.storedBytes)) {
            sequences.append($0.integer(0))
        }
        if let sequence = try sequence(of: id), case .rating(let rating) = try recordRow(sequence).record.body {
            try database.prepare("SELECT record FROM conflict WHERE device = ?1 AND log = ?2 AND position = ?3")
                .rows(keyValues(rating.press.key)) { sequences.append($0.integer(0)) }
        }
        return try sequences.sorted().map(entry)
    }

    /// The sessions of a window before a position, found from the newest back without reading others.
    func sessions(
        at window: WindowID, before sequence: JournalSequence, atMost count: Int
    ) throws -> [JournalEntry] {
        var sequences: [JournalSequence] = []
        try database.prepare(
            "SELECT record FROM session WHERE window = ?1 AND record < ?2 ORDER BY record DESC LIMIT ?3"
        )
        .rows(.text(window.value), .integer(sequence), .integer(Int64(max(0, count)))) {
            sequences.append($0.integer(0))
        }
        return try sequences.map(entry)
    }

    /// Where a rating is, for each uplink its record names.
    func places(of id: RecordID) throws -> [UplinkName: RatingPlace] {
        guard let sequence = try sequence(of: id) else { return [:] }
        var places: [UplinkName: RatingPlace] = [:]
        for (uplink, _) in try Routes.decode(try recordRow(sequence).row.routes) {
            places[uplink] = try place(of: sequence, for: uplink)
        }
        return places
    }

    private func place(of sequence: JournalSequence, for uplink: UplinkName) throws -> RatingPlace {
        guard let state = try waitingState(of: sequence, for: uplink) else { return .delivered }
        return state == .pending && isLent(sequence, to: uplink) ? .inFlight : state.place
    }

    /// The state a rating waits in; `nil` where the region has it, or the uplink never was to deliver it.
    func waitingState(of sequence: JournalSequence, for uplink: UplinkName) throws -> DeliveryState? {
        guard let number = uplinkNumbers[uplink] else { return nil }
        for state in DeliveryState.counted where state != .recorded && !state.isFinal {
            let found = try statements.findDelivery.first(
                .integer(number), .integer(state.number), .integer(sequence), make: { $0.integer(0) })
            if found != nil { return state }
        }
        return nil
    }

    func isLent(_ sequence: JournalSequence, to uplink: UplinkName) -> Bool {
        leases[uplink]?.contains(sequence) == true
    }

    /// Ratings of an uplink in a place. One whose row is damaged is listed all the same, without what it says.
    func waiting(
        in place: RatingPlace, for uplink: UplinkName, after sequence: JournalSequence, atMost count: Int
    ) throws -> [WaitingRating] {
        guard let number = uplinkNumbers[uplink], count > 0, place != .delivered else { return [] }
        var sequences: [JournalSequence] = []
        if place == .inFlight {
            sequences = (leases[uplink] ?? []).filter { $0 > sequence }.sorted()
        } else {
            try statements.pending.rows(
                .integer(number), .integer(DeliveryState(place).number), .integer(sequence), .integer(Int64(count))
            ) { sequences.append($0.integer(0)) }
        }
        return try sequences.prefix(count).map { try waitingRating($0, uplink) }
    }

    private func waitingRating(_ sequence: JournalSequence, _ uplink: UplinkName) throws -> WaitingRating {
        // The id is read without its CRC: a row that fails it is what an operator looks for.
        guard let bytes = try statements.chain.first(.integer(sequence), make: { $0.blob(0) }),
            let id = RecordID(bytes: bytes)
        else { throw JournalFailure.damaged("record \(sequence) is missing") }
        let moves = try keptReceipts(of: id).filter { $0.uplink == uplink }
        return WaitingRating(
            sequence: sequence, id: id, entry: try readable(sequence), isLent: isLent(sequence, to: uplink),
            last: moves.last, moves: moves.count)
    }

    /// A record, or `nil` where its own row is damaged and nothing else.
    func readable(_ sequence: JournalSequence) throws -> JournalEntry? {
        do {
            return try entry(sequence)
        } catch {
            guard JournalFailure(error).isOfOneRow else { throw error }
            return nil
        }
    }

    /// Records from an id on, by their ids: a record's id is no earlier than its press.
    func delivered(
        pressedIn span: Range<WallTime>, for uplink: UplinkName, after id: RecordID?, atMost count: Int
    ) throws -> DeliveredPage {
        let first = id ?? RecordID(at: span.lowerBound, random: (0, 0)).before
        var found: [(JournalSequence, [UInt8])] = []
        try database.prepare("SELECT sequence, id FROM record WHERE id > ?1 ORDER BY id LIMIT ?2")
            .rows(.blob(first.storedBytes), .integer(Int64(max(1, count)))) {
                found.append(($0.integer(0), $0.blob(1)))
            }
        var ratings: [JournalEntry] = []
        for (sequence, _) in found {
            let row: (row: ContentRow, record: CanonicalRecord)
            do {
                row = try recordRow(sequence)
            } catch {
                guard JournalFailure(error).isOfOneRow else { throw error }
                continue
            }
            guard case .rating(let rating) = row.record.body, span.contains(rating.pressedAt.wall),
                try Routes.decode(row.row.routes).contains(where: { $0.0 == uplink }),
                try waitingState(of: sequence, for: uplink) == nil
            else { continue }
            ratings.append(try entry(sequence))
        }
        let isLast = found.count < max(1, count)
        return DeliveredPage(ratings: ratings, next: isLast ? nil : found.last.flatMap { RecordID(bytes: $0.1) })
    }

    // MARK: Receipts

    private static let columns = "number, uplink, id, state, answer, settled, crc"

    /// The moves of a rating but for its deliveries, found by an index.
    func keptReceipts(of id: RecordID) throws -> [Receipt] {
        var found: [Receipt] = []
        let query = try database.prepare(
            "SELECT \(Self.columns) FROM receipt INDEXED BY receipt_of WHERE id = ?1 AND (state < 5 OR state > 6) "
                + "ORDER BY number")
        try read(query, [.blob(id.storedBytes)], into: &found)
        return found
    }

    /// Deliveries of a rating among the receipts behind a number, up to another.
    func deliveries(of id: RecordID, in numbers: Range<Int64>) throws -> [Receipt] {
        var found: [Receipt] = []
        let query = try database.prepare(
            """
            SELECT \(Self.columns) FROM receipt WHERE number >= ?1 AND number < ?2 AND id = ?3 AND state IN (5, 6) \
            ORDER BY number
            """)
        try read(
            query, [.integer(numbers.lowerBound), .integer(numbers.upperBound), .blob(id.storedBytes)], into: &found)
        return found
    }

    private func read(_ query: Statement, _ values: [SQLiteValue], into found: inout [Receipt]) throws {
        var rows: [(ReceiptRow, Int64)] = []
        try query.rows(values) { row in
            let receipt = ReceiptRow(
                number: row.integer(0), uplink: row.text(1), id: row.blob(2), state: row.integer(3),
                answer: row.text(4), settled: row.blob(5))
            rows.append((receipt, row.integer(6)))
        }
        for (row, crc) in rows {
            guard row.checksum == crc, let state = DeliveryState(number: row.state) else {
                throw JournalFailure.damaged("receipt \(row.number) fails its CRC")
            }
            found.append(
                Receipt(
                    number: row.number, uplink: UplinkName(row.uplink), place: state.place,
                    wasDuplicate: state == .deliveredBefore, answer: row.answer,
                    settledAt: try CaptureTime(canonicalBytes: row.settled)))
        }
    }
}

extension DeliveryState {
    /// The state of a place; on disk a lent rating is pending.
    init(_ place: RatingPlace) {
        switch place {
        case .pending, .inFlight: self = .pending
        case .unknown: self = .unknown
        case .parked: self = .parked
        case .setAside: self = .setAside
        case .delivered: self = .delivered
        case .held(let reason): self = .held(reason)
        }
    }

    /// The place this is, as far as the disk knows.
    var place: RatingPlace {
        switch self {
        case .recorded, .pending: .pending
        case .unknown: .unknown
        case .parked: .parked
        case .setAside: .setAside
        case .delivered, .deliveredBefore: .delivered
        case .held(let reason): .held(reason)
        }
    }
}

extension RecordID {
    /// The id before this one in their order.
    fileprivate var before: RecordID {
        low == 0
            ? RecordID(high: high == 0 ? 0 : high - 1, low: high == 0 ? 0 : .max) : RecordID(high: high, low: low - 1)
    }
}
