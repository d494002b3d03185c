// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Keys that come by way of the web process.
@Suite struct KeyWatchTests {
    @Test func `an address that showed too many wrong keys waits even with the right one`() throws {
        let clock = HandClock()
        let log = NoticeLog()
        let watch = KeyWatch(clock: clock, logger: Logger(label: "test", factory: { _ in log.handler }))
        let refusal = GatewayError.unknownBusinessClient
        func show(_ isRight: Bool, from address: String) -> String? {
            do throws(GatewayError) {
                try watch.check("business", from: address, otherwise: refusal) { isRight }
                return nil
            } catch {
                return error.code
            }
        }
        for _ in 0..<KeyWatch.atOnce {
            #expect(show(false, from: "192.0.2.1\nx") == "business.unknown-client")
        }
        #expect(show(true, from: "192.0.2.1\nx") == "business.too-many-attempts")
        #expect(show(true, from: "192.0.2.2") == nil)
        clock.advance(by: 7)
        #expect(show(true, from: "192.0.2.1\nx") == nil)
        #expect(watch.wrong == Int64(KeyWatch.atOnce))
        // Once a minute, and nothing of what anybody can write.
        #expect(log.lines == ["a wrong key was shown address=192.0.2.1 role=business since start=1"])
    }
}
