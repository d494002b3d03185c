// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

/// The statements of a journal, compiled once.
struct JournalStatements {
    let begin, commit, savepoint, release, rollBackDraft, writeBack, renewLog: Statement
    let insertRecord, insertContent, insertPersonal, insertPersonalKey, insertReceipt: Statement
    let insertPress, insertConflict, insertSession, insertBinding, insertDelivery, insertDecision,
        insertBeside, insertInvitation: Statement
    let insertUplink, insertCounter, moveCounter, removeDelivery: Statement
    let findUplink, findPress, findConflict, findRecord, findSession, findDelivery, findOrdinal, findDecision,
        findBeside, findInvitation: Statement
    let content, chain, personal, personalKey, pending, lastOrdinal, firstBound: Statement

    init(_ database: Database) throws(SQLiteError) {
        begin = try database.prepare("BEGIN IMMEDIATE")
        commit = try database.prepare("COMMIT")
        savepoint = try database.prepare("SAVEPOINT draft")
        release = try database.prepare("RELEASE draft")
        rollBackDraft = try database.prepare("ROLLBACK TO draft")
        writeBack = try database.prepare("PRAGMA wal_checkpoint(PASSIVE)")
        let format = try database.integers("PRAGMA user_version").first ?? 0
        renewLog = try database.prepare("PRAGMA user_version = \(format)")

        insertRecord = try database.prepare("INSERT INTO record VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
        insertContent = try database.prepare("INSERT INTO content VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
        insertPersonal = try database.prepare("INSERT INTO personal VALUES(?1, ?2, ?3, ?4)")
        insertPersonalKey = try database.prepare("INSERT INTO personal_key VALUES(?1, ?2, ?3, ?4)")
        insertReceipt = try database.prepare("INSERT INTO receipt VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        insertPress = try database.prepare("INSERT INTO press VALUES(?1, ?2, ?3, ?4, ?5)")
        insertConflict = try database.prepare("INSERT INTO conflict VALUES(?1, ?2, ?3, ?4, ?5)")
        insertSession = try database.prepare("INSERT INTO session VALUES(?1, ?2, ?3)")
        insertBinding = try database.prepare("INSERT INTO binding VALUES(?1, ?2, ?3, ?4)")
        insertDelivery = try database.prepare("INSERT INTO delivery VALUES(?1, ?2, ?3)")
        insertDecision = try database.prepare("INSERT INTO decision VALUES(?1)")
        insertInvitation = try database.prepare("INSERT INTO invitation VALUES(?1, ?2, ?3)")
        insertBeside = try database.prepare("INSERT INTO beside VALUES(?1, ?2)")
        insertUplink = try database.prepare("INSERT INTO uplink(name) VALUES(?1)")
        insertCounter = try database.prepare("INSERT OR IGNORE INTO counter VALUES(?1, ?2, 0)")
        moveCounter = try database.prepare("UPDATE counter SET amount = amount + ?3 WHERE uplink = ?1 AND state = ?2")
        removeDelivery = try database.prepare("DELETE FROM delivery WHERE uplink = ?1 AND state = ?2 AND record = ?3")

        findUplink = try database.prepare("SELECT number FROM uplink WHERE name = ?1")
        findPress = try database.prepare(
            "SELECT record, evidence FROM press WHERE device = ?1 AND log = ?2 AND position = ?3")
        findConflict = try database.prepare(
            "SELECT record FROM conflict WHERE device = ?1 AND log = ?2 AND position = ?3 AND evidence = ?4")
        findRecord = try database.prepare("SELECT sequence FROM record WHERE id = ?1")
        findSession = try database.prepare("SELECT record FROM session WHERE number = ?1")
        findDecision = try database.prepare("SELECT record FROM decision WHERE record = ?1")
        findInvitation = try database.prepare("SELECT record FROM invitation WHERE project = ?1 AND service = ?2")
        findBeside = try database.prepare("SELECT record FROM beside WHERE rating = ?1 AND record = ?2")
        findDelivery = try database.prepare(
            "SELECT state FROM delivery WHERE uplink = ?1 AND state = ?2 AND record = ?3")
        findOrdinal = try database.prepare(
            """
            SELECT 1 + count(earlier.ordinal) FROM binding AS own LEFT JOIN binding AS earlier \
            ON earlier.project = ?1 AND earlier.service = ?2 AND earlier.ordinal < own.ordinal \
            AND NOT EXISTS(SELECT 1 FROM delivery \
            WHERE uplink = ?4 AND state = ?5 AND delivery.record = earlier.record) \
            WHERE own.project = ?1 AND own.service = ?2 AND own.record = ?3
            """)
        firstBound = try database.prepare(
            "SELECT record FROM binding WHERE project = ?1 AND service = ?2 ORDER BY ordinal LIMIT 1")
        lastOrdinal = try database.prepare(
            "SELECT ordinal FROM binding WHERE project = ?1 AND service = ?2 ORDER BY ordinal DESC LIMIT 1")
        content = try database.prepare("SELECT id, salt, routes, body, crc FROM content WHERE sequence = ?1")
        chain = try database.prepare("SELECT id, kind, commitment, head, crc FROM record WHERE sequence = ?1")
        personal = try database.prepare("SELECT id, sealed, crc FROM personal WHERE sequence = ?1")
        personalKey = try database.prepare("SELECT id, key, crc FROM personal_key WHERE sequence = ?1")
        pending = try database.prepare(
            "SELECT record FROM delivery WHERE uplink = ?1 AND state = ?2 AND record > ?3 ORDER BY record LIMIT ?4")
    }
}
