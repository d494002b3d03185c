// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JournalAPI
import RatingModel
import SQLite

/// Puts a new journal in the place of a damaged one, with every row that can be read (G6).
///
/// Each step can be cut short and is done again, or gone on from, by the next start:
/// 1. `damaged-<time>.partial/` gets second names for the old files, then its own name;
/// 2. `journal.rebuilding` is made anew from what the old files hold;
/// 3. it is renamed `journal.rebuilt`: from here on the new journal is the valid one;
/// 4. the old log is removed, and `journal.rebuilt` is renamed `journal.db`.
/// The old files are never written to, and live on under their second names.
struct JournalRecovery {
    let opening: JournalOpening
    var files: JournalFiles { opening.files }

    /// Goes on from step 3, or forgets what did not get so far.
    func finishInterrupted() throws {
        if files.exists(files.rebuilt) { try putInPlace() }
        for suffix in ["", "-wal", "-journal"] { try files.remove(files.partial + suffix) }
    }

    /// Sets the damaged files aside and builds the new journal from them.
    func run(at time: CaptureTime, reason: String) throws -> JournalImport {
        try opening.pass(.recoveryBegun)
        let salvage = Salvage(
            database: try files.contents(of: files.database), log: try files.contents(of: files.log))
        let name = try setAside(at: time, [files.database, files.log])
        let past = try rebuild(salvage, setAsideAs: name, at: time)
        try files.rename(files.partial, to: files.rebuilt)
        try opening.pass(.rebuildNamed)
        try putInPlace()
        return past
    }

    /// Gives the files second names in a directory of their own.
    func setAside(at time: CaptureTime, _ paths: [String]) throws -> String {
        let stamp = "damaged-\(time.wall.millisecondsSinceEpoch)"
        var name = stamp
        var attempt = 1
        while files.exists(files.directory + "/" + name) {
            attempt += 1
            name = "\(stamp)-\(attempt)"
        }
        let partial = files.directory + "/damaged.partial"
        try files.makeDirectory(partial)
        for path in paths { try files.keep(path, as: partial + "/" + (path.split(separator: "/").last ?? "")) }
        try files.syncDirectory(partial)
        try opening.pass(.setAsideLinked)
        try files.rename(partial, to: files.directory + "/" + name)
        try opening.pass(.setAsideNamed)
        return name
    }

    private func rebuild(_ salvage: Salvage, setAsideAs name: String, at time: CaptureTime) throws -> JournalImport {
        for suffix in ["", "-wal", "-journal"] { try files.remove(files.partial + suffix) }
        let (found, unreadable) = salvage.records()
        let good = salvage.unbrokenChain(try HashAlgorithm.allCases.map { try HashChain($0) })
        let records = salvage.settingLeftoversBehind(found, chain: good.ids)
        let last = max(salvage.links.keys.max() ?? 0, found.last?.content.number ?? 0)
        let past = JournalImport(
            setAsideAs: name, lastGoodSequence: good.sequence, lastGoodHead: good.head,
            importedRecords: Int64(records.count), unreadableRows: unreadable)
        let store = try opening.open(files.partial, checking: false)
        try opening.pass(.rebuildBegun)
        do {
            // Positions go on behind the old ones, so that none ever means two records.
            let first = try PreparedRecord(
                RecordDraft(id: try Self.mint(at: time), body: .imported(past), recordedAt: time))
            store.lastSequence = last
            try store.importRecords([first] + records.map(\.record))
            try store.importReceipts(salvage.receipts)
            try opening.pass(.rebuildImported)
            try store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        } catch {
            store.database.close()
            throw error
        }
        store.database.close()
        try files.sync(files.partial)
        try opening.pass(.rebuildClosed)
        return past
    }

    private func putInPlace() throws {
        try files.remove(files.log)
        try files.syncDirectory(files.directory)
        try opening.pass(.oldWALRemoved)
        try files.rename(files.rebuilt, to: files.database)
        try opening.pass(.rebuildInPlace)
    }

    private static func mint(at time: CaptureTime) throws -> RecordID {
        let random = RecordID(bytes: try SecureRandom.bytes(16)) ?? RecordID(high: 0, low: 0)
        return RecordID(at: time.wall, random: (random.high, random.low))
    }
}

extension JournalStore {
    /// Most rows in one transaction of an import.
    private static let importRows = 500

    /// Adds records that were written before, under their own ids; what is there already is not added again.
    func importRecords(_ records: [PreparedRecord]) throws {
        for start in stride(from: 0, to: records.count, by: Self.importRows) {
            var run = RecordingRun(self)
            try statements.begin.run()
            do {
                for record in records[start..<min(start + Self.importRows, records.count)] {
                    do {
                        _ = try run.add(record)
                    } catch {
                        // A leftover of a commit that failed can stand in the way of what was recorded after it.
                        guard JournalFailure(error).isConstraint, database.isInTransaction else { throw error }
                    }
                }
                try run.writeCounters()
                try commit()
            } catch {
                database.rollBack()
                throw error
            }
            run.finish()
        }
    }

    /// Moves deliveries to where the receipts left them, in the receipts' order.
    func importReceipts(_ receipts: Set<ReceiptRow>) throws {
        let ordered = receipts.sorted { ($0.number, $0.state) < ($1.number, $1.state) }
        for start in stride(from: 0, to: ordered.count, by: Self.importRows) {
            var counters = CounterMoves()
            var last = lastReceipt
            try statements.begin.run()
            do {
                for receipt in ordered[start..<min(start + Self.importRows, ordered.count)] {
                    if try take(receipt, as: last + 1, &counters) { last += 1 }
                }
                try counters.write(to: self)
                try commit()
            } catch {
                database.rollBack()
                throw error
            }
            lastReceipt = last
            counters.apply(to: self)
        }
    }

    private func take(_ receipt: ReceiptRow, as number: Int64, _ counters: inout CounterMoves) throws -> Bool {
        let uplink = UplinkName(receipt.uplink)
        guard let to = DeliveryState(number: receipt.state), let line = uplinkNumbers[uplink],
            let sequence = try statements.findRecord.first(.blob(receipt.id), make: { $0.integer(0) })
        else { return false }
        // What the region has is final; everything else is where its last receipt says.
        for from in DeliveryState.counted where from != .recorded && !from.isFinal {
            let isThere = try statements.findDelivery.first(
                .integer(line), .integer(from.number), .integer(sequence), make: { $0.integer(0) })
            guard isThere != nil else { continue }
            if from == to { return false }
            let move = Move(sequence: sequence, from: from, to: to, answer: receipt.answer)
            try write(move, receipt: number, for: uplink, at: receipt.settled, &counters)
            return true
        }
        return false
    }
}
