// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JournalAPI
import RatingModel
import SQLite

/// Opens the database of a journal, or makes it, and makes sure of everything that durability rests on.
struct JournalOpening {
    let files: JournalFiles
    let algorithm: HashAlgorithm
    let fileSystem: String?
    let startRows: Int64
    let crashPoint: @Sendable (JournalCrashPoint) -> GatewayError?

    /// Opens a database, makes the schema where the file is empty, and checks what a start has time to check.
    func open(_ path: String, checking: Bool) throws -> JournalStore {
        if !files.exists(path) {
            try files.create(path)
            try pass(.fileCreated)
        }
        let database = try Database(path: path, access: .write, fileSystem: fileSystem, gathersWrites: true)
        do {
            try prepare(database)
            try makeSchema(in: database)
            try pass(.databaseOpened)
            try makeDurable(database)
            try pass(.walCheckpointed)
            let store = try JournalStore(database: database, crashPoint: crashPoint)
            if checking { try store.checkAtStart(rows: startRows) }
            return store
        } catch {
            database.close()
            throw error
        }
    }

    /// Sets what must be set before the first read, and reads back what durability rests on.
    private func prepare(_ database: Database) throws {
        try database.execute("PRAGMA page_size = \(JournalSchema.pageBytes)")
        // Exclusive before WAL: no shared memory is used, and no second connection can ever open the file.
        try set(database, "locking_mode", "exclusive")
        try set(database, "journal_mode", "wal")
        try set(database, "synchronous", "FULL", readsBackAs: "2")
        try set(database, "secure_delete", "ON", readsBackAs: "1")
        database.keepLog()
        try set(database, "trusted_schema", "OFF", readsBackAs: "0")
        try set(database, "cell_size_check", "ON", readsBackAs: "1")
    }

    private func set(_ database: Database, _ name: String, _ value: String, readsBackAs expected: String? = nil) throws
    {
        try database.prepare("PRAGMA \(name) = \(value)").rows { _ in }
        let found = try database.prepare("PRAGMA \(name)").first { $0.text(0) } ?? ""
        guard found == expected ?? value else {
            throw GatewayError(
                "journal.setting", LocalText("SQLite did not take a setting", "SQLite 未接受设置"),
                cause: "\(name) is \(found), not \(expected ?? value)",
                hint: LocalText("Check which SQLite library is installed", "请检查所安装的 SQLite 库"))
        }
    }

    private func makeSchema(in database: Database) throws {
        let found = try schema(of: database)
        let format = try database.integers("PRAGMA user_version").first ?? 0
        if found.isEmpty, format == 0 {
            try database.transaction {
                () throws(SQLiteError) in
                for statement in JournalSchema.statements { try database.execute(statement) }
                let meta = try database.prepare("INSERT INTO meta VALUES(?1, ?2)")
                try meta.run("algorithm", .text(algorithm.rawValue))
                try meta.run("format", .text(String(JournalSchema.format)))
                try meta.run("readable_since", .text(String(JournalSchema.readableSince)))
                try database.execute("PRAGMA application_id = \(JournalSchema.applicationID)")
                try database.execute("PRAGMA user_version = \(JournalSchema.format)")
            }
            try pass(.schemaCreated)
            return
        }
        // A newer format may have more tables, never fewer or other ones.
        let expected = JournalSchema.statements(ofFormat: format)
        guard format >= JournalSchema.oldestFormat, expected.allSatisfy(found.contains) else {
            throw JournalFailure.damaged("the schema is not the one that was written")
        }
        if format <= JournalSchema.format, found.count != expected.count {
            throw JournalFailure.damaged("the schema has grown by itself")
        }
        if format < JournalSchema.format { try upgrade(database, from: format) }
    }

    /// Makes a journal of an older format one of this: it gets the counters and the tables that came since.
    private func upgrade(_ database: Database, from format: Int64) throws {
        let written = try database.prepare("SELECT value FROM meta WHERE key = 'format'").first { $0.text(0) }
        guard written == String(format) else { throw JournalFailure.damaged("the format's number") }
        try database.transaction {
            () throws(SQLiteError) in
            for state in [
                DeliveryState.held(.quarantined), .held(.superseded), .held(.reasonless), .held(.questionnaire),
                .held(.answerable),
            ] {
                try database.execute("INSERT OR IGNORE INTO counter SELECT number, \(state.number), 0 FROM uplink")
            }
            if format < 3 { try database.execute(JournalSchema.decisionTable) }
            if format < 4 { for statement in JournalSchema.besides { try database.execute(statement) } }
            if format < 6 { try database.execute(JournalSchema.invitationTable) }
            try database.execute("UPDATE meta SET value = '\(JournalSchema.format)' WHERE key = 'format'")
            try database.execute(
                "UPDATE meta SET value = '\(JournalSchema.readableSince)' WHERE key = 'readable_since'")
            try database.execute("PRAGMA user_version = \(JournalSchema.format)")
        }
    }

    private func schema(of database: Database) throws -> Set<String> {
        var found: Set<String> = []
        // Indexes that SQLite makes for constraints have no text.
        try database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").rows { found.insert($0.text(0)) }
        return found
    }

    /// Brings everything in the log onto the disk before anything is answered from it.
    ///
    /// A process killed between a write and its sync leaves a transaction that the next start reads as committed, and
    /// a press sent again would be thanked as a duplicate of a record that is nowhere but in memory. Where the disk has
    /// no room for the pages, the log itself is synced instead.
    private func makeDurable(_ database: Database) throws {
        do {
            guard try database.integers("PRAGMA wal_checkpoint(TRUNCATE)").first == 0 else {
                throw JournalFailure.gateway(JournalFailure.inUse("the log is in use", files.directory))
            }
        } catch let error as SQLiteError where error.kind == .full {
            try files.sync(database.path + "-wal")
        }
    }

    func pass(_ point: JournalCrashPoint) throws(JournalFailure) {
        if let error = crashPoint(point) { throw .stopped(error) }
    }
}
