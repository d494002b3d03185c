// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import DeviceSupervision

struct ReopenBackoffTests {
    static let endings: [ReopenBackoff.Ending] = [
        .closed(identified: false), .notOpened(code: "device.missing"), .notOpened(code: "device.no-permission"),
        .notOpened(code: "device.busy"), .notOpened(code: "device.not-a-terminal"), .notOpened(code: "anything"),
    ]

    @Test(arguments: endings) func theWaitDoublesUpToItsCap(ending: ReopenBackoff.Ending) {
        var backoff = ReopenBackoff()
        var step = ReopenBackoff.first
        for _ in 0..<100 {
            let delay = backoff.delay(after: ending, random: 256)
            #expect(delay == min(step, ReopenBackoff.cap(ending)))
            step = min(step * 2, .seconds(60))
        }
    }

    @Test(arguments: [0, 1, 255, 256, 257, 12_345, UInt64.max]) func jitterTakesAwayAQuarterAtMost(random: UInt64) {
        var backoff = ReopenBackoff()
        for _ in 0..<30 { _ = backoff.delay(after: .notOpened(code: "device.missing"), random: 0) }
        let delay = backoff.delay(after: .notOpened(code: "device.missing"), random: random)
        #expect(delay >= .milliseconds(750) && delay <= .seconds(1))
    }

    @Test func aDeviceThatWorkedIsTriedAgainAtOnce() {
        var backoff = ReopenBackoff()
        for _ in 0..<10 { _ = backoff.delay(after: .notOpened(code: "device.missing"), random: 256) }
        #expect(backoff.delay(after: .closed(identified: true), random: 256) == ReopenBackoff.first)
        #expect(backoff.delay(after: .notOpened(code: "device.missing"), random: 256) == ReopenBackoff.first * 2)
    }

    @Test func aDeviceThatNeverSaysWhoItIsIsTriedMoreAndMoreSeldom() {
        var backoff = ReopenBackoff()
        let delays = (0..<6).map { _ in backoff.delay(after: .closed(identified: false), random: 256) }
        #expect(delays == [50, 100, 200, 400, 800, 1000].map { .milliseconds($0) })
    }
}
