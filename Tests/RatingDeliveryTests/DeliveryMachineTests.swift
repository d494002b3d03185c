// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

@Suite struct DeliveryMachineTests {
    @Test func deliversOldestFirstInBatches() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 10))
        try await world.record(1...25)
        #expect(try await world.run() == nil)
        #expect(world.sent.map(\.count) == [10, 10, 5])
        #expect(world.region.arrivals == (1...25).map { UplinkSamples.id($0) })
        #expect(try await world.conservation.delivered == 25)
        #expect(world.machine.state == .idle)
        #expect(world.machine.lastAnswerAt == world.now.monotonic)
    }

    @Test func anIdleMachineAsksForNothingUntilWoken() async throws {
        var world = MachineWorld()
        #expect(try await world.run() == nil)
        #expect(world.sent.isEmpty)
        try await world.record([1])
        world.wake()
        try await world.run()
        #expect(world.sent == [[UplinkSamples.id(1)]])
    }

    @Test func aDuplicateIsDelivered() async throws {
        var world = MachineWorld()
        try await world.record(1...3)
        world.faults = [.calledDuplicate]
        try await world.run()
        #expect(world.settlements.map(\.result) == Array(repeating: .delivered(wasDuplicate: true), count: 3))
        #expect(world.machine.counters.duplicates == 3)
    }

    @Test func whatTheRegionDoesNotTakeIsHeldWithoutSending() async throws {
        var world = MachineWorld()
        for number in 1...2 {
            _ = try await world.journal.record([
                UplinkSamples.draft(number, level: nil, hasCase: number == 1, for: MachineWorld.name)
            ])
        }
        _ = try await world.journal.record([UplinkSamples.draft(3, hasCase: false, for: MachineWorld.name)])
        try await world.run()
        #expect(world.sent.isEmpty)
        #expect(world.settlements.map(\.result) == [.held(.unrated), .held(.unrated), .held(.unmatched)])
    }

    @Test func theThirdRatingOfACaseIsContested() async throws {
        var world = MachineWorld()
        let reference = CaseReference(projectNumber: "P", serviceNumber: "1")
        for number in 1...3 {
            let plain = UplinkSamples.rating(number)
            let rating = Rating(
                press: plain.press, pressedAt: plain.pressedAt, window: nil, session: nil, caseReference: reference,
                staff: nil)
            let draft = RecordDraft(
                id: UplinkSamples.id(number), body: .rating(rating), recordedAt: UplinkSamples.moment,
                deliveries: [MachineWorld.name: .pending])
            _ = try await world.journal.record([draft])
        }
        try await world.run()
        #expect(world.sent == [[UplinkSamples.id(1), UplinkSamples.id(2)]])
        #expect(try await world.conservation.held == [.contested: 1])
    }

    @Test func theRateLimitSpacesBatches() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 1, leastInterval: .milliseconds(200)))
        try await world.record(1...3)
        try await world.runUntilIdle()
        let gaps = zip(world.sentAt, world.sentAt.dropFirst()).map { $0.duration(to: $1) }
        #expect(gaps == [.milliseconds(200), .milliseconds(200)])
    }

    @Test func aFailingJournalKeepsTheOutcomesAndSendsNothingTwice() async throws {
        var world = MachineWorld()
        try await world.record(1...3)
        world.settleFailures = 4
        try await world.runUntilIdle()
        #expect(world.sent.count == 1)
        #expect(try await world.conservation.delivered == 3)
        #expect(world.machine.counters.journalFailures == 4)
        #expect(world.machine.journalFailure == nil)
        #expect(world.notes.count { $0 == .journalFailed(.test) } == 1)
    }

    @Test func aJournalThatCannotLendIsAskedAgain() async throws {
        var world = MachineWorld()
        try await world.record(1...3)
        world.leaseFailures = 2
        try await world.run()
        #expect(world.machine.state == .backingOff)
        try await world.runUntilIdle()
        #expect(try await world.conservation.delivered == 3)
    }

    @Test func probesOnlyWhileIdle() async throws {
        var world = MachineWorld(policy: DeliveryPolicy(probeInterval: .seconds(60)))
        world.probeResult = .failed(.test)
        let until = try await world.run()
        #expect(until == world.now.monotonic.advanced(by: .seconds(60)))
        #expect(world.machine.lineFailure == .test)
        world.probeResult = .answered
        world.passTime()
        try await world.run()
        #expect(world.machine.lastAnswerAt == world.now.monotonic)
        #expect(world.machine.lineFailure == nil)
        world.probeResult = nil
        world.passTime()
        #expect(try await world.run() == nil, "an uplink with nothing to ask is not asked again")
    }

    @Test func stoppingSettlesWhatIsKnownAndReleasesTheRest() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 4))
        try await world.record(1...20)
        world.machine.stop()
        try await world.run()
        #expect(world.isFinished)
        #expect(world.sent.isEmpty)

        world = MachineWorld()
        try await world.record(1...4)
        world.answer = { batch in
            .answered(
                batch.indices.map { DeliveryOutcome($0 == 0 ? .accepted : .retry(after: .seconds(9)), answer: "") })
        }
        try await world.run()
        world.machine.stop()
        world.wake()
        try await world.run()
        #expect(world.isFinished)
        let conservation = try await world.conservation
        #expect(conservation.delivered == 1 && conservation.pending == 3 && conservation.inFlight == 0)
    }

    @Test func backOffGrowsToItsLimitWithJitter() {
        for seed in 1...50 {
            var backOff = BackOff(first: .milliseconds(500), most: .seconds(60), seed: UInt64(seed))
            for failures in 1...12 {
                let limit = min(Duration.milliseconds(500) * (1 << (failures - 1)), .seconds(60))
                let wait = backOff.wait(after: failures)
                #expect(wait >= limit / 2 && wait <= limit, "seed \(seed), failure \(failures): \(wait)")
            }
            #expect(backOff.wait(after: .max) <= .seconds(60))
        }
        var one = BackOff(first: .seconds(1), most: .seconds(9), seed: 1)
        var two = BackOff(first: .seconds(1), most: .seconds(9), seed: 2)
        #expect(one.wait(after: 3) != two.wait(after: 3))
    }
}
