// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

/// The file a region keeps what it was told in, for the region to write and for an oracle in another process to read.
enum RegionSchema {
    /// Set in `user_version`; a file of another version is refused, because an oracle must not guess.
    static let version: Int64 = 4

    /// The tables.
    ///
    /// `receipts` holds what was accepted: one row per id, and one per (case, service, number). `competing` holds what
    /// came under another id for a taken (case, service, number) and was answered 评价数据不可重复. Both name the press,
    /// so a press that arrived under two ids is found in the two together. `log` is lower-case hexadecimal, `day` the
    /// day of the rating. A rating without a case has NULL there, which competes with nothing. `responses` holds answers to
    /// questionnaires, a row for each id, and `invitations` a row for each case and service to which a hall had the region
    /// invite.
    static let tables = """
        CREATE TABLE IF NOT EXISTS receipts(
          id TEXT PRIMARY KEY, device TEXT, log TEXT, sequence INTEGER, projectNo TEXT, serviceNumber TEXT,
          assessNumber INTEGER NOT NULL, satisfaction TEXT NOT NULL, pf TEXT NOT NULL, day TEXT NOT NULL,
          received_at INTEGER NOT NULL, arrivals INTEGER NOT NULL DEFAULT 1, altered INTEGER NOT NULL DEFAULT 0,
          body TEXT NOT NULL, UNIQUE(projectNo, serviceNumber, assessNumber)) STRICT;
        CREATE TABLE IF NOT EXISTS competing(
          id TEXT PRIMARY KEY, device TEXT, log TEXT, sequence INTEGER, projectNo TEXT, serviceNumber TEXT,
          assessNumber INTEGER NOT NULL, satisfaction TEXT NOT NULL, pf TEXT NOT NULL, day TEXT NOT NULL,
          received_at INTEGER NOT NULL, arrivals INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS responses(
          id TEXT PRIMARY KEY, questionnaire TEXT NOT NULL, version TEXT NOT NULL, pf TEXT NOT NULL,
          answers TEXT NOT NULL, received_at INTEGER NOT NULL, arrivals INTEGER NOT NULL DEFAULT 1,
          altered INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE IF NOT EXISTS invitations(
          id TEXT PRIMARY KEY, projectNo TEXT NOT NULL, serviceNumber TEXT NOT NULL, window TEXT NOT NULL,
          session TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL,
          arrivals INTEGER NOT NULL DEFAULT 1, altered INTEGER NOT NULL DEFAULT 0,
          UNIQUE(projectNo, serviceNumber)) STRICT;
        CREATE TABLE IF NOT EXISTS refusals(
          number INTEGER PRIMARY KEY, id TEXT NOT NULL, device TEXT, log TEXT, sequence INTEGER,
          result TEXT NOT NULL, message TEXT NOT NULL, received_at INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS cases(
          projectNo TEXT NOT NULL, serviceNumber TEXT NOT NULL, received_at INTEGER NOT NULL,
          PRIMARY KEY(projectNo, serviceNumber)) STRICT;
        CREATE TABLE IF NOT EXISTS requests(
          number INTEGER PRIMARY KEY, call TEXT NOT NULL, received_at INTEGER NOT NULL, ratings INTEGER NOT NULL,
          status INTEGER NOT NULL, fault TEXT) STRICT;
        CREATE TABLE IF NOT EXISTS faults(name TEXT PRIMARY KEY, fired INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS notices(number INTEGER PRIMARY KEY AUTOINCREMENT, notice TEXT NOT NULL) STRICT;
        PRAGMA user_version = 4;
        """

    /// Opens the file for the region: a commit is on disk before it is answered (sqlite.org/pragma.html#pragma_synchronous).
    ///
    /// Where it need not be durable, a computer that stops loses what was answered last; a region that is killed does
    /// not. `:memory:` keeps nothing.
    static func openForWriting(_ path: String, isDurable: Bool) throws(SQLiteError) -> Database {
        let database = try Database(path: path, access: .createOrWrite, busyTimeoutMilliseconds: 5000)
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = \(isDurable ? "FULL" : "OFF")")
        guard try database.integers("PRAGMA synchronous") == [isDurable ? 2 : 0] else {
            throw SQLiteError(extendedCode: 21, message: "synchronous is not FULL", operation: "open \(path)")
        }
        if try database.integers("PRAGMA user_version") == [0] {
            try database.transaction { () throws(SQLiteError) in try database.execute(tables) }
        }
        try checkVersion(of: database)
        return database
    }

    /// Opens the file for an oracle. It writes nothing and never checkpoints, so the region stays the only writer.
    static func openForReading(_ path: String) throws(SQLiteError) -> Database {
        let database = try Database(path: path, access: .read, busyTimeoutMilliseconds: 5000)
        try checkVersion(of: database)
        return database
    }

    private static func checkVersion(of database: Database) throws(SQLiteError) {
        let found = try database.integers("PRAGMA user_version")
        guard found == [version] else {
            throw SQLiteError(
                extendedCode: 26, message: "the file is of version \(found), not \(version)",
                operation: "open \(database.path)")
        }
    }
}
