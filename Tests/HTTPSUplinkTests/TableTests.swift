// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeliveryTable
import Glibc
import HTTPSUplink
import HallgateTesting
import JournalAPI
import RatingModel
import StandInRegion
import Testing
import UplinkAPI

/// A stand-in region over TLS, with the national profile, as the far side of the table.
private struct RegionFarSide: FarSide {
    let name = UplinkName("region")
    let region: RestartingRegion

    func openUplink() async throws -> any Uplink { try region.freshUplink() }

    func closeUplink(_ uplink: any Uplink) async { await (uplink as? HTTPSUplink)?.shutdown() }

    /// Every connection is cut, and the region comes back on its port with what its file holds.
    func restart() async throws { try await region.restartFarSide() }

    func arrivals() async throws -> [RecordID] {
        try RegionStoreReader(path: region.store).arrivals().flatMap { id, times in
            Array(repeating: try #require(RecordID(id)), count: times)
        }
    }

    /// Poison is a case whose number is longer than the region's field.
    func draft(_ number: Int, isPoison: Bool) -> RecordDraft {
        guard isPoison else { return UplinkSamples.draft(number, for: name) }
        let sample = UplinkSamples.rating(number)
        let long = "P\(number)" + String(repeating: "0", count: Limits.identifierBytes)
        let rating = Rating(
            press: sample.press, pressedAt: sample.pressedAt, window: sample.window, session: nil,
            caseReference: CaseReference(projectNumber: long, serviceNumber: "1"), staff: nil)
        return RecordDraft(
            id: UplinkSamples.id(number), body: .rating(rating), recordedAt: UplinkSamples.moment,
            deliveries: [name: .pending])
    }
}

extension LineTests {
    @Suite struct TableTests {
        /// 2,000 ratings by default; `HALLGATE_RATINGS=100000` for the long form.
        private var ratings: Int { getenv("HALLGATE_RATINGS").flatMap { Int(String(cString: $0)) } ?? 2000 }

        @Test func aRegionRestartedInMidStreamLosesNothing() async throws {
            try await RestartingRegion.run { region in
                let row = try await DeliveryTable(
                    ratings: ratings, poisonEvery: 1000, limit: .seconds(120 + ratings / 50)
                ).run(RegionFarSide(region: region), directory: TestDirectory.make("journal"))
                print("HTTPS, region restarted: \(row)")
                #expect(row.lost == 0 && row.foreign == 0 && row.elsewhere == 0)
                #expect(row.parked == row.poison && row.delivered == row.recorded - row.poison)
                #expect(row.reasons == ["rejected: projectNo 过长"])
                #expect(row.farRestarts == 5 && row.nearRestarts == 5)
                let counts = try RegionStoreReader(path: region.store).counts()
                #expect(counts.received == row.delivered && counts.competing == 0 && counts.altered == 0)
            }
        }

        @Test func onePoisonAmongAThousandIsParkedAlone() async throws {
            try await RestartingRegion.run { region in
                let (others, row) = try await DeliveryTable.poisonAmongAThousand(
                    RegionFarSide(region: region), directory: TestDirectory.make("journal"))
                print("HTTPS, one poison among 1,000: the others in \(others), parked after \(row.duration)")
                #expect(row.delivered == 999 && row.parked == 1 && others < .seconds(5))
                #expect(row.reasons == ["rejected: projectNo 过长"])
            }
        }
    }
}
