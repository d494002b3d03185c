// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite
import Synchronization
import VirtualPads

/// The least that a durable press can cost: rows as large as a rating's, and in as many tables, and one commit.
///
/// It has the journal's page size, its settings and its way of writing, and nothing else: no frame is decoded, nothing
/// is hashed or checked, no thread is changed, and the log is never written back while it is measured.
struct BareJournal {
    /// Bytes of a rating's canonical record, as the pads of the bench make them.
    private static let bodyBytes = 300

    private let database: Database
    private let begin, commit, move: Statement
    private let inserts: [Statement]
    private var sequence: Int64 = 0
    private let lines: Int

    /// Makes the file, and fills and empties its log once, so that what is measured writes over blocks that are there.
    init(path: String, lines: Int) throws(SQLiteError) {
        self.lines = lines
        database = try Database(path: path, gathersWrites: true)
        try database.execute(
            """
            PRAGMA page_size = 1024; PRAGMA locking_mode = exclusive; PRAGMA journal_mode = wal;
            PRAGMA synchronous = FULL;
            CREATE TABLE record(sequence INTEGER PRIMARY KEY, id BLOB UNIQUE, kind, commitment BLOB, head BLOB, crc);
            CREATE TABLE content(sequence INTEGER PRIMARY KEY, id BLOB, salt BLOB, routes BLOB, body BLOB, crc);
            CREATE TABLE press(device, log, position, evidence BLOB, record, PRIMARY KEY(device, log, position))
            WITHOUT ROWID;
            CREATE TABLE delivery(uplink, state, record, PRIMARY KEY(uplink, state, record)) WITHOUT ROWID;
            CREATE TABLE counter(state INTEGER PRIMARY KEY, amount);
            INSERT INTO counter VALUES(0, 0), (16, 0);
            """)
        database.keepLog()
        begin = try database.prepare("BEGIN IMMEDIATE")
        commit = try database.prepare("COMMIT")
        move = try database.prepare("UPDATE counter SET amount = amount + ?1")
        inserts = [
            try database.prepare(
                "INSERT INTO record VALUES(?1, CAST(printf('%016d', ?1) AS BLOB), 1, randomblob(32), randomblob(32), ?2)"
            ),
            try database.prepare(
                """
                INSERT INTO content VALUES(?1, randomblob(16), randomblob(16), zeroblob(8), \
                zeroblob(\(Self.bodyBytes)), ?2)
                """),
            try database.prepare(
                "INSERT INTO press VALUES(printf('serial/bench-pad-%03d', ?2), 7, ?1, randomblob(16), ?1)"),
            try database.prepare("INSERT INTO delivery VALUES(1, 16 + 0 * ?2, ?1)"),
        ]
        for _ in 0..<(6 * lines) { try record(1) }
        try rest()
    }

    /// Commits the rows of so many presses at once; returns when they are on disk.
    mutating func record(_ presses: Int) throws(SQLiteError) {
        try begin.run()
        for _ in 0..<presses {
            sequence += 1
            for insert in inserts { try insert.run(.integer(sequence), .integer(sequence % Int64(lines))) }
        }
        try move.run(.integer(Int64(presses)))
        try commit.run()
    }

    /// Writes the log back and begins it anew.
    func rest() throws(SQLiteError) {
        try database.execute("PRAGMA wal_checkpoint(PASSIVE); PRAGMA user_version = 1")
    }
}

/// Pseudo-terminals whose far ends commit, and then echo.
struct BareRack {
    private let echo: EchoRack
    private let journal: Shared

    /// The journal, for the echo's thread and, while that has nothing to do, for the bench's.
    private final class Shared: Sendable {
        let journal: Mutex<BareJournal>
        init(_ journal: sending BareJournal) { self.journal = Mutex(journal) }
    }

    init(lines: Int, path: String) throws {
        let shared = Shared(try BareJournal(path: path, lines: lines))
        journal = shared
        echo = try EchoRack(lines: lines) { frames in
            // A commit that fails leaves the bench without an answer it counts on.
            shared.journal.withLock { try? $0.record(frames) }
        }
    }

    func strike(_ lines: Range<Int>, frame: [UInt8]) -> [UInt32] { echo.strike(lines, frame: frame) }

    func rest() throws { try journal.journal.withLock { try $0.rest() } }
}
