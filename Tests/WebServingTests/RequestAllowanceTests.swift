// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WebServing
import WebConfiguration

@Suite struct RequestAllowanceTests {
    private let start = ContinuousClock.now

    private func address(_ number: Int) -> ClientAddress {
        ClientAddress(high: 0, low: 0xFFFF_0A00_0000 + UInt64(number))
    }

    @Test func aBurstIsAllowedAndThenTheRate() {
        let allowance = Allowance(perSecond: 2, burst: 5, size: 10)
        for _ in 0..<5 { #expect(allowance.take(address(1), at: start) == nil) }
        let wait = allowance.take(address(1), at: start)
        #expect(wait.map { $0 > .milliseconds(490) && $0 <= .milliseconds(501) } == true)
        #expect(allowance.take(address(1), at: start + .milliseconds(510)) == nil)
        #expect(allowance.take(address(1), at: start + .milliseconds(520)) != nil)
        // After a pause the whole burst is there again, and not more.
        for _ in 0..<5 { #expect(allowance.take(address(1), at: start + .seconds(60)) == nil) }
        #expect(allowance.take(address(1), at: start + .seconds(60)) != nil)
    }

    @Test func oneDoesNotUseUpAnothersAllowance() {
        let allowance = Allowance(perSecond: 1, burst: 1, size: 10)
        #expect(allowance.take(address(1), at: start) == nil)
        #expect(allowance.take(address(1), at: start) != nil)
        #expect(allowance.take(address(2), at: start) == nil)
    }

    @Test func aClockThatSeemsToRunBackwardsGivesNothing() {
        let allowance = Allowance(perSecond: 1, burst: 1, size: 10)
        #expect(allowance.take(address(1), at: start) == nil)
        #expect(allowance.take(address(1), at: start - .seconds(100)) != nil)
        #expect(allowance.take(address(1), at: start + .milliseconds(900)) != nil)
    }

    @Test func theTableKeepsItsSizeAndForgetsTheQuietest() {
        let allowance = Allowance(perSecond: 0.001, burst: 1, size: 100)
        #expect(allowance.take(address(0), at: start) == nil)
        for number in 1...10_000 {
            #expect(allowance.take(address(number), at: start) == nil)
            // Whoever keeps asking is never the quietest, and so is never forgotten.
            #expect(allowance.take(address(0), at: start) != nil)
            #expect(allowance.count <= 100)
        }
        #expect(allowance.take(address(10_000), at: start) != nil)
        #expect(allowance.take(address(9_000), at: start) == nil)
    }

    @Test func agreesWithAModelThatForgetsNothing() {
        // Against a table with room for all, a plain dictionary of buckets decides the same.
        let allowance = Allowance(perSecond: 3, burst: 4, size: 50)
        var model: [Int: (tokens: Double, seen: Double)] = [:]
        var random = SystemRandomNumberGenerator()
        var now = 0.0
        for _ in 0..<20_000 {
            now += Double.random(in: 0...0.02, using: &random)
            let who = Int.random(in: 0..<50, using: &random)
            let old = model[who] ?? (4, now)
            let tokens = min(4, old.tokens + (now - old.seen) * 3)
            // At the very edge the two may round to different sides.
            let isAllowed = allowance.take(address(who), at: start + .seconds(now)) == nil
            if abs(tokens - 1) > 1e-6 { #expect(isAllowed == (tokens >= 1)) }
            model[who] = (isAllowed ? tokens - 1 : tokens, now)
        }
    }
}

/// An allowance that an expectation may change.
private final class Allowance {
    private var allowance: RequestAllowance

    init(perSecond: Double, burst: Int, size: Int) {
        allowance = RequestAllowance(perSecond: perSecond, burst: burst, size: size)
    }

    var count: Int { allowance.count }
    func take(_ client: ClientAddress, at now: ContinuousClock.Instant) -> Duration? { allowance.take(client, at: now) }
}
