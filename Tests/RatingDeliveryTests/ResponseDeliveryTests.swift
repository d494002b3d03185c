// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// Responses to questionnaires among ratings, and ratings of pages among those of pads.
@Suite struct ResponseDeliveryTests {
    private static let taking = UplinkLimits(
        batchRecords: 10, leastInterval: .zero, ratingsPerCase: 2, takesUnrated: false, takesUnmatched: true,
        takesQuestionnaires: true)

    /// Ratings and responses in turn; odd numbers are ratings.
    private func record(_ numbers: ClosedRange<Int>, in world: inout MachineWorld) async throws {
        for number in numbers {
            if number % 2 == 1 {
                try await world.record([number])
                continue
            }
            let record = UplinkSamples.response(number)
            let response = try #require(record.content.response)
            _ = try await world.journal.record([
                RecordDraft(
                    id: record.id, body: .questionnaire(response), recordedAt: world.now, personal: record.personal,
                    deliveries: [MachineWorld.name: .pending])
            ])
        }
    }

    @Test func `They go in batches of their own, with what was written`() async throws {
        var world = MachineWorld(limits: Self.taking)
        try await record(1...6, in: &world)
        try await world.run()
        let ids = { (numbers: [Int]) in numbers.map { UplinkSamples.id($0) } }
        #expect(world.sent == [ids([1, 3, 5]), ids([2, 4, 6])])
        #expect(world.region.stored[UplinkSamples.id(2)]?.personal == UplinkSamples.response(2).personal)
        #expect(try await world.conservation.delivered == 6)
    }

    @Test func `A region that takes none has them held, and ratings go`() async throws {
        var world = MachineWorld(limits: MachineWorld.limits())
        try await record(1...6, in: &world)
        try await world.run()
        let counts = try await world.conservation
        #expect(counts.delivered == 3 && counts.held == [.questionnaire: 3] && counts.holds)
    }

    /// As where a region has no such call any more: it is the responses that stop, and not the hall.
    @Test func `A region that refuses every response parks them and takes ratings on`() async throws {
        var world = MachineWorld(limits: Self.taking)
        world.answer = { batch in
            batch.first?.rating == nil
                ? .answered(batch.map { _ in DeliveryOutcome(.rejected, answer: "HTTP 404") }) : nil
        }
        try await record(1...30, in: &world)
        for number in stride(from: 31, through: 61, by: 2) {
            try await world.run()
            world.passTime(.seconds(600))
            try await world.record([number])
            world.wake()
        }
        try await world.run()
        let counts = try await world.conservation
        #expect(counts.delivered == 31 && counts.parked == 15 && counts.holds, "\(counts)")
    }

    /// A page stands for many citizens: one of which no answer speaks holds back nobody else, as it would at a pad.
    @Test func `A rating of a page that may have arrived holds back no other page's`() async throws {
        let (pages, pads) = (try await triesBeforeOthers(arePages: true), try await triesBeforeOthers(arePages: false))
        #expect(pages < pads, "\(pages) and \(pads)")
    }

    /// How often the first rating was sent before the second, where the region never speaks of the first.
    private func triesBeforeOthers(arePages: Bool) async throws -> Int {
        var world = MachineWorld(limits: MachineWorld.limits(batch: 1))
        world.answer = { batch in
            .answered(batch.map { DeliveryOutcome($0.id == UplinkSamples.id(1) ? .unknown : .accepted, answer: "") })
        }
        for number in 1...2 {
            let plain = UplinkSamples.rating(number)
            let press = CapturedPress(
                key: arePages ? .oneTime(DeviceID("pages"), number: UInt64(number)) : plain.press.key,
                outcome: plain.press.outcome, prompt: nil, age: nil, lifetimeCount: nil, driver: "page", rawFrame: [])
            let rating = Rating(
                press: press, pressedAt: world.now, window: plain.window, session: nil,
                caseReference: plain.caseReference, staff: nil, channel: .qrCode)
            _ = try await world.journal.record([
                RecordDraft(
                    id: UplinkSamples.id(number), body: .rating(rating), recordedAt: world.now,
                    deliveries: [MachineWorld.name: .pending])
            ])
        }
        for _ in 0..<200 where !world.sent.contains([UplinkSamples.id(2)]) {
            try await world.run()
            world.passTime()
        }
        let place = try #require(world.sent.firstIndex(of: [UplinkSamples.id(2)]))
        return place
    }
}
