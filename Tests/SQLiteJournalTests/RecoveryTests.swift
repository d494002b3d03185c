// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import HallgateTesting
import JournalAPI
import RatingModel
import SQLite
import Testing

@testable import SQLiteJournal

@Suite struct RecoveryTests {
    /// Every point of a recovery, each with the power cut there, and one more time during the start after it.
    @Test(arguments: JournalCrashPoint.recovery) func aRecoveryCutShortIsDoneAgain(_ point: JournalCrashPoint)
        async throws
    {
        try await withTemporaryDirectory { directory in
            let drafts = try await BitFlipTests.makeJournal(in: directory, closing: false)
            // A salt of the fourth frame of the log, with many commits behind it.
            try overwrite(directory + "/journal.db-wal", at: 32 + 3 * 1048 + 8, [0xA5])
            for round in 0..<3 {
                let disk = FaultDisk(directory: directory)
                defer { disk.remove() }
                let trap = Trap()
                trap.set(point)
                do {
                    let journal = try await SQLiteJournal.open(
                        in: directory, fileSystem: FaultFileSystem.name, crashPoint: trap.hook(disk))
                    await journal.close()
                    // Behind the last points a later start has nothing to recover any more.
                    #expect(round > 0)
                } catch {
                    #expect(trap.isSprung, "\(error)")
                }
                var random = SeededGenerator(seed: UInt64(round))
                disk.cutPower(&random)
            }
            let journal = try await SQLiteJournal.open(in: directory)
            let past = await journal.status().recoveredFrom
            let found = try await journal.entries(after: 0, atMost: 100)
            #expect(past?.importedRecords == 40 && past?.unreadableRows == 0)
            #expect(found.first?.body == past.map { .imported($0) })
            #expect(Set(found.dropFirst().map(\.id)) == Set(drafts.map(\.id)))
            #expect(found.dropFirst().map(\.body) == drafts.map(\.body))
            let others = names(in: directory).filter { !$0.hasPrefix("damaged-") }
            #expect(others == ["journal.db", "journal.db-wal", "journal.lock"])
            #expect(names(in: directory + "/" + (past?.setAsideAs ?? "")) == ["journal.db", "journal.db-wal"])
            #expect(try await journal.verify().findings == [])
            await journal.close()
        }
    }

    @Test func theImportNamesTheOldHead() async throws {
        try await withTemporaryDirectory { directory in
            let journal = try await SQLiteJournal.open(in: directory)
            _ = try await journal.record((1...9).map { TroubleTests.draft($0) })
            let head = try await journal.entries(after: 8, atMost: 1).first?.chainHead
            await journal.close()
            try overwrite(directory + "/journal.db", at: 20, [0xFF, 0xFF])
            let again = try await SQLiteJournal.open(in: directory)
            let past = await again.status().recoveredFrom
            #expect(past?.lastGoodSequence == 9)
            #expect(past?.lastGoodHead == head)
            // Positions are never given twice.
            #expect(try await again.entries(after: 0, atMost: 1).first?.sequence == 10)
            #expect(await again.status().lastSequence == 19)
            await again.close()
            let third = try await SQLiteJournal.open(in: directory)
            #expect(await third.status().recoveredFrom == past)
            _ = try await third.record([TroubleTests.draft(10)])
            await third.close()
            let fourth = try await SQLiteJournal.open(in: directory)
            #expect(await fourth.status().recoveredFrom == nil)
            await fourth.close()
        }
    }

