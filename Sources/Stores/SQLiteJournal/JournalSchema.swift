// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

// The journal on disk, format 6
// =============================
//
// `journal.db` is an SQLite database (sqlite.org/fileformat2.html) of 1024-byte pages in WAL mode, `journal.db-wal`
// its log, `journal.lock` the file whose lock the one daemon holds, `damaged-…/` what was set aside (G6). A rating is
// 300 to 600 bytes; measured on Debian 12, a rating recorded by itself and settled in a group of 100 costs 18.5 KB of
// block writes with pages of 4096 bytes, 9.4 KB with 1024 and 8.6 KB with 512, where half of the rows no longer fit.
//
// `PRAGMA user_version` is the format's number. `meta.readable_since` is the oldest format number a program must
// know to use the file: a program that knows less leaves the file untouched and says so.
//
// What is written once:
//   record        the chain, a row for each record and for ever: its position, id (UUIDv7), kind, commitment
//                 H(salt ‖ body) and the head h(n) = H(h(n−1) ‖ sequence ‖ id ‖ commitment); see HashChain.
//   content       what the record says: salt, `CanonicalRecord` bytes, and the routes: for each uplink that is to
//                 deliver it a length byte, the name, a state byte. Retention may delete rows here, never in `record`.
//   personal      nonce ‖ AES-256-GCM ciphertext ‖ tag of `PersonalFields`, the id as context.
//   personal_key  the key of that one row; erasing it erases the fields wherever the ciphertext was copied to.
//   receipt       every move of a delivery into another state, in order, with the region's words. The newest receipt
//                 of a record and uplink is its state; without one the route's is.
// Each of their rows carries a CRC-32C over a byte that names the table, the row's number and its columns, each with
// its length before it as eight bytes, numbers as eight bytes, most significant first. A row is recognised by shape
// and CRC in any page image, so that it survives the loss of everything around it.
//
// What can be derived, and is after damage:
//   press, conflict, session, binding, decision
//                                       the constraints and look-ups; `evidence` is the first half of SHA-256 over
//                                       `CapturedPress.evidenceBytes`. 64-bit unsigned numbers are kept with the top
//                                       bit turned over, so that SQL orders them as they are.
//   beside                              verdicts on a rating and decisions about it, by the rating's id.
//   invitation                          invitations by their case and service, of which each has one at most.
//   receipt_of                          an index of the receipts by the rating, but for deliveries: these are many, a
//                                       rating has one at most, and finding it may take a search.
//   uplink, delivery, counter           where each rating is (G2). A delivered rating has no row in `delivery`: a
//                                       deleted row costs next to nothing, a changed one 8 KB. Numbers of states:
//                                       see DeliveryState.

/// The schema as SQLite keeps its text; a start compares them, so that damage in the schema is seen.
enum JournalSchema {
    /// The number of the format this program writes.
    ///
    /// Format 2 has the tables of format 1, and in them kinds of records (5 to 8) and states (20, 21) that a program of
    /// format 1 would take for damage. Format 3 has three more kinds (9 to 11) and a table to find the decisions of
    /// operators by. Format 4 has two more kinds (12 and 13), one more state (22), a table to find what stands beside a
    /// rating, and an index of receipts. Format 5 has three more kinds (14 to 16)
    /// and one more state (23). Format 6 has one more kind (17), one more state (24), and a table to find invitations by.
    /// A journal of an older format becomes one of this format when it is opened.
    static let format: Int64 = 6
    /// The oldest format number a program must know to use what this program writes.
    static let readableSince: Int64 = 6
    /// The oldest format this program takes over.
    static let oldestFormat: Int64 = 1
    /// `HGJ1`, by which `file` and people tell a journal from other databases.
    static let applicationID: Int64 = 0x4847_4A31
    /// Bytes in a page.
    static let pageBytes = 1024
    /// Pages in the log after which it is written back as soon as the journal rests: about 1 MB.
    static let pagesToWriteBackAtRest = 1000
    /// Pages in the log after which it is written back at once: about 4 MB, so that the next start is quick.
    static let checkpointPages = 4000

    /// The statements that make the tables and triggers, in order.
    static let statements: [String] = tables + triggers + [decisionTable] + besides + [invitationTable]
    /// What came with format 3.
    static let decisionTable = "CREATE TABLE decision(record INTEGER PRIMARY KEY) STRICT"

