// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FileUplink
import HallgateTesting
import JournalAPI
import Logging
import RatingModel
import Synchronization
import Testing

@testable import HallgateApp

@Suite struct ReceiptWatchTests {
    private final class Count: Sendable {
        private let count = Mutex(0)
        var now: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    /// A journal with a rating that awaits a receipt.
    private func waitingJournal(_ uplink: UplinkName) async throws -> MemoryJournal {
        let journal = MemoryJournal(uplinks: [uplink])
        _ = try await journal.record([UplinkSamples.draft(1, for: uplink)])
        try await settle(journal, uplink)
        return journal
    }

    private func settle(_ journal: MemoryJournal, _ uplink: UplinkName) async throws {
        for lease in try await journal.lease(1, for: uplink) {
            let settlement = Settlement(
                sequence: lease.sequence, result: .unknown, answer: "bundle 1", settledAt: UplinkSamples.moment)
            try await journal.settle([settlement], for: uplink)
        }
    }

    @Test func receiptsPutWhatWaitedBackInTheQueue() async throws {
        let uplink = UplinkName("region")
        let journal = try await waitingJournal(uplink)
        let (wakes, answered) = (Count(), Count())
        let watch = ReceiptWatch(
            name: uplink, queues: [uplink], interval: .seconds(1), journal: journal,
            look: { ReceiptFindings(answered: answered.now) }, wake: { wakes.add() },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        var reminder = ReceiptReminder()
        #expect(await watch.step(false, &reminder) == false)
        #expect(try await journal.conservation(for: uplink).unknown == 1)
        answered.add()
        #expect(await watch.step(false, &reminder) == false)
        #expect(try await journal.conservation(for: uplink).pending == 1)
        #expect(wakes.now == 1)
    }

    /// The receipt was found while the delivery it answers was being settled, and no other receipt ever comes.
    @Test func aReceiptThatWasFasterThanTheJournalLeavesNothingBehind() async throws {
        let uplink = UplinkName("region")
        let journal = MemoryJournal(uplinks: [uplink])
        _ = try await journal.record([UplinkSamples.draft(1, for: uplink)])
        let answered = Count()
        let watch = ReceiptWatch(
            name: uplink, queues: [uplink], interval: .seconds(1), journal: journal,
            look: { ReceiptFindings(answered: answered.now == 0 ? 1 : 0, untold: 1) }, wake: {},
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        var reminder = ReceiptReminder()
        #expect(await watch.step(false, &reminder) == false)
        answered.add()
        try await settle(journal, uplink)
        #expect(try await journal.conservation(for: uplink).unknown == 1)
        #expect(await watch.step(false, &reminder) == false)
        #expect(try await journal.conservation(for: uplink).pending == 1)
    }

    /// After a start, a rating whose bundle may never have been made is delivered again.
    @Test func aStartPutsEverythingBackOnce() async throws {
        let uplink = UplinkName("region")
        let journal = try await waitingJournal(uplink)
        let wakes = Count()
        let watch = ReceiptWatch(
            name: uplink, queues: [uplink], interval: .seconds(1), journal: journal, look: { ReceiptFindings() },
            wake: { wakes.add() }, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        var reminder = ReceiptReminder()
        #expect(await watch.step(true, &reminder) == false)
        #expect(try await journal.conservation(for: uplink).pending == 1)
        #expect(wakes.now == 1)
    }
}
