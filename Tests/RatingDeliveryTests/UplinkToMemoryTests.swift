// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

private struct MemoryFixture: UplinkFixture {
    let memory = UplinkToMemory()
    var uplink: any Uplink { memory }

    func behave(_ behaviour: RegionBehaviour) {
        memory.release()
        switch behaviour {
        case .well: memory.stand(.none)
        case .refusingWhole: memory.stand(.refusedWhole)
        case .losingAnswers: memory.stand(.lostAnswer)
        case .failing: memory.stand(.failed)
        case .silent: memory.hold()
        }
    }

    func storedRatings() -> Int { memory.region.stored.count }
}

@Suite struct UplinkToMemoryTests {
    @Test func conformsToTheContract() async throws {
        #expect(try await UplinkConformance.complaints(of: MemoryFixture()) == [])
    }
}
