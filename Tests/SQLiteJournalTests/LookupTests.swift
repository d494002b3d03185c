// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import SQLite
import Testing

@testable import SQLiteJournal

/// What only the journal on disk can show of looking records up.
@Suite struct LookupTests {
    @Test(
        arguments: [
            (1, 1, 0), (1, 1, 1), (5, 10, 100_000), (10, 10, 100_000), (1, 10, 12_345), (99, 10, 30_001), (0, 0, 7),
        ] as [(Int64, Int64, Int64)])
    func `a search looks at every receipt once`(_ sequence: Int64, _ records: Int64, _ last: Int64) {
        var search = ReceiptSearch(near: sequence, of: records, last: last)
        var seen: [Range<Int64>] = []
        while let ranges = search.next(), seen.count < 1000 { seen += ranges }
        let inOrder = seen.sorted { $0.lowerBound < $1.lowerBound }
        #expect(inOrder.reduce(0) { $0 + $1.count } == last)
        var next: Int64 = 1
        for range in inOrder {
            #expect(range.lowerBound == next && range.count <= Int(ReceiptSearch.turn))
            next = range.upperBound
        }
    }

    @Test func `a receipt far from its guess is found`() async throws {
        try await withTemporaryDirectory { directory in
            let journal = try await SQLiteJournal.open(in: directory)
            let count = ReceiptSearch.turn + 2000
            let drafts = (1...UInt64(count)).map {
                JournalSamples.rating($0, press: JournalSamples.press(sequence: $0))
            }
            _ = try await journal.record(drafts)
            // The first record is delivered last of all.
            _ = try await journal.lease(drafts.count, for: JournalSamples.region)
            try await journal.settle(
                (2...count).map { JournalSamples.settlement($0, .delivered(wasDuplicate: false)) },
                for: JournalSamples.region)
            try await journal.settle(
                [JournalSamples.settlement(1, .delivered(wasDuplicate: true))], for: JournalSamples.region)
            let receipts = try await journal.receipts(of: drafts[0].id)
            #expect(receipts.map(\.number) == [count] && receipts.first?.wasDuplicate == true)
            #expect(try await journal.receipts(of: drafts[1].id).map(\.number) == [1])
            await journal.close()
        }
    }

    @Test func `a record that cannot be read is listed, is discarded by one person, and no other is`() async throws {
        try await withTemporaryDirectory { directory in
            let journal = try await SQLiteJournal.open(in: directory)
            let drafts = (1...2).map { JournalSamples.rating($0, press: JournalSamples.press(sequence: $0)) }
            _ = try await journal.record(drafts)
            try await journal.perform { try $0.database.execute("DELETE FROM content WHERE sequence = 1") }
            let region = JournalSamples.region
            #expect(try await journal.lease(9, for: region).map(\.sequence) == [2])
            let parked = try await journal.waiting(in: .parked, for: region, after: 0, atMost: 9)
            #expect(parked.map(\.id) == [drafts[0].id] && parked.first?.entry == nil)
            let decision = JournalSamples.decision(9, .discarded)
            #expect(try await journal.carryOut(.discard(drafts[1].id), for: region, by: decision) == 0)
            #expect(try await journal.carryOut(.discard(drafts[0].id), for: region, by: decision) == 1)
            let counters = try await journal.conservation(for: region)
            #expect(counters == Conservation(recorded: 2, inFlight: 1, setAside: 1))
            let error = await #expect(throws: GatewayError.self) { try await journal.entry(drafts[0].id) }
            #expect(error?.code == "journal.damaged")
            await journal.close()
        }
    }
}
