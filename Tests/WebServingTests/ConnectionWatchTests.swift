// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Testing

@testable import WebServing
import WebConfiguration

@Suite struct ConnectionWatchTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private var limits: WebLimits {
        var limits = WebLimits()
        limits.headTime = .seconds(10)
        limits.bodyTime = .seconds(20)
        limits.idleTime = .seconds(30)
        limits.bodyBytes = 1000
        return limits
    }

    private func at(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

    @Test func aConnectionThatSaysNothingIsOver() {
        let watch = Watched(limits: limits, at: start)
        #expect(!watch.isOver(at: at(9)))
        #expect(watch.isOver(at: at(10)))
    }

    @Test func noTrickleProlongsAHeadOrABody() {
        var watch = Watched(limits: limits, at: start)
        for second in 1...9 { #expect(watch.handle(.bytes, at: at(Int64(second))) == .nothing) }
        // The head's time runs from its first byte.
        #expect(!watch.isOver(at: at(10)))
        #expect(watch.isOver(at: at(11)))

        watch = Watched(limits: limits, at: start)
        _ = watch.handle(.bytes, at: at(0))
        _ = watch.handle(.head, at: at(1))
        for second in 2...20 { #expect(watch.handle(.body(1), at: at(Int64(second))) == .nothing) }
        #expect(!watch.isOver(at: at(20)))
        #expect(watch.isOver(at: at(21)))
    }

    @Test func anAnswerMayTakeItsTimeAndThenTheConnectionIsQuiet() {
        let watch = Watched(limits: limits, at: start)
        for event in [ConnectionWatch.Event.bytes, .head, .requestEnd] { _ = watch.handle(event, at: at(1)) }
        #expect(watch.state == .answering && !watch.isOver(at: at(100_000)))
        #expect(watch.handle(.answerEnd(keepsAlive: true), at: at(100_000)) == .nothing)
        #expect(!watch.isOver(at: at(100_029)))
        #expect(watch.isOver(at: at(100_030)))
    }

    @Test func bytesBehindARequestHaveTheTimeOfAHead() {
        let watch = Watched(limits: limits, at: start)
        for event in [ConnectionWatch.Event.bytes, .head, .requestEnd, .bytes] { _ = watch.handle(event, at: at(1)) }
        _ = watch.handle(.answerEnd(keepsAlive: true), at: at(2))
        #expect(watch.isOver(at: at(12)))
    }

    @Test func whoDoesNotKeepTheConnectionIsHungUpOn() {
        let watch = Watched(limits: limits, at: start)
        for event in [ConnectionWatch.Event.bytes, .head, .requestEnd] { _ = watch.handle(event, at: at(1)) }
        #expect(watch.handle(.answerEnd(keepsAlive: false), at: at(2)) == .close)
    }

    @Test func aBodyFarOverItsLimitIsCutOff() {
        var watch = Watched(limits: limits, at: start)
        _ = watch.handle(.head, at: at(0))
        #expect(watch.handle(.body(1000 + ConnectionWatch.excessBytes), at: at(1)) == .nothing)
        #expect(watch.handle(.body(1), at: at(1)) == .close)
        // Each request has the limit for itself.
        watch = Watched(limits: limits, at: start)
        for _ in 1...3 {
            _ = watch.handle(.head, at: at(0))
            #expect(watch.handle(.body(60_000), at: at(0)) == .nothing)
            _ = watch.handle(.requestEnd, at: at(0))
            _ = watch.handle(.answerEnd(keepsAlive: true), at: at(0))
        }
    }

    @Test func anAnswerBeforeTheRequestsEndLingers() {
        var watch = Watched(limits: limits, at: start)
        _ = watch.handle(.head, at: at(0))
        #expect(watch.handle(.answerEnd(keepsAlive: true), at: at(1)) == .linger)
        #expect(watch.handle(.body(10), at: at(2)) == .nothing)
        #expect(!watch.isOver(at: at(2)))
        #expect(watch.handle(.requestEnd, at: at(2)) == .close)

        watch = Watched(limits: limits, at: start)
        _ = watch.handle(.head, at: at(0))
        _ = watch.handle(.answerEnd(keepsAlive: true), at: at(1))
        #expect(watch.isOver(at: at(3)))
    }

    @Test func anotherProtocolHasItsOwnTimes() {
        let watch = Watched(limits: limits, at: start)
        for event in [ConnectionWatch.Event.bytes, .head, .requestEnd, .upgrade, .bytes] {
            #expect(watch.handle(event, at: at(1)) == .nothing)
        }
        #expect(watch.state == .upgraded && !watch.isOver(at: at(100_000)))
    }
}

/// A watch that an expectation may change.
private final class Watched {
    private var watch: ConnectionWatch

    init(limits: WebLimits, at now: NIODeadline) { watch = ConnectionWatch(limits: limits, at: now) }

    var state: ConnectionWatch.State { watch.state }
    func handle(_ event: ConnectionWatch.Event, at now: NIODeadline) -> ConnectionWatch.Action {
        watch.handle(event, at: now)
    }
    func isOver(at now: NIODeadline) -> Bool { watch.isOver(at: now) }
}
