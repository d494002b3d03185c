// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// Ratings of a device go in their order; only what the region has spoken of is overtaken.
@Suite struct DeviceOrderTests {
    /// Answers that never speak of one rating.
    private static func silent(about id: RecordID) -> ([OutgoingRecord]) -> DeliveryReport? {
        { batch in
            .answered(batch.map { DeliveryOutcome($0.id == id ? .unknown : .accepted, answer: "") })
        }
    }

    private static func ids(_ numbers: Int...) -> [RecordID] { numbers.map { UplinkSamples.id($0) } }

    @Test func whatMayHaveArrivedHoldsBackItsDeviceAndNoOther() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 2))
        for number in 1...5 { try await world.record([number], device: "pad-\(number % 2)") }
        world.answer = Self.silent(about: UplinkSamples.id(1))
        try await world.run()
        #expect(world.sent == [Self.ids(1, 2), Self.ids(4)])
        world.answer = nil
        try await world.runUntilIdle()
        #expect(world.sent.dropFirst(2) == [Self.ids(1, 3), Self.ids(5)])
        #expect(world.order.overtakings == 0)
    }

    @Test func aRatingNoAnswerEverSpeaksOfIsPassedOverWithinSeconds() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 1))
        try await world.record(1...4)
        world.answer = Self.silent(about: UplinkSamples.id(1))
        let start = world.now.monotonic
        while try await world.conservation.delivered < 3 {
            try #require(try await world.run() != nil)
            try #require(start.duration(to: world.now.monotonic) < .seconds(60))
            if try await world.conservation.delivered < 3 { world.passTime() }
        }
        #expect(start.duration(to: world.now.monotonic) <= .seconds(5))
        #expect(world.sent.filter { $0 == [UplinkSamples.id(1)] }.count >= 3)
        #expect(world.order.complaints.isEmpty)
    }

    /// Seeds 5 and 31 of the simulation: a rating that is due waits for one that is not, and no time passed by.
    @Test func aRatingThatIsDueBehindOneThatIsNotIsNotWaitedFor() async throws {
        for seed in UInt64(1)...20 {
            var world = MachineWorld(seed: seed)
            try await world.record(1...2)
            world.answer = { .answered($0.map { _ in DeliveryOutcome(.unknown, answer: "") }) }
            try await world.run()
            world.answer = nil
            for _ in 1...5 where try await world.conservation.delivered < 2 {
                world.passTime()
                let until = try await world.run()
                #expect(until.map { $0 > world.now.monotonic } ?? true, "seed \(seed): it waits for the past")
            }
            #expect(try await world.conservation.delivered == 2, "seed \(seed)")
            #expect(world.order.complaints.isEmpty)
        }
    }

    /// Seed 87 of the simulation: half of a refused batch waited for the pace, and went before what had come due by then.
    @Test func theRestOfARefusedBatchWaitsForOneThatMayHaveArrived() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 4, leastInterval: .seconds(30)))
        try await world.record(1...4)
        var answers: [DeliveryReport] = [
            .refusedWhole(answer: "poison"),
            .answered([DeliveryOutcome(.accepted, answer: ""), DeliveryOutcome(.unknown, answer: "")]),
        ]
        world.answer = { _ in answers.isEmpty ? nil : answers.removeFirst() }
        try await world.runUntilIdle()
        #expect(world.sent == [Self.ids(1, 2, 3, 4), Self.ids(1, 2), Self.ids(2, 3, 4)])
        #expect(world.order.complaints.isEmpty)
    }

    @Test func aSecondRatingOfACaseWaitsForTheFirstOfAnotherDevice() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 2))
        let reference = CaseReference(projectNumber: "P", serviceNumber: "1")
        try await world.record([1], device: "pad-1", reference: reference)
        try await world.record([2], device: "pad-2")
        try await world.record([3], device: "kiosk", reference: reference)
        try await world.record([4], device: "pad-4")
        world.answer = Self.silent(about: UplinkSamples.id(1))
        try await world.run()
        #expect(world.sent == [Self.ids(1, 2), Self.ids(4)])
        world.answer = nil
        try await world.runUntilIdle()
        #expect(world.sent.last == Self.ids(1, 3))
    }

    @Test func manyThatWaitForOneDoNotFillTheRoom() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 10))
        try await world.record([1])
        try await world.record([2], device: "pad-2")
        world.answer = Self.silent(about: UplinkSamples.id(1))
        try await world.run()
        try await world.record(3...300)
        try await world.record(301...310, device: "pad-2")
        world.wake()
        try await world.run()
        #expect(world.sent.last == (301...310).map { UplinkSamples.id($0) }, "another pad is not held up")
        world.answer = nil
        try await world.runUntilIdle()
        #expect(try await world.conservation.delivered == 310)
        #expect(world.order.complaints.isEmpty)
    }

    @Test func lateAndPromptRatingsGoApartAndInOrder() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(supplementAge: .seconds(3600)))
        // The third was pressed two hours ago and kept in the pad until now.
        for (number, device, age) in [(1, 1, 0), (2, 2, 0), (3, 1, 7200), (4, 1, 0), (5, 2, 0)] {
            try await world.record([number], device: "pad-\(device)", age: .seconds(age))
        }
        try await world.run()
        #expect(world.sent == [[1, 2, 5], [3], [4]].map { $0.map { UplinkSamples.id($0) } })
        #expect(world.sentLate == [false, true, false])
    }

    @Test func aBacklogThatGrewOldGoesByTheLateCall() async throws {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 10, supplementAge: .seconds(3600)))
        try await world.record(1...20)
        world.answer = { _ in .unreachable(.test, mayHaveArrived: false, retryAfter: nil) }
        for _ in 1...200 {
            try await world.run()
            world.passTime()
        }
        world.answer = nil
        try await world.record([21])
        world.sentLate = []
        try await world.runUntilIdle()
        #expect(try await world.conservation.delivered == 21)
        #expect(world.sentLate.contains(true) && world.sentLate.last == false)
        #expect(world.region.stored.values.filter(\.isLate).count == 20)
    }
}
