// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

@Suite struct AwaitingReceiptTests {
    /// What is answered by files waits as unknown, is no failure of the line, and is settled when it is delivered again.
    @Test(arguments: [DeliveryPolicy.OnUnknown.resend, .hold])
    func whatAwaitsAReceiptIsUnknownAndNoFailure(_ policy: DeliveryPolicy.OnUnknown) async throws {
        var world = MachineWorld(policy: DeliveryPolicy(onUnknown: policy), limits: MachineWorld.limits(batch: 2))
        try await world.record(1...20)
        world.answer = { batch in .answered(batch.map { _ in DeliveryOutcome(.awaitingReceipt, answer: "bundle 1") }) }
        try await world.run()
        #expect(world.sent.map(\.count) == Array(repeating: 2, count: 10))
        let waiting = try await world.conservation
        #expect(waiting.unknown == 20 && waiting.holds)
        #expect(world.machine.state == .idle && world.machine.lineFailure == nil)
        #expect(world.machine.counters.failures == 0 && world.machine.counters.outages == 0)

        _ = try await world.journal.requeue(.unknown, for: MachineWorld.name)
        world.answer = nil
        world.wake()
        try await world.run()
        #expect(try await world.conservation.delivered == 20)
    }
}
