// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// After an outage every hall of a region returns at the same moment.
@Suite struct ComingBackTests {
    /// A hall with a backlog of 500 behind an outage, brought to the moment the region is back.
    private func hall(after outage: Duration, seed: UInt64) async throws -> MachineWorld {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 100), seed: seed)
        try await world.record(1...500)
        world.answer = { _ in .unreachable(.test, mayHaveArrived: false, retryAfter: nil) }
        let start = world.now.monotonic
        while start.duration(to: world.now.monotonic) < outage {
            try await world.run()
            world.passTime()
        }
        world.answer = nil
        (world.sent, world.sentAt) = ([], [])
        return world
    }

    @Test func afterALongOutageHallsDrainAtTimesOfTheirOwn() async throws {
        var starts: [Duration] = []
        for seed in UInt64(1)...20 {
            var world = try await hall(after: .seconds(1200), seed: seed)
            let back = world.now.monotonic
            try await world.run()
            #expect(world.sent.first?.count == 1, "a single trial goes before")
            #expect(try await world.conservation.delivered >= 1, "it needs no wait")
            try await world.runUntilIdle()
            #expect(try await world.conservation.delivered == 500)
            let first = try #require(zip(world.sent, world.sentAt).first { $0.0.count == 100 })
            starts.append(back.duration(to: first.1))
            let singles = zip(world.sentAt, world.sentAt.dropFirst()).prefix(
                max(0, world.sent.prefix { $0.count == 1 }.count - 1))
            #expect(singles.allSatisfy { $0.duration(to: $1) >= .seconds(1) })
        }
        #expect(starts.allSatisfy { $0 <= .seconds(61) })
        // Twenty shares of a minute: some early, some late.
        #expect(starts.contains { $0 < .seconds(20) } && starts.contains { $0 > .seconds(40) })
    }

    @Test func aShortOutageIsFollowedAtOnce() async throws {
        var world = try await hall(after: .seconds(120), seed: 1)
        #expect(try await world.run() == nil)
        #expect(try await world.conservation.delivered == 500)
        #expect(world.sent.map(\.count) == [1, 100, 100, 100, 100, 99])
    }

    @Test func aNewRatingDoesNotWaitForTheHallsShare() async throws {
        var world = MachineWorld()
        try await world.record([1])
        world.answer = { _ in .unreachable(.test, mayHaveArrived: false, retryAfter: nil) }
        for _ in 1...40 {
            try await world.run()
            world.passTime()
        }
        world.answer = nil
        #expect(try await world.run() == nil, "nothing is left to wait for")
        world.passTime(.seconds(2))
        try await world.record([2])
        world.wake()
        #expect(try await world.run() == nil)
        #expect(try await world.conservation.delivered == 2)
    }
}
