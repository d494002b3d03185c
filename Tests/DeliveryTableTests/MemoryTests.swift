// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeliveryTable
import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

/// The table over the uplink to memory: what the body itself promises, and that it would see a loss.
private struct MemoryFarSide: FarSide {
    let name = UplinkName("region")
    let memory = UplinkToMemory()
    let loses: Bool

    func openUplink() async throws -> any Uplink { memory }
    func closeUplink(_ uplink: any Uplink) async {}

    /// Answers are lost for a moment, as by a region that goes down after it has stored.
    func restart() async throws {
        memory.script([.lostAnswer])
        try await Task.sleep(for: .milliseconds(50))
    }

    func arrivals() async throws -> [RecordID] {
        Array(memory.region.arrivals.dropFirst(loses ? 1 : 0))
    }
}

@Suite struct DeliveryTableTests {
    @Test func nothingIsLostAndEverythingIsCounted() async throws {
        let row = try await DeliveryTable(ratings: 2000).run(
            MemoryFarSide(loses: false), directory: TestDirectory.make("table"))
        #expect(row.delivered == 2000 && row.elsewhere == 0)
        #expect(row.lost == 0 && row.foreign == 0)
        #expect(row.farRestarts == 5 && row.nearRestarts == 5)
    }

    @Test func aLossIsSeen() async throws {
        let row = try await DeliveryTable(ratings: 20, restarts: 0).run(
            MemoryFarSide(loses: true), directory: TestDirectory.make("table"))
        #expect(row.lost == 1)
    }
}
