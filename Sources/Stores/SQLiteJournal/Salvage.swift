// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel
import SQLite

/// Every row with a right CRC that is found anywhere in the files of a journal, whatever else is broken there.
///
/// Nothing of SQLite's structure is trusted but the layout of a record (sqlite.org/fileformat2.html#record_format):
/// each byte of each page image, in the database and in every frame of the log, is tried as the beginning of a row,
/// and the CRC decides. Deleted rows leave no traces, because `secure_delete` overwrites them.
struct Salvage {
    /// By id. A record whose commit failed and was repeated can be there twice, with another salt and another key.
    private(set) var contents: [[UInt8]: Set<ContentRow>] = [:]
    private(set) var links: [Int64: [ChainRow]] = [:]
    private(set) var personal: [[UInt8]: Set<PersonalRow>] = [:]
    private(set) var keys: [[UInt8]: Set<PersonalKeyRow>] = [:]
    private(set) var receipts: Set<ReceiptRow> = []
    private let images: PageImages

    /// Looks through a database and its log; either may be empty.
    init(database: [UInt8], log: [UInt8]) {
        images = PageImages(database: database, log: log)
        for index in 0..<images.count { scan(index) }
    }

    private mutating func scan(_ index: Int) {
        for start in images.rowCandidates(in: index) {
            guard let header = RowHeader(images.page(index), at: start) else { continue }
            for payload in images.payloads(header, in: index) { take(header, payload) }
        }
    }

    private mutating func take(_ header: RowHeader, _ payload: [UInt8]) {
        guard let values = header.values(payload), case .integer(let crc)? = values.last else { return }
        let columns = values.dropFirst().dropLast()
        for number in header.numbers {
            take(number, crc, SalvagedColumns(columns: columns))
        }
    }

    /// Takes the row if its columns are those of a table and the CRC is theirs.
    private mutating func take(_ number: Int64, _ crc: Int64, _ columns: SalvagedColumns) {
        switch columns.shape {
        case "bibb":
            let row = ChainRow(
                number: number, id: columns.blob(0), kind: columns.integer(1), commitment: columns.blob(2),
                head: columns.blob(3))
            if row.checksum == crc, links[number]?.contains(row) != true { links[number, default: []].append(row) }
        case "bbbb":
            let row = ContentRow(
                number: number, id: columns.blob(0), salt: columns.blob(1), routes: columns.blob(2),
                body: columns.blob(3))
            if row.checksum == crc { contents[row.id, default: []].insert(row) }
        case "bb":
            let sealed = PersonalRow(number: number, id: columns.blob(0), sealed: columns.blob(1))
            if sealed.checksum == crc { personal[sealed.id, default: []].insert(sealed) }
            let key = PersonalKeyRow(number: number, id: columns.blob(0), key: columns.blob(1))
            if key.checksum == crc { keys[key.id, default: []].insert(key) }
        case "tbitb":
            let row = ReceiptRow(
                number: number, uplink: columns.text(0), id: columns.blob(1), state: columns.integer(2),
                answer: columns.text(3), settled: columns.blob(4))
            if row.checksum == crc { receipts.insert(row) }
        default: break
        }
    }
}

/// A record that was found whole.
struct SalvagedRecord {
    let content: ContentRow
    let record: PreparedRecord
}

/// The columns of a row as they were found, by their place.
private struct SalvagedColumns {
    private let columns: [SQLiteValue]
    /// A letter for the type of each column.
    let shape: String

    init(columns: ArraySlice<SQLiteValue>) {
        self.columns = Array(columns)
        shape = columns.reduce(into: "") { shape, column in
            switch column {
            case .blob: shape += "b"
            case .integer: shape += "i"
            case .text: shape += "t"
            case .null, .real: shape += "-"
            }
        }
    }

    func blob(_ index: Int) -> [UInt8] { if case .blob(let bytes) = columns[index] { bytes } else { [] } }
    func integer(_ index: Int) -> Int64 { if case .integer(let number) = columns[index] { number } else { 0 } }
    func text(_ index: Int) -> String { if case .text(let text) = columns[index] { text } else { "" } }
}

