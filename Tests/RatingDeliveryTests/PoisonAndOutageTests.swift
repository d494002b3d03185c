// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// G7: a refusal parks a rating only while the same uplink accepts others.
@Suite struct PoisonAndOutageTests {
    @Test(arguments: [false, true]) func oneOfAThousandIsParkedAndBlocksNothing(refusesWhole: Bool) async throws {
        var world = MachineWorld()
        try await world.record(1...1000)
        world.region.poison = [UplinkSamples.id(617)]
        world.region.refusesWhole = refusesWhole
        let start = world.now.monotonic
        try await world.runUntilIdle()
        let conservation = try await world.conservation
        #expect(conservation.delivered == 999)
        #expect(conservation.parked == 1)
        #expect(start.duration(to: world.now.monotonic) < .seconds(5))
        let parked = world.settlements.filter { $0.result == .parked }
        #expect(parked.map(\.sequence) == [617])
        #expect(parked.map(\.answer) == ["poison"])
        #expect(world.machine.counters.outages == 0)
    }

    @Test func poisonAloneInAnIdleHallIsTriedAgainAndNeverParked() async throws {
        var world = MachineWorld()
        try await world.record([1])
        world.region.poison = [UplinkSamples.id(1)]
        for refusals in 1...19 {
            try #require(try await world.run() != nil)
            #expect(world.sent.count == refusals)
            #expect(world.machine.state == .backingOff)
            #expect(world.machine.lineFailure == .ratingRefused)
            #expect(try await world.conservation.pending == 1, "between attempts it counts as pending")
            world.passTime()
        }
        try await world.run()
        #expect(world.machine.state == .outage, "the twentieth refusal in a row is an outage")
        #expect(world.settlements.allSatisfy { $0.result == .released })
    }

    @Test func theNextAcceptanceParksThePoison() async throws {
        var world = MachineWorld()
        try await world.record([1])
        world.region.poison = [UplinkSamples.id(1)]
        try await world.run()
        try await world.record([2])
        world.wake()
        #expect(try await world.run() == nil)
        #expect(world.settlements.last?.result == .parked)
        #expect(world.region.arrivals == [UplinkSamples.id(2)])
    }

    @Test func aNewRatingIsTriedAtOnceInAnOutageOfRefusals() async throws {
        var world = MachineWorld()
        try await world.record(1...30)
        world.region.poison = Set((1...30).map { UplinkSamples.id($0) })
        for _ in 1...12 {
            try await world.run()
            world.passTime()
        }
        try await world.run()
        #expect(world.machine.state == .outage)
        #expect(try await world.conservation.pending == 30)
        world.passTime(.milliseconds(500))
        try await world.run()
        try await world.record([31])
        world.wake()
        for _ in 1...3 {
            try await world.run()
            world.passTime()
        }
        #expect(world.region.arrivals == [UplinkSamples.id(31)])
        let conservation = try await world.conservation
        #expect(conservation.delivered == 1)
        // A group of ten is parked on the acceptance; twenty in a row are an outage again, until the next acceptance.
        #expect(conservation.parked >= 10)
        #expect(conservation.parked + conservation.pending == 30)
    }

    @Test func aRegionThatRefusesEverythingIsAnOutageAndParksNothing() async throws {
        var world = MachineWorld()
        try await world.record(1...200)
        world.answer = { batch in .answered(batch.map { _ in DeliveryOutcome(.rejected, answer: "no") }) }
        for _ in 1...30 {
            try #require(try await world.run() != nil)
            world.passTime()
        }
        #expect(world.machine.state == .outage)
        #expect(world.sent.dropFirst().allSatisfy { $0.count == 1 }, "an outage is tried with single ratings")
        #expect(Set(world.sent.dropFirst().prefix(25).flatMap { $0 }).count == 25, "not always with the same one")
        world.answer = nil
        try await world.runUntilIdle()
        let conservation = try await world.conservation
        #expect(conservation.delivered == 200)
        #expect(conservation.parked == 0)
    }

