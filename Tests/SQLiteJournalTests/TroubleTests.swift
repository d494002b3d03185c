// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HallgateTesting
import JournalAPI
import RatingModel
import SQLite
import Synchronization
import Testing

@testable import SQLiteJournal

@Suite struct TroubleTests {
    /// A journal on a disk that fails when told.
    static func withDisk(_ body: (SQLiteJournal, FaultDisk, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            #expect(FaultFileSystem.isRegistered)
            let disk = FaultDisk(directory: directory)
            defer { disk.remove() }
            let journal = try await SQLiteJournal.open(in: directory, fileSystem: FaultFileSystem.name)
            try await body(journal, disk, directory)
            await journal.close()
        }
    }

    static func draft(_ number: UInt64) -> RecordDraft {
        JournalSamples.rating(number, press: JournalSamples.press(sequence: number))
    }

    @Test func aFullDiskRefusesVisiblyAndRecordingResumes() async throws {
        try await Self.withDisk { journal, disk, _ in
            _ = try await journal.record([Self.draft(1)])
            disk.fill(after: 0)
            for _ in 0..<3 {
                let error = await #expect(throws: GatewayError.self) { try await journal.record([Self.draft(2)]) }
                #expect(error?.code == "journal.disk-full")
                #expect(await journal.status().trouble?.code == "journal.disk-full")
            }
            // What is there can still be read.
            #expect(try await journal.entries(after: 0, atMost: 9).count == 1)
            disk.fill(after: nil)
            #expect(try await journal.record([Self.draft(2)]) == [.recorded(2, JournalSamples.id(2))])
            #expect(await journal.status().trouble == nil)
            #expect(try await journal.verify().findings == [])
        }
    }

    @Test func aFailedSyncIsNeverThanked() async throws {
        try await Self.withDisk { journal, disk, _ in
            _ = try await journal.record([Self.draft(1)])
            disk.failSyncs(after: 0)
            for _ in 0..<3 {
                let error = await #expect(throws: GatewayError.self) { try await journal.record([Self.draft(2)]) }
                #expect(error?.code == "journal.io-failed")
            }
            disk.failSyncs(after: nil)
            // Whether it is there is not known; sent again it is recorded, or a duplicate of itself.
            let outcome = try await journal.record([Self.draft(2)]).first
            #expect(outcome == .recorded(2, JournalSamples.id(2)) || outcome == .duplicate(of: JournalSamples.id(2)))
            #expect(try await journal.entries(after: 0, atMost: 9).count == 2)
            #expect(try await journal.verify().findings == [])
        }
    }

    /// A process killed before its sync leaves a log that is read as committed; nothing may be thanked from it unsynced.
    @Test func aStartSyncsWhatItFinds() async throws {
        try await Self.withDisk { journal, disk, directory in
            disk.failSyncs(after: 0)
            await #expect(throws: GatewayError.self) { try await journal.record([Self.draft(1)]) }
            disk.die()
            await journal.close()
            disk.state.withLock { state in
                state.isDead = false
                state.syncsUntilFailure = nil
            }
            let again = try await SQLiteJournal.open(in: directory, fileSystem: FaultFileSystem.name)
            #expect(disk.state.withLock { $0.nodes.values.allSatisfy { $0.unsynced.isEmpty } })
            #expect(try await again.record([Self.draft(1)]) == [.duplicate(of: JournalSamples.id(1))])
            disk.die()
            await again.close()
            var random = SeededGenerator(seed: 1)
            disk.cutPower(&random)
            let after = try await SQLiteJournal.open(in: directory, fileSystem: FaultFileSystem.name)
            #expect(try await after.entries(after: 0, atMost: 9).count == 1)
            await after.close()
        }
    }

    @Test func eachCommitIsSyncedAndNothingElseIs() async throws {
        try await Self.withDisk { journal, disk, _ in
            var syncs = disk.counts.syncs
            for number in UInt64(1)...5 {
                _ = try await journal.record([Self.draft(number)])
                #expect(disk.counts.syncs > syncs)
                syncs = disk.counts.syncs
            }
            _ = try await journal.record([Self.draft(3)])
            _ = try await journal.lease(3, for: JournalSamples.region)
            _ = try await journal.conservation(for: JournalSamples.region)
            _ = try await journal.openSessions()
            _ = await journal.status()
            #expect(disk.counts.syncs == syncs)
        }
    }

    @Test func aSecondDaemonIsTold() async throws {
        try await withTemporaryDirectory { directory in
            let journal = try await SQLiteJournal.open(in: directory)
            let error = await #expect(throws: GatewayError.self) { try await SQLiteJournal.open(in: directory) }
            #expect(error?.code == "journal.in-use")
            _ = try await journal.record([Self.draft(1)])
            // Nor can any other program write, or read, what is open.
            let other = try Database(path: directory + "/journal.db")
            #expect(throws: SQLiteError.self) { try other.execute("DELETE FROM content") }
            other.close()
            await journal.close()
            await #expect(throws: GatewayError.self) { try await journal.record([Self.draft(2)]) }
            let next = try await SQLiteJournal.open(in: directory)
            #expect(await next.status().lastSequence == 1)
            await next.close()
        }
    }

