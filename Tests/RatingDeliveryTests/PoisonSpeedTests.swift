// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// One rating in a thousand that the region never takes: it is parked within five seconds, and so are the others there.
@Suite(.serialized) struct PoisonSpeedTests {
    private static let exchange = Duration.milliseconds(20)

    @Test(arguments: [100, 500], [false, true])
    func oneOfAThousandHoldsUpNothing(batch: Int, refusesWhole: Bool) async throws {
        for position in [1, 100, 617, 1000] {
            var world = MachineWorld(limits: MachineWorld.limits(batch: batch), seed: UInt64(position))
            world.exchangeTime = Self.exchange
            for number in 1...1000 { try await world.record([number], device: "pad-\(number % 40)") }
            world.region.poison = [UplinkSamples.id(position)]
            world.region.refusesWhole = refusesWhole
            let start = world.now.monotonic
            try await world.runUntilIdle()
            #expect(try await world.conservation == Conservation(recorded: 1000, delivered: 999, parked: 1))
            let (poison, others) = world.times(of: [position], since: start)
            #expect(others <= .seconds(2), "\(position): others \(others)")
            #expect(poison <= .seconds(4), "\(position): poison \(poison)")
            #expect(world.settlements.filter { $0.result == .parked }.map(\.sequence) == [JournalSequence(position)])
        }
    }

    /// A drain of 3,000 with three of them: each thousand is as quick as one by itself.
    @Test(arguments: [100, 500], [false, true])
    func oneInEveryThousandOfABacklog(batch: Int, refusesWhole: Bool) async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: batch))
        world.exchangeTime = Self.exchange
        for number in 1...3000 { try await world.record([number], device: "pad-\(number % 40)") }
        let poison = (0..<3).map { $0 * 1000 + ($0 * 373) % 1000 + 1 }
        world.region.poison = Set(poison.map { UplinkSamples.id($0) })
        world.region.refusesWhole = refusesWhole
        let start = world.now.monotonic
        try await world.runUntilIdle(mostSteps: 5000)
        #expect(try await world.conservation == Conservation(recorded: 3000, delivered: 2997, parked: 3))
        let (slowest, others) = world.times(of: Set(poison), since: start)
        #expect(others <= .seconds(15) && slowest <= others + .seconds(5))
        #expect(world.machine.counters.outages == 0)
        for number in poison {
            let id = UplinkSamples.id(number)
            let first = try #require(zip(world.sent, world.sentAt).first { $0.0.contains(id) })
            let parked = try #require(world.settledAt[JournalSequence(number)])
            #expect(first.1.duration(to: parked) <= .seconds(5), "\(number): \(first.1.duration(to: parked))")
        }
    }
}

extension MachineWorld {
    /// How long it took until the last of the poisoned ratings, and the last of the others, had left the queue.
    fileprivate func times(of poison: Set<Int>, since start: MonotonicInstant) -> (poison: Duration, others: Duration) {
        var (slowest, others) = (Duration.zero, Duration.zero)
        for (sequence, moment) in settledAt {
            let time = start.duration(to: moment)
            if poison.contains(Int(sequence)) { slowest = max(slowest, time) } else { others = max(others, time) }
        }
        return (slowest, others)
    }
}