    /// What came with format 4.
    static let besides = [
        "CREATE TABLE beside(rating BLOB NOT NULL, record INTEGER NOT NULL, PRIMARY KEY(rating, record)) STRICT, "
            + "WITHOUT ROWID",
        "CREATE INDEX receipt_of ON receipt(id) WHERE state < 5 OR state > 6",
    ]

    /// What came with format 6.
    static let invitationTable = """
        CREATE TABLE invitation(project TEXT NOT NULL, service TEXT NOT NULL, record INTEGER NOT NULL, \
        PRIMARY KEY(project, service)) STRICT, WITHOUT ROWID
        """

    /// The statements that made a journal of a format that this program takes over.
    static func statements(ofFormat format: Int64) -> [String] {
        switch format {
        case ..<3: tables + triggers
        case 3: tables + triggers + [decisionTable]
        case 4...5: tables + triggers + [decisionTable] + besides
        default: statements
        }
    }

    private static let tables = [
        "CREATE TABLE meta(key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE record(sequence INTEGER PRIMARY KEY CHECK(sequence > 0), \
        id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), kind INTEGER NOT NULL, \
        commitment BLOB NOT NULL CHECK(length(commitment) = 32), head BLOB NOT NULL CHECK(length(head) = 32), \
        crc INTEGER NOT NULL) STRICT
        """,
        """
        CREATE TABLE content(sequence INTEGER PRIMARY KEY, id BLOB NOT NULL CHECK(length(id) = 16), \
        salt BLOB NOT NULL CHECK(length(salt) = 16), routes BLOB NOT NULL, body BLOB NOT NULL, \
        crc INTEGER NOT NULL) STRICT
        """,
        """
        CREATE TABLE personal(sequence INTEGER PRIMARY KEY, id BLOB NOT NULL CHECK(length(id) = 16), \
        sealed BLOB NOT NULL, crc INTEGER NOT NULL) STRICT
        """,
        """
        CREATE TABLE personal_key(sequence INTEGER PRIMARY KEY, id BLOB NOT NULL CHECK(length(id) = 16), \
        key BLOB NOT NULL CHECK(length(key) = 32), crc INTEGER NOT NULL) STRICT
        """,
        """
        CREATE TABLE receipt(number INTEGER PRIMARY KEY, uplink TEXT NOT NULL, \
        id BLOB NOT NULL CHECK(length(id) = 16), state INTEGER NOT NULL, answer TEXT NOT NULL, \
        settled BLOB NOT NULL, crc INTEGER NOT NULL) STRICT
        """,
        """
        CREATE TABLE press(device TEXT NOT NULL, log INTEGER NOT NULL, position INTEGER NOT NULL, \
        evidence BLOB NOT NULL CHECK(length(evidence) = 16), record INTEGER NOT NULL, \
        PRIMARY KEY(device, log, position)) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE conflict(device TEXT NOT NULL, log INTEGER NOT NULL, position INTEGER NOT NULL, \
        evidence BLOB NOT NULL CHECK(length(evidence) = 16), record INTEGER NOT NULL, \
        PRIMARY KEY(device, log, position, evidence)) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE session(number INTEGER PRIMARY KEY, window TEXT NOT NULL, record INTEGER NOT NULL) STRICT",
        "CREATE UNIQUE INDEX session_window ON session(window, record)",
        """
        CREATE TABLE binding(project TEXT NOT NULL, service TEXT NOT NULL, ordinal INTEGER NOT NULL \
        CHECK(ordinal > 0), record INTEGER NOT NULL, PRIMARY KEY(project, service, ordinal)) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE uplink(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """
        CREATE TABLE delivery(uplink INTEGER NOT NULL, state INTEGER NOT NULL, record INTEGER NOT NULL, \
        PRIMARY KEY(uplink, state, record)) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE counter(uplink INTEGER NOT NULL, state INTEGER NOT NULL, \
        amount INTEGER NOT NULL CHECK(amount >= 0), PRIMARY KEY(uplink, state)) STRICT, WITHOUT ROWID
        """,
    ]

    private static let triggers = [
        forbid("UPDATE", "record"), forbid("DELETE", "record"), forbid("UPDATE", "content"),
        forbid("UPDATE", "receipt"), forbid("DELETE", "receipt"),
    ]

    private static func forbid(_ change: String, _ table: String) -> String {
        """
        CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table) \
        BEGIN SELECT RAISE(ABORT, '\(table) is never changed'); END
        """
    }
}
