// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import Testing

extension LineTests {
    @Suite struct ConformanceTests {
        @Test func theUplinkKeepsTheContractWithAStandInRegion() async throws {
            try await RestartingRegion.run { fixture in
                let complaints = try await UplinkConformance.complaints(of: fixture)
                #expect(complaints == [])
            }
        }
    }
}
