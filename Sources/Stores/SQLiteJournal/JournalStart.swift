// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import JournalAPI
import Logging
import RatingModel
import SQLite

/// The steps of a start: lock, finish what a crash interrupted, look at the log, open, check, import where damaged.
struct JournalStart {
    let configuration: SQLiteJournalConfiguration
    let clock: any GatewayClock
    let logger: Logger

    /// What a start arrives at.
    struct Opened {
        let store: JournalStore
        /// The damaged journal this one took the place of, just now or before anything else was recorded.
        let recoveredFrom: JournalImport?
    }

    private var files: JournalFiles { JournalFiles(directory: configuration.directory) }

    private var opening: JournalOpening {
        JournalOpening(
            files: files, algorithm: configuration.algorithm, fileSystem: configuration.fileSystem,
            startRows: configuration.startRows,
            crashPoint: configuration.crashPoint)
    }

    /// Takes the lock on the directory, which is held as long as the journal is in use.
    func lock() throws -> Int32 {
        try files.prepareDirectory()
        let lock = try files.takeLock()
        if let error = configuration.crashPoint(.directoryReady) {
            Glibc.close(lock)
            throw JournalFailure.stopped(error)
        }
        return lock
    }

    /// Opens the journal under the lock. Damage never makes it fail; it is set aside and imported.
    func open(uplinks: [UplinkName], isDamageKnown: Bool = false) throws -> Opened {
        let recovery = JournalRecovery(opening: opening)
        try recovery.finishInterrupted()
        var past: JournalImport?
        if isDamageKnown { past = try recover(recovery, "found while running") }
        var opened: JournalStore
        do {
            opened = try openChecked(recovery)
        } catch {
            let failure = JournalFailure(error)
            guard failure.isDamage || failure.isMisuse else { throw error }
            past = try recover(recovery, failure.text)
            opened = try openChecked(recovery)
        }
        do {
            try opened.adopt(uplinks)
            return Opened(store: opened, recoveredFrom: try past ?? opened.unfollowedImport())
        } catch {
            opened.database.close()
            throw error
        }
    }

    private func recover(_ recovery: JournalRecovery, _ reason: String) throws -> JournalImport {
        logger.error("the journal is damaged and is being imported", metadata: ["reason": "\(reason)"])
        let past = try recovery.run(at: clock.now(), reason: reason)
        logger.error(
            "the damaged journal was set aside",
            metadata: [
                "as": "\(past.setAsideAs)", "imported": "\(past.importedRecords)",
                "unreadable": "\(past.unreadableRows)",
            ])
        return past
    }

    private func openChecked(_ recovery: JournalRecovery) throws -> JournalStore {
        let log = try files.contents(of: files.log)
        let scan = WriteAheadLogScan(log)
        try FormatCheck(files: files).check(log, scan)
        var leftover: [UInt8] = []
        switch scan.verdict {
        case .clean: break
        case .damaged(let frame): throw JournalFailure.damaged("frame \(frame) of the log, with commits behind it")
        case .badHeader:
            if try holdsMore(log) { throw JournalFailure.damaged("the header of the log") }
        // Frames that were never completed are SQLite's to drop: whoever waited for them was told that they failed.
        case .tornTail: break
        case .doubtfulTail: leftover = log
        }
        if files.exists(files.database), files.size(of: files.database) == 0, !log.isEmpty, try holdsMore(log) {
            throw JournalFailure.damaged("the database is empty and its log is not")
        }
        if scan.verdict == .doubtfulTail {
            let name = try recovery.setAside(at: clock.now(), [files.log])
            logger.warning("the last transaction of the log is not whole", metadata: ["kept as": "\(name)"])
        }
        try opening.pass(.walScanned)
        let store = try opening.open(files.database, checking: true)
        do {
            if !leftover.isEmpty { try takeLeftovers(leftover, into: store) }
            try opening.pass(.tailSalvaged)
            return store
        } catch {
            store.database.close()
            throw error
        }
    }

    /// Whether the log holds records that the database does not.
    private func holdsMore(_ log: [UInt8]) throws -> Bool {
        let ours = Salvage(database: try files.contents(of: files.database), log: [])
        let theirs = Salvage(database: [], log: log)
        return !Set(theirs.contents.keys).isSubset(of: ours.contents.keys)
            || !theirs.receipts.isSubset(of: ours.receipts)
    }

    /// Records again what a complete transaction at the end of the log, whose checksum fails, still holds whole.
    ///
    /// A power cut may have torn it before anybody was thanked, and then the pad
    /// sends it again, which its press key absorbs. But a bit flipped since looks the same, and then a citizen was thanked.
    private func takeLeftovers(_ log: [UInt8], into store: JournalStore) throws {
        let salvage = Salvage(database: [], log: log)
        let missing = try salvage.records().found.filter { record in
            try store.statements.findRecord.first(.blob(record.content.id), make: { $0.integer(0) }) == nil
        }
        if !missing.isEmpty {
            try store.importRecords(missing.map(\.record))
            logger.notice("records were taken from the torn end of the log", metadata: ["records": "\(missing.count)"])
        }
        try store.importReceipts(salvage.receipts.filter { $0.number > store.lastReceipt })
    }
}

extension JournalFailure {
    /// Whether SQLite could make nothing of a statement, as when the schema's text was hit.
    var isMisuse: Bool {
        if case .sqlite(let error) = self { error.kind == .misuse } else { false }
    }
}

extension JournalStore {
    /// The import this journal began with, while nothing but what it brought has been recorded.
    fileprivate func unfollowedImport() throws -> JournalImport? {
        let first = try database.integers("SELECT sequence FROM record ORDER BY sequence LIMIT 1").first
        guard let first, case .imported(let past) = try recordRow(first).record.body,
            lastSequence <= first + past.importedRecords
        else { return nil }
        return past
    }
}
