// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FileUplink
import Logging
import RatingModel
import RegionProfiles
import Testing
import UplinkAPI

@testable import HallgateApp

@Suite struct PatientUplinkTests {
    /// A certificate that ran out keeps ratings waiting with its reason; it neither throws nor parks, nor stops a start.
    @Test func whatCannotBeOpenedIsUnreachableWithItsReason() async {
        let expired = GatewayError(
            "uplink.certificate-expired", LocalText("expired", "已过期"), hint: LocalText("renew it", "请更换"))
        let settings = GatewayConfiguration.Uplink(
            name: UplinkName("region"), region: RegionSettings(),
            kind: .file(
                FileUplinkConfiguration(
                    directory: "/nowhere", gateway: "hall", key: "/nowhere/key", receiptKey: "/nowhere/region")))
        let uplink = PatientUplink(settings, logger: Logger(label: "test")) { _ throws(GatewayError) in throw expired }
        #expect(await uplink.deliver([]) == .unreachable(expired, mayHaveArrived: false, retryAfter: nil))
        #expect(await uplink.probe() == .failed(expired))
        await uplink.shutdown()
    }
}
