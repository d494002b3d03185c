// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite

extension JournalStore {
    /// A record's content row, checked by its CRC, and what it says.
    func recordRow(_ sequence: JournalSequence) throws -> (row: ContentRow, record: CanonicalRecord) {
        let found = try statements.content.first(.integer(sequence)) { row in
            let content = ContentRow(
                number: sequence, id: row.blob(0), salt: row.blob(1), routes: row.blob(2), body: row.blob(3))
            return (content, row.integer(4))
        }
        guard let (row, crc) = found else {
            throw JournalFailure.damaged("the content of record \(sequence) is missing")
        }
        guard row.checksum == crc else {
            throw JournalFailure.damaged("the content of record \(sequence) fails its CRC")
        }
        return (row, try CanonicalRecord(canonicalBytes: row.body))
    }

    /// A record's link of the chain, checked by its CRC.
    func chainRow(_ sequence: JournalSequence) throws -> ChainRow {
        let found = try statements.chain.first(.integer(sequence)) { row in
            let link = ChainRow(
                number: sequence, id: row.blob(0), kind: row.integer(1), commitment: row.blob(2), head: row.blob(3))
            return (link, row.integer(4))
        }
        guard let (row, crc) = found else { throw JournalFailure.damaged("record \(sequence) is missing") }
        guard row.checksum == crc else { throw JournalFailure.damaged("record \(sequence) fails its CRC") }
        return row
    }

    /// A record's personal fields, decrypted; `nil` where it has none, or where they were erased.
    func personalFields(_ sequence: JournalSequence) throws -> PersonalFields? {
        guard let sealed = try personalRow(sequence), let key = try personalKeyRow(sequence) else { return nil }
        let fields = try sealed.opened(with: key)
        return try PersonalFields(canonicalBytes: fields)
    }

    func personalRow(_ sequence: JournalSequence) throws -> PersonalRow? {
        let found = try statements.personal.first(.integer(sequence)) { row in
            (PersonalRow(number: sequence, id: row.blob(0), sealed: row.blob(1)), row.integer(2))
        }
        guard let (row, crc) = found else { return nil }
        guard row.checksum == crc else {
            throw JournalFailure.damaged("the personal fields of record \(sequence) fail their CRC")
        }
        return row
    }

    func personalKeyRow(_ sequence: JournalSequence) throws -> PersonalKeyRow? {
        let found = try statements.personalKey.first(.integer(sequence)) { row in
            (PersonalKeyRow(number: sequence, id: row.blob(0), key: row.blob(1)), row.integer(2))
        }
        guard let (row, crc) = found else { return nil }
        guard row.checksum == crc else {
            throw JournalFailure.damaged("the personal key of record \(sequence) fails its CRC")
        }
        return row
    }

    /// Records after a position, in order.
    func entries(after sequence: JournalSequence, atMost count: Int) throws -> [JournalEntry] {
        var sequences: [JournalSequence] = []
        try database.prepare("SELECT sequence FROM record WHERE sequence > ?1 ORDER BY sequence LIMIT ?2")
            .rows(.integer(sequence), .integer(Int64(max(0, count)))) { sequences.append($0.integer(0)) }
        return try sequences.map(entry)
    }

    /// The newest flags behind a position, found from the end of the chain without reading what records say.
    func flags(after sequence: JournalSequence, atMost count: Int) throws -> [JournalEntry] {
        var sequences: [JournalSequence] = []
        try database.prepare(
            """
            SELECT sequence FROM record WHERE sequence > ?1 AND kind = \(RecordBody.integrityKind) \
            ORDER BY sequence DESC LIMIT ?2
            """
        ).rows(.integer(sequence), .integer(Int64(max(0, count)))) { sequences.append($0.integer(0)) }
        return try sequences.reversed().map(entry)
    }

    /// The newest decisions, the newest first.
    func decisions(atMost count: Int) throws -> [JournalEntry] {
        var sequences: [JournalSequence] = []
        try database.prepare("SELECT record FROM decision ORDER BY record DESC LIMIT ?1")
            .rows(.integer(Int64(max(0, count)))) { sequences.append($0.integer(0)) }
        return try sequences.map(entry)
    }

    func entry(_ sequence: JournalSequence) throws -> JournalEntry {
        let link = try chainRow(sequence)
        let record = try recordRow(sequence).record
        guard let id = RecordID(bytes: link.id) else { throw JournalFailure.damaged("the id of record \(sequence)") }
        return JournalEntry(
            sequence: sequence, id: id, recordedAt: record.recordedAt, body: record.body, chainHead: link.head)
    }

    /// The newest session of each window, found from window to window without reading the old ones.
    func openSessions() throws -> [WindowSession] {
        let next = try database.prepare("SELECT window FROM session WHERE window > ?1 ORDER BY window LIMIT 1")
        let first = try database.prepare("SELECT window FROM session ORDER BY window LIMIT 1")
        let newest = try database.prepare("SELECT max(record) FROM session WHERE window = ?1")
        var sessions: [WindowSession] = []
        var window = try first.first { $0.text(0) }
        while let name = window {
            if let sequence = try newest.first(.text(name), make: { $0.integer(0) }),
                case .session(let session) = try recordRow(sequence).record.body
            {
                sessions.append(session)
            }
            window = try next.first(.text(name)) { $0.text(0) }
        }
        return sessions.sorted { $0.window < $1.window }
    }

    /// A session by its number.
    func session(_ number: PromptNumber) throws -> WindowSession? {
        guard let sequence = try statements.findSession.first(.integer(Int64(number)), make: { $0.integer(0) }),
            case .session(let session) = try recordRow(sequence).record.body
        else { return nil }
        return session
    }

    /// The highest press of each log, found from log to log.
    func pressPositions() throws -> [PressPosition] {
        let next = try database.prepare(
            "SELECT device, log FROM press WHERE (device, log) > (?1, ?2) ORDER BY device, log LIMIT 1")
        let highest = try database.prepare(
            "SELECT position, record FROM press WHERE device = ?1 AND log = ?2 ORDER BY position DESC LIMIT 1")
        var positions: [PressPosition] = []
        var log = try database.prepare("SELECT device, log FROM press ORDER BY device, log LIMIT 1")
            .first { ($0.text(0), $0.integer(1)) }
        while let (device, number) = log {
            let newest = try highest.first(.text(device), .integer(number)) { ($0.integer(0), $0.integer(1)) }
            if let (position, sequence) = newest,
                case .rating(let rating) = try recordRow(sequence).record.body
            {
                let key = PressKey(
                    device: DeviceID(device), log: UInt64(ordered: number), sequence: UInt64(ordered: position))
                positions.append(PressPosition(key: key, lifetimeCount: rating.press.lifetimeCount))
            }
            log = try next.first(.text(device), .integer(number)) { ($0.text(0), $0.integer(1)) }
        }
        return positions.sorted { ($0.key.device, $0.key.log) < ($1.key.device, $1.key.log) }
    }
}
