// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import SQLiteJournal
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: JournalConformance.checks) func memory(_ check: JournalCheck) async throws {
        try await check.run(MemoryJournal(uplinks: [JournalSamples.region])) { journal in
            await (journal as? MemoryJournal)?.restart()
            return journal
        }
    }

    @Test(arguments: JournalConformance.checks) func onDisk(_ check: JournalCheck) async throws {
        try await withTemporaryDirectory { directory in
            try await check.run(try await SQLiteJournal.open(in: directory)) { journal in
                await (journal as? SQLiteJournal)?.close()
                return try await SQLiteJournal.open(in: directory)
            }
        }
    }
}