extension Salvage {
    /// Every record that can be read, in the order of their old positions, with personal fields where these and their
    /// key were found too; and how many could not be.
    func records() -> (found: [SalvagedRecord], unreadable: Int64) {
        var found: [SalvagedRecord] = []
        let known = Set(links.values.joined().map { $0.id })
        var unreadable = Int64(known.subtracting(contents.keys).count)
        for (id, rows) in contents {
            let readings = rows.sorted { $0.number > $1.number }.compactMap { reading($0, id) }
            // Of several writings of one record, the one whose personal fields are there is the one that counts.
            guard let best = readings.first(where: { $0.isWhole }) ?? readings.first else {
                unreadable += 1
                continue
            }
            if !best.isWhole { unreadable += 1 }
            found.append(best.record)
        }
        found.sort { ($0.content.number, $0.record.id) < ($1.content.number, $1.record.id) }
        return (found, unreadable)
    }

    private func reading(_ row: ContentRow, _ id: [UInt8]) -> (record: SalvagedRecord, isWhole: Bool)? {
        guard let recordID = RecordID(bytes: id), let record = try? CanonicalRecord(canonicalBytes: row.body) else {
            return nil
        }
        var fields: (sealed: [UInt8], key: [UInt8])?
        if !record.personalDigest.isEmpty {
            let sealed = personal[id]?.first { (try? Digest.hash(.sha256, $0.sealed)) == record.personalDigest }
            let key = sealed.flatMap { sealed in keys[id]?.first { sealed.opens(with: $0) } }
            if let sealed, let key { fields = (sealed.sealed, key.key) }
        }
        let prepared = PreparedRecord(id: recordID, record: record, content: row, personal: fields)
        return (SalvagedRecord(content: row, record: prepared), record.personalDigest.isEmpty || fields != nil)
    }
}

extension Salvage {
    /// The unbroken chain: its last position and head, and the ids of the records it leads through.
    ///
    /// A link follows where hashing it onto the one before gives its head. Commits that failed can leave links beside
    /// the chain; these lead nowhere.
    func unbrokenChain(_ beginnings: [HashChain]) -> (sequence: Int64, head: [UInt8], ids: Set<[UInt8]>) {
        guard let first = links.keys.min() else { return (0, [], []) }
        var path: [[(link: ChainRow, chain: HashChain, parent: Int)]] = []
        var sequence = first
        while let rows = links[sequence] {
            let chains = path.last.map { $0.map(\.chain) } ?? beginnings
            var next: [(link: ChainRow, chain: HashChain, parent: Int)] = []
            for row in rows {
                for (parent, before) in chains.enumerated() {
                    var chain = before
                    try? chain.append(sequence: row.number, id: row.id, commitment: row.commitment)
                    if chain.head == row.head { next.append((row, chain, parent)) }
                }
            }
            if next.isEmpty { break }
            path.append(next)
            sequence += 1
        }
        guard let last = path.last?.first else { return (0, [], []) }
        var ids: Set<[UInt8]> = []
        var index = 0
        for step in path.reversed() where step.indices.contains(index) {
            ids.insert(step[index].link.id)
            index = step[index].parent
        }
        return (last.link.number, last.link.head, ids)
    }

    /// Puts what shares a position with a record of the chain behind everything else: it was left over by a commit that
    /// failed, and must not take the place of what was recorded after it.
    func settingLeftoversBehind(_ records: [SalvagedRecord], chain: Set<[UInt8]>) -> [SalvagedRecord] {
        let sure = chain.union(receipts.map(\.id))
        let taken = Set(records.filter { sure.contains($0.content.id) }.map(\.content.number))
        let isLeftover = { (record: SalvagedRecord) in
            !sure.contains(record.content.id) && taken.contains(record.content.number)
        }
        return records.filter { !isLeftover($0) } + records.filter(isLeftover)
    }
}
