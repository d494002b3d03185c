// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPSUplink
import HallgateTesting
import StandInRegion
import Testing
import UplinkAPI

private struct RegionFixture: UplinkFixture {
    let uplink: any Uplink
    let region: StandInRegion

    func behave(_ behaviour: RegionBehaviour) async {
        await region.clearFaults()
        switch behaviour {
        case .well: break
        case .refusingWhole: await region.inject(FaultRule(.refuseBatch))
        case .losingAnswers: await region.inject(FaultRule(.lostAnswer))
        case .failing: await region.inject(FaultRule(.status(500, retryAfterSeconds: nil)))
        case .silent: await region.inject(FaultRule(.delay(.seconds(60))))
        }
    }

    func storedRatings() async throws -> Int { try await region.counts().received }
}

extension LineTests {
    @Suite struct ConformanceTests {
        @Test func theUplinkKeepsTheContractWithAStandInRegion() async throws {
            let ca = try sharedCA.get()
            try await withRegion(requiringClients: true) { region in
                try await withUplink(
                    region.evaluateURL,
                    {
                        $0.certificateFile = ca.clientCertificate
                        $0.keyFile = ca.clientKey
                    },
                    { uplink in
                        let complaints = try await UplinkConformance.complaints(
                            of: RegionFixture(uplink: uplink, region: region))
                        #expect(complaints == [])
                    })
            }
        }
    }
}
