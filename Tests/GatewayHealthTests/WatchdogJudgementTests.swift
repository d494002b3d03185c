// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import GatewayHealth
import RatingModel
import Testing

/// The watchdog is fed for progress, not for being alive.
@Suite struct WatchdogJudgementTests {
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000)
    private func after(_ seconds: Int64) -> MonotonicInstant { start.advanced(by: .seconds(seconds)) }
    private func judgement() -> WatchdogJudgement {
        WatchdogJudgement(
            parts: ["the device thread", "supervision"], at: start, silenceLimit: .seconds(10),
            commitLimit: .seconds(30))
    }

    @Test func `a gateway that has just started is fed`() {
        #expect(judgement().verdict(oldestPressInHand: nil, at: after(10)) == .feed)
    }

    @Test func `parts that answer are enough`() {
        var judgement = judgement()
        judgement.answered("the device thread", at: after(100))
        judgement.answered("supervision", at: after(95))
        #expect(judgement.verdict(oldestPressInHand: nil, at: after(105)) == .feed)
    }

    @Test func `a part that stands still is named`() {
        var judgement = judgement()
        judgement.answered("the device thread", at: after(20))
        #expect(
            judgement.verdict(oldestPressInHand: nil, at: after(20))
                == .starve("supervision has not answered for 20 s"))
    }

    @Test func `a commit under way is progress, one without end is not`() {
        #expect(judgement().verdict(oldestPressInHand: .seconds(30), at: start) == .feed)
        #expect(
            judgement().verdict(oldestPressInHand: .seconds(31), at: start)
                == .starve("a press has waited 31 s for its commit"))
    }

    @Test func `a part that nobody named does not count`() {
        var judgement = judgement()
        judgement.answered("a stranger", at: after(5))
        #expect(
            judgement
                == WatchdogJudgement(
                    parts: ["the device thread", "supervision"], at: start, silenceLimit: .seconds(10),
                    commitLimit: .seconds(30)))
    }
}
