// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// An invitation waits so long and no longer, and does not go to anybody who has rated.
@Suite struct InvitationDeliveryTests {
    private static let wait = Duration.seconds(1800)
    private static let limits = UplinkLimits(
        batchRecords: 10, leastInterval: .zero, ratingsPerCase: 2, takesUnrated: false, takesUnmatched: true,
        invitationWait: wait)

    private func record(_ number: Int, in world: MachineWorld, beginning: InitialDelivery = .held(.answerable))
        async throws
    {
        let record = UplinkSamples.invitation(number)
        let invitation = try #require(record.content.invitation)
        _ = try await world.journal.record([
            RecordDraft(
                id: record.id, body: .invitation(invitation), recordedAt: world.now,
                deliveries: [MachineWorld.name: beginning])
        ])
    }

    @Test func `It goes once its time is over, over a restart too, and once`() async throws {
        var world = MachineWorld(limits: Self.limits)
        try await record(1, in: world)
        try await world.run()
        world.passTime(.seconds(600))
        world.restart(seed: 2)
        let until = try await world.run()
        #expect(until == world.now.monotonic.advanced(by: .seconds(1200)) && world.sent.isEmpty)
        world.passTime()
        try await world.run()
        #expect(world.sent == [[UplinkSamples.id(1)]])
        #expect(try await world.conservation == Conservation(recorded: 1, delivered: 1))
        #expect(world.region.stored[UplinkSamples.id(1)]?.content == UplinkSamples.invitation(1).content)
    }

    @Test func `One whose case was rated is held as superseded by that rating, and never sent`() async throws {
        var world = MachineWorld(limits: Self.limits)
        try await record(1, in: world)
        try await record(2, in: world)
        // The rating is another uplink's: what this queue is told of it, the lease tells.
        let reference = UplinkSamples.invitation(1).content.caseReference
        let plain = UplinkSamples.rating(3)
        let rating = Rating(
            press: plain.press, pressedAt: world.now, window: nil, session: nil, caseReference: reference, staff: nil)
        _ = try await world.journal.record([
            RecordDraft(id: UplinkSamples.id(3), body: .rating(rating), recordedAt: world.now)
        ])
        try await world.run()
        world.passTime(Self.wait)
        try await world.run()
        #expect(world.sent == [[UplinkSamples.id(2)]])
        #expect(
            try await world.conservation == Conservation(recorded: 2, held: [.superseded: 1], delivered: 1))
        #expect(
            await world.journal.receipt(of: 1, from: MachineWorld.name) == "superseded by \(UplinkSamples.id(3))")
    }

    @Test func `A region that answers 404 has it parked after it took others, and is asked again by a person alone`()
        async throws
    {
        var world = MachineWorld(limits: Self.limits)
        try await record(1, in: world, beginning: .pending)
        try await record(2, in: world, beginning: .pending)
        world.region.poison = [UplinkSamples.id(2)]
        try await world.run()
        #expect(try await world.conservation == Conservation(recorded: 2, delivered: 1, parked: 1))
    }
}