    @Test(arguments: ["/nowhere/at/all", "/proc/self", "/dev/null"]) func unusableDirectories(_ path: String) async {
        let error = await #expect(throws: GatewayError.self) { try await SQLiteJournal.open(in: path) }
        #expect(error?.code == "journal.unwritable")
        #expect(error?.hint.english.isEmpty == false && error?.hint.chinese.isEmpty == false)
    }

    @Test func aNewerFormatIsLeftAlone() async throws {
        try await withTemporaryDirectory { directory in
            let journal = try await SQLiteJournal.open(in: directory)
            _ = try await journal.record([Self.draft(1)])
            await journal.close()
            let path = directory + "/journal.db"
            try alter(path, "PRAGMA user_version = 7; UPDATE meta SET value = '7' WHERE key != 'algorithm'")
            let before = try JournalFiles(directory: directory).contents(of: path)
            let error = await #expect(throws: GatewayError.self) { try await SQLiteJournal.open(in: directory) }
            #expect(error?.code == "journal.newer-format")
            #expect(try JournalFiles(directory: directory).contents(of: path) == before)
            #expect(names(in: directory) == ["journal.db", "journal.lock"])
            // One that this version may still read, with a table of its own.
            try alter(path, "UPDATE meta SET value = '5' WHERE key = 'readable_since'; CREATE TABLE more(a)")
            let readable = try await SQLiteJournal.open(in: directory)
            #expect(await readable.status().lastSequence == 1)
            #expect(await readable.status().recoveredFrom == nil)
            await readable.close()
        }
    }

    /// Format 1 had no states 20 and 21 and no counters for them, nor had 2 a table of decisions; 3 had nothing beside
    /// and no state 22; 4 had the tables of 5, and 5 no state 24 and nothing to find invitations by.
    @Test(arguments: [1, 2, 3, 4, 5]) func `A journal of an older format is taken over as it is`(_ format: Int)
        async throws
    {
        try await withTemporaryDirectory { directory in
            let journal = try await SQLiteJournal.open(in: directory)
            _ = try await journal.record([Self.draft(1)])
            await journal.close()
            let path = directory + "/journal.db"
            try alter(
                path,
                """
                PRAGMA user_version = \(format); DROP TABLE invitation; DELETE FROM counter WHERE state = 24;
                \(format < 4 ? "DROP TABLE beside; DROP INDEX receipt_of;" : "")
                DELETE FROM counter WHERE state = 22 AND \(format) < 4;
                \(format < 3 ? "DROP TABLE decision;" : "")
                DELETE FROM counter WHERE state IN (20, 21) AND \(format) = 1;
                UPDATE meta SET value = '\(format)' WHERE key != 'algorithm'
                """)
            let taken = try await SQLiteJournal.open(in: directory)
            #expect(await taken.status().lastSequence == 1)
            #expect(await taken.status().recoveredFrom == nil)
            let correction = JournalSamples.rating(2, press: JournalSamples.press(sequence: 2), supersedes: 1)
            _ = try await taken.record([correction])
            #expect(try await taken.conservation(for: JournalSamples.region).held == [.superseded: 1])
            _ = try await taken.record([JournalSamples.decision(3).record])
            _ = try await taken.record([JournalSamples.invitation(4, case: "P1")])
            #expect(
                try await taken.conservation(for: JournalSamples.region.invitations).held == [.answerable: 1])
            #expect(try await taken.receipts(of: JournalSamples.id(1)).map(\.place) == [.held(.superseded)])
            #expect(try await taken.verify().findings.isEmpty)
            await taken.close()
            let again = try await SQLiteJournal.open(in: directory)
            #expect(try await again.conservation(for: JournalSamples.region).held == [.superseded: 1])
            #expect(try await again.decisions(atMost: 9).map(\.sequence) == [3])
            await again.close()
        }
    }

    private func alter(_ path: String, _ sql: String) throws {
        let database = try Database(path: path)
        try database.execute(sql)
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = delete; PRAGMA journal_mode = wal")
        database.close()
    }

    @Test func onlyTheUserCanRead() async throws {
        try await withTemporaryDirectory { base in
            let directory = base + "/journal"
            let journal = try await SQLiteJournal.open(in: directory)
            _ = try await journal.record([Self.draft(1)])
            var status = stat()
            #expect(stat(directory, &status) == 0 && status.st_mode & 0o777 == 0o700)
            for name in names(in: directory) {
                #expect(stat(directory + "/" + name, &status) == 0 && status.st_mode & 0o777 == 0o600, "\(name)")
            }
            #expect(names(in: directory) == ["journal.db", "journal.db-wal", "journal.lock"])
            await journal.close()
        }
    }
}
