// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import SQLite
import Testing

@Suite struct DatabaseTests {
    @Test func everyKindOfValueComesBack() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t(a, b, c, d, e)")
        let insert = try database.prepare("INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5)")
        try insert.run(.integer(.min), .text("好\0差评"), .blob([0, 255]), .real(0.5), .null)
        try insert.run(1, "", .blob([]), nil, .text(orNull: nil))
        var rows: [(Int64, String, [UInt8], Double, Bool)] = []
        try database.prepare("SELECT * FROM t").rows {
            rows.append(($0.integer(0), $0.text(1), $0.blob(2), $0.real(3), $0.isNull(4)))
        }
        #expect(rows.count == 2)
        #expect(rows[0] == (.min, "好\0差评", [0, 255], 0.5, true))
        #expect(rows[1] == (1, "", [], 0, true))
        // An empty blob is no NULL.
        #expect(try database.integers("SELECT count(*) FROM t WHERE c IS NOT NULL") == [2])
    }

    @Test func aTransactionIsAllOrNothing() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t(a INTEGER PRIMARY KEY)")
        let error = #expect(throws: SQLiteError.self) {
            try database.transaction { () throws(SQLiteError) in
                try database.execute("INSERT INTO t VALUES(1)")
                try database.execute("INSERT INTO t VALUES(1)")
            }
        }
        #expect(error?.kind == .constraint)
        #expect(!database.isInTransaction)
        #expect(try database.integers("SELECT count(*) FROM t") == [0])
        let answer = try database.transaction { () throws(SQLiteError) in
            try database.execute("INSERT INTO t VALUES(7)")
            return database.lastInsertedRow
        }
        #expect(answer == 7)
    }

    @Test func aFullDatabaseIsToldFromOtherFailures() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t(a); PRAGMA max_page_count = 3")
        let error = #expect(throws: SQLiteError.self) {
            for _ in 0..<100 { try database.execute("INSERT INTO t VALUES(zeroblob(1000))") }
        }
        #expect(error?.kind == .full)
    }

    @Test func whatCannotBeOpenedSaysWhy() {
        let error = #expect(throws: SQLiteError.self) { try Database(path: "/nowhere/at/all.db") }
        #expect(error?.kind == .unwritable)
        #expect(error?.gatewayError.code == "sqlite.unwritable")
        #expect(throws: SQLiteError.self) { try Database(path: "/nowhere.db", access: .read) }
    }

    @Test func aClosedDatabaseRefusesEverythingAndItsStatementsMayOutliveIt() throws {
        let database = try Database(path: ":memory:")
        let statement = try database.prepare("SELECT 1")
        database.close()
        database.close()
        #expect(!database.isOpen)
        #expect(throws: SQLiteError.self) { try statement.run() }
        #expect(throws: SQLiteError.self) { try database.execute("SELECT 1") }
        #expect(throws: SQLiteError.self) { try database.prepare("SELECT 1") }
    }

    @Test func aMistakeNamesTheStatement() throws {
        let database = try Database(path: ":memory:")
        let error = #expect(throws: SQLiteError.self) { try database.prepare("SELEKT 1") }
        #expect(error?.kind == .misuse)
        #expect(error?.operation.contains("SELEKT") == true)
        let statement = try database.prepare("SELECT ?1")
        #expect(throws: SQLiteError.self) { try statement.run(1, 2) }
        #expect(try statement.first(5) { $0.integer(0) } == 5)
    }
}
