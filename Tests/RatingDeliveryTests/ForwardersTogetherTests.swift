// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import Logging
import RatingDelivery
import RatingModel
import SQLiteJournal
import SystemClock
import Testing
import UplinkAPI

/// Real forwarders on the journal on disk: several at once, and one after the other over the same backlog.
@Suite(.serialized) struct ForwardersTogetherTests {
    private static let clock = SystemClock()

    private static func forwarder(_ uplink: UplinkToMemory, _ journal: any RatingJournal) -> RatingForwarder {
        RatingForwarder(
            uplink: uplink, journal: journal, policy: DeliveryPolicy(), clock: clock, seed: 7,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    private static func uplink(_ name: String, batch: Int = 100, takesUnmatched: Bool = false) -> UplinkToMemory {
        UplinkToMemory(
            name: UplinkName(name),
            limits: UplinkLimits(
                batchRecords: batch, leastInterval: .zero, ratingsPerCase: 2, takesUnrated: false,
                takesUnmatched: takesUnmatched))
    }

    private static func open(_ directory: String, for uplinks: [String]) async throws -> SQLiteJournal {
        try await SQLiteJournal.open(
            SQLiteJournalConfiguration(directory: directory), uplinks: uplinks.map { UplinkName($0) }, clock: clock,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    private static func record(
        _ numbers: ClosedRange<Int>, hasCase: Bool = true, for uplinks: [String], in journal: any RatingJournal
    ) async throws {
        let deliveries = Dictionary(uniqueKeysWithValues: uplinks.map { (UplinkName($0), InitialDelivery.pending) })
        let drafts = numbers.map { number in
            RecordDraft(
                id: UplinkSamples.id(number),
                body: .rating(UplinkSamples.rating(number, hasCase: hasCase, device: "pad-\(number % 40)")),
                recordedAt: clock.now(), deliveries: deliveries)
        }
        for start in stride(from: 0, to: drafts.count, by: Limits.groupCommitRecords) {
            _ = try await journal.record(Array(drafts[start..<min(start + Limits.groupCommitRecords, drafts.count)]))
        }
    }

    /// Runs forwarders around the body and stops them then.
    private static func running(
        _ forwarders: [RatingForwarder], _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for forwarder in forwarders { group.addTask { await forwarder.run() } }
            defer { for forwarder in forwarders { forwarder.stop() } }
            try await body()
        }
    }

    private static func becomes(within limit: Duration = .seconds(20), _ isSo: () async throws -> Bool) async throws
        -> Bool
    {
        let deadline = ContinuousClock.now.advanced(by: limit)
        while ContinuousClock.now < deadline {
            if try await isSo() { return true }
            try await Task.sleep(for: .milliseconds(2))
        }
        return false
    }

    @Test func aFailingUplinkDoesNotHoldUpAnother() async throws {
        try await withJournalFolder { directory in
            let journal = try await Self.open(directory, for: ["fast", "failing"])
            let (fast, failing) = (Self.uplink("fast"), Self.uplink("failing"))
            failing.stand(.failed)
            let forwarders = [Self.forwarder(fast, journal), Self.forwarder(failing, journal)]
            try await Self.running(forwarders) {
                try await Self.record(1...1000, for: ["fast", "failing"], in: journal)
                for forwarder in forwarders { forwarder.wake() }
                let isDone = try await Self.becomes { try await journal.conservation(for: fast.name).delivered == 1000 }
                #expect(isDone)
                #expect(await forwarders[1].status().lastFailure != nil)
                let waiting = try await journal.conservation(for: failing.name)
                #expect(waiting.pending + waiting.inFlight == 1000 && waiting.holds)
                failing.stand(.none)
                let isBack = try await Self.becomes {
                    try await journal.conservation(for: failing.name).delivered == 1000
                }
                #expect(isBack)
            }
            #expect(fast.region.arrivals == failing.region.arrivals)
            #expect(try await journal.verify().findings.isEmpty)
            await journal.close()
        }
    }

    @Test(arguments: [100, 500], [false, true])
    func onePoisonInAThousandIsParkedWithinSeconds(batch: Int, refusesWhole: Bool) async throws {
        try await withJournalFolder { directory in
            let journal = try await Self.open(directory, for: ["region"])
            let uplink = Self.uplink("region", batch: batch)
            uplink.change { region in
                region.poison = [UplinkSamples.id(617)]
                region.refusesWhole = refusesWhole
            }
            let forwarder = Self.forwarder(uplink, journal)
            try await Self.record(1...1000, for: ["region"], in: journal)
            let start = ContinuousClock.now
            try await Self.running([forwarder]) {
                let isDelivered = try await Self.becomes {
                    try await journal.conservation(for: uplink.name).delivered == 999
                }
                let others = start.duration(to: .now)
                let isParked = try await Self.becomes { try await journal.conservation(for: uplink.name).parked == 1 }
                let poison = start.duration(to: .now)
                #expect(isDelivered && isParked)
                #expect(others < .seconds(5) && poison < .seconds(5))
            }
            #expect(try await journal.verify().findings.isEmpty)
            await journal.close()
        }
    }

    /// The same file under another uplink configuration, another profile's limits, and the first one again.
    @Test func theBacklogSurvivesAChangeOfUplinkAndProfile() async throws {
        try await withJournalFolder { directory in
            var journal = try await Self.open(directory, for: ["region"])
            try await Self.record(1...300, for: ["region"], in: journal)
            try await Self.record(301...400, hasCase: false, for: ["region"], in: journal)
            let strict = Self.uplink("region", batch: 50)
            strict.change { $0.poison = Set((1...3).map { UplinkSamples.id($0) }) }
            let first = Self.forwarder(strict, journal)
            try await Self.running([first]) {
                let isHeld = try await Self.becomes {
                    let counts = try await journal.conservation(for: strict.name)
                    return counts.held[.unmatched] == 100 && counts.parked == 3 && counts.delivered == 297
                }
                #expect(isHeld)
            }
            await journal.close()

            // The uplink is gone from the configuration, another took its place: the first one's keeps what it has.
            journal = try await Self.open(directory, for: ["city"])
            try await Self.record(401...450, for: ["city"], in: journal)
            let city = Self.forwarder(Self.uplink("city"), journal)
            try await Self.running([city]) {
                let isDone = try await Self.becomes {
                    try await journal.conservation(for: UplinkName("city")).delivered == 50
                }
                #expect(isDone)
            }
            let kept = try await journal.conservation(for: strict.name)
            #expect(kept == Conservation(recorded: 400, held: [.unmatched: 100], delivered: 297, parked: 3))
            await journal.close()

            // It is back under its name, with a profile that takes ratings without a case and what was refused.
            journal = try await Self.open(directory, for: ["region", "city"])
            let open = Self.uplink("region", batch: 500, takesUnmatched: true)
            #expect(try await journal.requeue(.parked, for: open.name) == 3)
            let last = Self.forwarder(open, journal)
            try await Self.running([last]) {
                let isDone = try await Self.becomes { try await journal.conservation(for: open.name).delivered == 400 }
                #expect(isDone)
            }
            #expect(try await journal.verify().findings.isEmpty)
            await journal.close()
        }
    }
}
