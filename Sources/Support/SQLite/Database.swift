// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// One connection to one SQLite file; it belongs to one actor or lock and is never shared.
///
/// SQLite before 3.51.3 can corrupt a write-ahead log when two connections write or checkpoint at once, so whoever
/// writes holds exactly one. The connection is opened without SQLite's own mutex, because its owner serialises it.
public final class Database {
    /// How the file is opened.
    public enum Access: Sendable, Hashable {
        /// Read and write; the file is created where it is missing.
        case createOrWrite
        /// Read and write an existing file.
        case write
        /// Read an existing file, waiting for writers.
        case read
        /// Read the file alone, without its log, without locks and without changing anything (`immutable`).
        case readAsIs
    }

    /// The file.
    public let path: String
    private var connection: OpaquePointer?
    /// Where the hook on commits writes what ``pagesInLog`` says; freed after the connection.
    private let logged: UnsafeMutablePointer<Int32>

    /// Opens the file.
    ///
    /// - Parameters:
    ///   - path: the file, or `:memory:`.
    ///   - access: what may be done with it.
    ///   - busyTimeoutMilliseconds: how long a call waits for another connection's lock before it fails.
    ///   - fileSystem: the name of a registered VFS; `nil` for the system's own. Tests inject faults by it.
    ///   - gathersWrites: whether neighbouring pages are written in one call, which only the sole connection to a
    ///     file may do.
    public init(
        path: String, access: Access = .createOrWrite, busyTimeoutMilliseconds: Int32 = 0, fileSystem: String? = nil,
        gathersWrites: Bool = false
    ) throws(SQLiteError) {
        self.path = path
        logged = .allocate(capacity: 1)
        logged.initialize(to: 0)
        let fileSystem = gathersWrites ? GatheringFileSystem.name(above: fileSystem) : fileSystem
        let flags: Int32 =
            switch access {
            case .createOrWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .write: SQLITE_OPEN_READWRITE
            case .read: SQLITE_OPEN_READONLY
            case .readAsIs: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
            }
        let mode = flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let name = access == .readAsIs ? Self.immutableName(path) : path
        let result = sqlite3_open_v2(name, &connection, mode, fileSystem)
        guard result == SQLITE_OK else {
            let error = failure("open \(path)", result)
            sqlite3_close_v2(connection)
            connection = nil
            throw error
        }
        sqlite3_busy_timeout(connection, busyTimeoutMilliseconds)
    }

    deinit {
        close()
        logged.deallocate()
    }

    /// The URI for a file that is not to be touched (sqlite.org/uri.html).
    private static func immutableName(_ path: String) -> String {
        let escaped = path.utf8.map { byte -> String in
            let isPlain = byte > 0x20 && byte < 0x7F && !Array("%?#".utf8).contains(byte)
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "file:" + escaped.joined() + "?immutable=1"
    }

    /// Whether ``close()`` has not been called.
    public var isOpen: Bool { connection != nil }

    /// Finalises every statement, closes the file and releases its locks; later calls fail with misuse.
    public func close() {
        guard let open = connection else { return }
        connection = nil
        while let statement = sqlite3_next_stmt(open, nil) { sqlite3_finalize(statement) }
        sqlite3_close_v2(open)
    }

    /// Runs one or more statements that answer no rows.
    public func execute(_ sql: String) throws(SQLiteError) {
        let handle = try open("execute")
        let result = sqlite3_exec(handle, sql, nil, nil, nil)
        guard result == SQLITE_OK else { throw failure("execute \(sql.prefix(80))", result) }
    }

    /// Compiles one statement, to be kept and used again.
    public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        let handle = try open("prepare")
        var statement: OpaquePointer?
        let result = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard result == SQLITE_OK, let statement else { throw failure("prepare \(sql.prefix(80))", result) }
        return Statement(statement, of: self, sql: sql)
    }

    /// Compiles and runs one statement with values, and answers the rows' first columns as numbers.
    public func integers(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> [Int64] {
        let statement = try prepare(sql)
        var found: [Int64] = []
        try statement.rows(values) { row throws(SQLiteError) in found.append(row.integer(0)) }
        return found
    }

    /// Runs the body in an IMMEDIATE transaction: all of it is committed, or none.
    ///
    /// Where the COMMIT itself fails, what is on disk is not known: the error's kind is then ``SQLiteError/Kind/system``
    /// or ``SQLiteError/Kind/full``, and the connection has rolled back.
    public func transaction<Answer>(_ body: () throws(SQLiteError) -> Answer) throws(SQLiteError) -> Answer {
        try execute("BEGIN IMMEDIATE")
        do {
            let answer = try body()
            try execute("COMMIT")
            return answer
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends an open transaction without its changes; without one it does nothing.
    public func rollBack() {
        if isInTransaction { try? execute("ROLLBACK") }
    }

    /// Whether a transaction is open. Some errors, a full disk among them, end it by themselves.
    public var isInTransaction: Bool { connection.map { sqlite3_get_autocommit($0) == 0 } ?? false }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    public var changes: Int64 { connection.map { sqlite3_changes64($0) } ?? 0 }

    /// The row number the last INSERT made.
    public var lastInsertedRow: Int64 { connection.map { sqlite3_last_insert_rowid($0) } ?? 0 }

    /// Leaves it to the caller when the write-ahead log is written back; SQLite does it inside commits otherwise.
    ///
    /// Replaces `wal_autocheckpoint`, which must not be set afterwards.
    public func keepLog() {
        let note: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32) -> Int32 = {
            context, _, _, pages in
            context?.assumingMemoryBound(to: Int32.self).pointee = pages
            return SQLITE_OK
        }
        if let connection { sqlite3_wal_hook(connection, note, logged) }
    }

    /// Pages in the write-ahead log after the last commit; 0 before the first and without ``keepLog()``.
    public var pagesInLog: Int { Int(logged.pointee) }

    /// The error for a result of this connection, with SQLite's words.
    func failure(_ operation: String, _ result: Int32) -> SQLiteError {
        let words = connection.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(result))
        return SQLiteError(extendedCode: result, message: words, operation: operation)
    }

    private func open(_ operation: String) throws(SQLiteError) -> OpaquePointer {
        guard let connection else { throw failure(operation, SQLITE_MISUSE) }
        return connection
    }
}
