// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import SQLiteJournal
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: JournalConformance.checks) func memory(_ check: JournalCheck) async throws {
        try await check.run(MemoryJournal(uplinks: [JournalSamples.region])) { journal in
            await (journal as? MemoryJournal)?.restart()
            return journal
        }
    }

    @Test(arguments: JournalConformance.troubles) func memoryInTrouble(_ check: JournalTroubleCheck) async throws {
        let journal = MemoryJournal(uplinks: [JournalSamples.region])
        let full = GatewayError("journal.disk-full", LocalText("full", "已满"), hint: LocalText("make room", "请清理"))
        try await check.run(journal) { fails in await journal.fail(with: fails ? full : nil) }
    }

    @Test(arguments: JournalConformance.troubles) func onAFullDisk(_ check: JournalTroubleCheck) async throws {
        try await TroubleTests.withDisk { journal, disk, _ in
            try await check.run(journal) { fails in disk.fill(after: fails ? 0 : nil) }
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
