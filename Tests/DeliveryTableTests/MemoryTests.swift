// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeliveryTable
import Glibc
import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

/// The table over the uplink to memory: what the body itself promises, and that it would see a loss.
private struct MemoryFarSide: FarSide {
    let name = UplinkName("region")
    let memory = UplinkToMemory()
    var loses = false

    func openUplink() async throws -> any Uplink { memory.reopened() }
    func closeUplink(_ uplink: any Uplink) async {}

    /// Exchanges under way break, and one answer is lost, as by a region that goes down after it has stored.
    func restart() async throws {
        memory.script([.lostAnswer])
        memory.restartRegion()
        try await Task.sleep(for: .milliseconds(50))
    }

    func arrivals() async throws -> [RecordID] {
        Array(memory.region.arrivals.dropFirst(loses ? 1 : 0))
    }

    func draft(_ number: Int, isPoison: Bool) -> RecordDraft {
        if isPoison { memory.change { $0.poison.insert(UplinkSamples.id(number)) } }
        return UplinkSamples.draft(number, for: name)
    }
}

@Suite(.serialized) struct DeliveryTableTests {
    /// 2,000 ratings by default; `HALLGATE_RATINGS=100000` for the long form.
    private var ratings: Int { getenv("HALLGATE_RATINGS").flatMap { Int(String(cString: $0)) } ?? 2000 }

    @Test func nothingIsLostAndEverythingIsCounted() async throws {
        let row = try await DeliveryTable(ratings: ratings, poisonEvery: 1000, limit: .seconds(120 + ratings / 50)).run(
            MemoryFarSide(), directory: TestDirectory.make("table"))
        print("memory, region restarted: \(row)")
        #expect(row.lost == 0 && row.foreign == 0 && row.elsewhere == 0)
        #expect(row.parked == row.poison && row.delivered == row.recorded - row.poison)
        #expect(row.reasons == ["poison"])
        #expect(row.farRestarts == 5 && row.nearRestarts == 5)
    }

    @Test func onePoisonAmongAThousandIsParkedAlone() async throws {
        let (others, row) = try await DeliveryTable.poisonAmongAThousand(
            MemoryFarSide(), directory: TestDirectory.make("table"))
        print("memory, one poison among 1,000: the others in \(others), parked after \(row.duration)")
        #expect(row.delivered == 999 && row.parked == 1 && others < .seconds(5))
        #expect(row.reasons == ["poison"])
    }

    @Test func aLossIsSeen() async throws {
        var table = DeliveryTable(ratings: 20, restarts: 0)
        table.arrivalLimit = .milliseconds(200)
        let row = try await table.run(MemoryFarSide(loses: true), directory: TestDirectory.make("table"))
        #expect(row.lost == 1)
    }
}
