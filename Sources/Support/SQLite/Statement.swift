// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// A compiled statement; compile once, run often.
public final class Statement {
    private let statement: OpaquePointer
    private let database: Database
    private let sql: String

    init(_ statement: OpaquePointer, of database: Database, sql: String) {
        self.statement = statement
        self.database = database
        self.sql = sql
    }

    /// A closed connection has finalised its statements already.
    deinit { if database.isOpen { sqlite3_finalize(statement) } }

    /// Runs the statement with values for `?1`, `?2` … and ignores any row.
    public func run(_ values: SQLiteValue...) throws(SQLiteError) {
        try rows(values) { _ throws(SQLiteError) in }
    }

    /// Runs the statement and hands each row to the body, which must not keep it.
    public func rows(_ values: SQLiteValue..., each body: (Row) throws(SQLiteError) -> Void) throws(SQLiteError) {
        try rows(values, each: body)
    }

    /// The same with the values in an array.
    public func rows(_ values: [SQLiteValue], each body: (Row) throws(SQLiteError) -> Void) throws(SQLiteError) {
        defer { reset() }
        try bind(values)
        while try step() { try body(Row(statement)) }
    }

    /// Runs the statement and makes something of its first row; `nil` without one.
    public func first<Answer>(
        _ values: SQLiteValue..., make: (Row) throws(SQLiteError) -> Answer
    ) throws(SQLiteError) -> Answer? {
        defer { reset() }
        try bind(values)
        return try step() ? try make(Row(statement)) : nil
    }

    private func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
        guard database.isOpen else { throw database.failure("bind", SQLITE_MISUSE) }
        // SQLITE_TRANSIENT is a cast that does not import: SQLite copies what it is given.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (offset, value) in values.enumerated() {
            let index = Int32(truncatingIfNeeded: offset + 1)
            let result: Int32 =
                switch value {
                case .null: sqlite3_bind_null(statement, index)
                case .integer(let number): sqlite3_bind_int64(statement, index, number)
                case .real(let number): sqlite3_bind_double(statement, index, number)
                case .text(let text): Self.bind(text, statement, index, transient)
                // An empty array has no address, and a NULL address would bind NULL.
                case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(statement, index, 0)
                case .blob(let bytes):
                    sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), transient)
                }
            guard result == SQLITE_OK else { throw database.failure("bind \(index) of \(sql.prefix(60))", result) }
        }
    }

    /// Binds with the length, because a text may hold a zero character.
    private static func bind(
        _ text: String, _ statement: OpaquePointer, _ index: Int32, _ transient: sqlite3_destructor_type
    ) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let base = characters.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, nil) }
                return sqlite3_bind_text64(
                    statement, index, base, UInt64(characters.count), transient, UInt8(SQLITE_UTF8))
            }
        }
    }

    private func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        case let result: throw database.failure(String(sql.prefix(80)), result)
        }
    }

    private func reset() {
        guard database.isOpen else { return }
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }
}

/// The row a statement stands on; valid inside the body it is handed to.
public struct Row {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { self.statement = statement }

    /// The column as a number; 0 for NULL.
    public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    /// The column as a floating-point number; 0 for NULL.
    public func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

    /// Whether the column is NULL.
    public func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    /// The column as text, broken UTF-8 repaired; empty for NULL.
    public func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The column as bytes; empty for NULL.
    public func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