    @Test func batchesRefusedWholeForTheRegionsOwnReasonsParkNothing() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 10))
        try await world.record(1...500)
        world.faults = (0..<80).map { $0 % 3 == 1 ? .refusedWhole : .none }
        try await world.runUntilIdle()
        #expect(try await world.conservation.delivered == 500)
    }

    @Test func unreachableNeverParksAndBacksOff() async throws {
        var world = MachineWorld(policy: DeliveryPolicy(mostSpread: .zero))
        try await world.record(1...10)
        world.answer = { _ in .unreachable(.test, mayHaveArrived: true, retryAfter: nil) }
        for _ in 1...20 {
            try #require(try await world.run() != nil)
            #expect(try await world.conservation.pending == 10)
            world.passTime()
        }
        let gaps = zip(world.sentAt, world.sentAt.dropFirst()).map { $0.duration(to: $1) }
        #expect(gaps.allSatisfy { $0 <= .seconds(60) })
        #expect(gaps.suffix(5).allSatisfy { $0 >= .seconds(30) })
        #expect(world.sent.prefix(5).allSatisfy { $0.count == 10 })
        #expect(world.sent.dropFirst(5).allSatisfy { $0.count == 1 }, "the breaker lets single ratings through")
        #expect(world.machine.counters.outages == 1)
        #expect(world.settlements.allSatisfy { $0.result == .released })
        world.answer = nil
        #expect(try await world.run() == nil)
        #expect(try await world.conservation.delivered == 10)
        #expect(world.notes.last == .outageEnded)
    }

    @Test func retryAfterIsHonouredAndCapped() async throws {
        for (asked, expected) in [(Duration.seconds(40), Duration.seconds(40)), (.seconds(1_000_000), .seconds(900))] {
            var world = MachineWorld()
            try await world.record([1])
            world.answer = { _ in .unreachable(.test, mayHaveArrived: false, retryAfter: asked) }
            #expect(try await world.run() == world.now.monotonic.advanced(by: expected))
        }
    }

    @Test func aRatingPutOffDoesNotHoldUpOthers() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 2))
        try await world.record(1...9)
        let late = UplinkSamples.id(1)
        world.answer = { batch in
            batch.contains { $0.id == late }
                ? .answered(
                    batch.map { DeliveryOutcome($0.id == late ? .retry(after: .seconds(30)) : .accepted, answer: "") })
                : nil
        }
        let until = try await world.run()
        #expect(try await world.conservation.delivered == 8)
        #expect(until == world.now.monotonic.advanced(by: .seconds(30)))
        try await world.record([10])
        world.wake()
        try await world.run()
        #expect(try await world.conservation.delivered == 9, "a new rating passes it")
        world.answer = nil
        world.passTime()
        #expect(try await world.run() == nil)
        #expect(try await world.conservation.delivered == 10)
    }

    @Test func unknownIsResentOrLeftToAnOperator() async throws {
        for policy in [DeliveryPolicy.OnUnknown.resend, .hold] {
            var world = MachineWorld(policy: DeliveryPolicy(onUnknown: policy))
            try await world.record(1...4)
            world.faults = [.halfUnknown]
            try await world.runUntilIdle()
            let conservation = try await world.conservation
            #expect(conservation.delivered == (policy == .resend ? 4 : 2))
            #expect(conservation.unknown == (policy == .resend ? 0 : 2))
            #expect(world.region.arrivals.count == 4)

            try await world.record(5...6)
            world.faults = [.lostAnswer]
            world.wake()
            try await world.runUntilIdle()
            #expect(try await world.conservation.unknown == (policy == .resend ? 0 : 4))
        }
    }

    @Test func anAnswerThatIsTooShortOrTooLongIsSurvived() async throws {
        for count in [0, 1, 7] {
            var world = MachineWorld()
            try await world.record(1...3)
            world.answer = { _ in .answered(Array(repeating: DeliveryOutcome(.accepted, answer: ""), count: count)) }
            try await world.run()
            world.answer = nil
            world.wake()
            try await world.runUntilIdle()
            #expect(try await world.conservation.delivered == 3)
        }
    }
}