    @Test func personalFieldsAndStatesSurviveAnImport() async throws {
        try await withTemporaryDirectory { directory in
            let fields = PersonalFields(["mobile": "13800000000"])
            let journal = try await SQLiteJournal.open(in: directory)
            let drafts = (UInt64(1)...6).map {
                JournalSamples.rating($0, press: JournalSamples.press(sequence: $0), personal: fields)
            }
            _ = try await journal.record(drafts)
            _ = try await journal.lease(5, for: JournalSamples.region)
            let results: [SettlementResult] = [
                .delivered(wasDuplicate: false), .parked, .unknown, .held(.contested), .parked,
            ]
            try await journal.settle(
                results.enumerated().map { JournalSamples.settlement(Int64($0 + 1), $1) }, for: JournalSamples.region)
            _ = try await journal.requeue(.unknown, for: JournalSamples.region)
            let before = try await journal.conservation(for: JournalSamples.region)
            await journal.close()
            try overwrite(directory + "/journal.db", at: 0, [0])
            let again = try await SQLiteJournal.open(in: directory)
            #expect(await again.status().recoveredFrom?.importedRecords == 6)
            #expect(try await again.conservation(for: JournalSamples.region) == before)
            #expect(try await again.lease(1, for: JournalSamples.region).first?.personal == fields)
            #expect(try await again.record([drafts[0]]) == [.duplicate(of: drafts[0].id)])
            await again.close()
        }
    }

    @Test func oneDamagedRowOfALargeJournalIsParkedAlone() async throws {
        try await withTemporaryDirectory { directory in
            let journal = try await SQLiteJournal.open(in: directory)
            let drafts = (UInt64(1)...60).map { TroubleTests.draft($0) }
            _ = try await journal.record(drafts)
            await journal.close()
            let database = try Database(path: directory + "/journal.db")
            try database.execute(
                "DROP TRIGGER content_no_update; UPDATE content SET salt = zeroblob(16) WHERE sequence = 3")
            try database.execute(JournalSchema.statements.first { $0.contains("content_no_update") } ?? "")
            database.close()
            // A start that looks at ten rows does not see it.
            let again = try await SQLiteJournal.open(in: directory, startRows: 4)
            #expect(await again.status().recoveredFrom == nil)
            #expect(try await again.verify().findings.map(\.cause) == ["the content of record 3 fails its CRC"])
            #expect(try await again.lease(5, for: JournalSamples.region).map(\.sequence) == [1, 2, 4, 5])
            #expect(
                try await again.conservation(for: JournalSamples.region)
                    == Conservation(recorded: 60, pending: 55, inFlight: 4, parked: 1))
            await again.close()
        }
    }

    @Test func aMissingRecordBreaksTheChain() async throws {
        try await withTemporaryDirectory { directory in
            let journal = try await SQLiteJournal.open(in: directory)
            _ = try await journal.record((1...9).map { TroubleTests.draft($0) })
            await journal.close()
            let database = try Database(path: directory + "/journal.db")
            let guardian = JournalSchema.statements.first { $0.contains("record_no_delete") } ?? ""
            #expect(throws: SQLiteError.self) { try database.execute("DELETE FROM record WHERE sequence = 4") }
            #expect(throws: SQLiteError.self) { try database.execute("UPDATE record SET kind = 2") }
            try database.execute("DROP TRIGGER record_no_delete; DELETE FROM record WHERE sequence = 4")
            try database.execute(guardian)
            database.close()
            let again = try await SQLiteJournal.open(in: directory, startRows: 2)
            let findings = try await again.verify().findings
            #expect(findings.contains { $0.cause == "record 4 is missing" }, "\(findings)")
            await again.close()
        }
    }

    private func overwrite(_ path: String, at offset: Int, _ bytes: [UInt8]) throws {
        let descriptor = open(path, O_RDWR)
        defer { close(descriptor) }
        guard pwrite(descriptor, bytes, bytes.count, off_t(offset)) == bytes.count else { throw TestFailure(path) }
    }
}

extension JournalCrashPoint {
    static let recovery: [JournalCrashPoint] = [
        .recoveryBegun, .setAsideLinked, .setAsideNamed, .rebuildBegun, .rebuildImported, .rebuildClosed, .rebuildNamed,
        .oldWALRemoved, .rebuildInPlace, .fileCreated, .schemaCreated,
    ]
}
