// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import SQLite
import Testing

@testable import SQLiteJournal

/// What a press waits for: one write and one sync, whatever the log needs (HG-0009).
@Suite struct WriteBackTests {
    /// Records one by one, giving the journal no rest, until the log is due to be written back; answers with the number
    /// of the last.
    private func recordUntilDue(_ journal: SQLiteJournal) async throws -> UInt64 {
        try await journal.perform { store in
            var number: UInt64 = 0
            repeat {
                number += 1
                _ = try store.record([TroubleTests.draft(number)])
            } while !store.isWriteBackDue
            return number
        }
    }

    @Test func aPressIsOneWriteAndOneSync() async throws {
        try await TroubleTests.withDisk { journal, disk, _ in
            // The first commit behind the start begins the log, and syncs its header.
            _ = try await journal.record([TroubleTests.draft(1)])
            for number in 2...20 as ClosedRange<UInt64> {
                let before = disk.counts
                _ = try await journal.record([TroubleTests.draft(number)])
                #expect(disk.counts.writes - before.writes == 1)
                #expect(disk.counts.syncs - before.syncs == 1)
            }
        }
    }

    @Test func aJournalAtRestWritesItsLogBackAndTheNextPressWaitsForNoneOfIt() async throws {
        try await TroubleTests.withDisk { journal, disk, directory in
            let last = try await recordUntilDue(journal) + 1
            _ = try await journal.record([TroubleTests.draft(last)])
            let deadline = ContinuousClock.now + .seconds(20)
            while try await journal.perform({ $0.database.pagesInLog }) > 10, .now < deadline {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(try await journal.perform { $0.isWriteBackDue } == false)
            // Everything is in the database itself.
            let copy = try Database(path: "\(directory)/journal.db", access: .readAsIs)
            #expect(try copy.integers("SELECT count(*) FROM record") == [Int64(last)])
            copy.close()
            let before = disk.counts
            _ = try await journal.record([TroubleTests.draft(last + 1)])
            #expect(disk.counts.writes - before.writes == 1)
            #expect(disk.counts.syncs - before.syncs == 1)
            #expect(try await journal.verify().findings == [])
        }
    }

    @Test func aDiskWithoutRoomForItIsAskedAgainLater() async throws {
        try await TroubleTests.withDisk { journal, disk, _ in
            let last = try await recordUntilDue(journal)
            try await journal.perform { store in
                disk.fill(after: 0)
                try store.writeBackAtRest()
                #expect(disk.counts.fullWrites > 0)
                #expect(!store.isWriteBackDue)
                disk.fill(after: nil)
            }
            #expect(await journal.status().trouble == nil)
            #expect(
                try await journal.record([TroubleTests.draft(last + 1)])
                    == [.recorded(Int64(last) + 1, JournalSamples.id(last + 1))])
            #expect(try await journal.verify().findings == [])
        }
    }
}
