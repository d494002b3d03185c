// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing
import UplinkAPI

@testable import RegionMirror

@Suite struct RegionMirrorTests {
    private let rating = RecordID(high: 1, low: 2)

    private func at(_ seconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }

    @Test func itAsksAtOnceReadsEveryPageAndThenWaits() {
        var mirror = RegionMirror(every: .seconds(300))
        #expect(mirror.wakeAt(at(5)) == at(5))
        #expect(mirror.tick(at: at(5)) == [.ask(after: nil)])
        #expect(mirror.wakeAt(at(5)) == nil && mirror.tick(at: at(6)).isEmpty)
        let verdict = RegionNotices.Notice.verdict(rating: rating, number: "F1", outcome: "维持", text: "")
        let order = RegionNotices.Notice.workOrder(number: "G1", rating: rating, state: "待整改", deadline: "2026-12-01")
        let first = mirror.received(RegionNotices(notices: [verdict, order], next: "2"), at: at(6))
        #expect(first.first == .record(rating: rating, number: "F1", outcome: "维持", text: ""))
        #expect(first.last == .ask(after: "2"))
        #expect(first.count == 3 && mirror.notices.workOrders.map(\.number) == ["G1"])
        #expect(mirror.received(RegionNotices(notices: [], next: nil), at: at(7)).isEmpty)
        #expect(mirror.notices.cursor == "2" && mirror.wakeAt(at(7)) == at(307))
        #expect(mirror.tick(at: at(306)).isEmpty && mirror.tick(at: at(307)) == [.ask(after: "2")])
    }

    @Test func whatIsSaidUnaskedIsTakenAndMovesNoCursor() {
        var mirror = RegionMirror(every: .seconds(300))
        let verdict = RegionNotices.Notice.verdict(rating: rating, number: "F1", outcome: "维持", text: "")
        let rate = RegionNotices.Notice.rate(scope: "hall", period: "2026-11", value: "98%")
        let actions = mirror.told(RegionNotices(notices: [verdict, rate], next: nil))
        #expect(actions.first == .record(rating: rating, number: "F1", outcome: "维持", text: ""))
        #expect(actions.last == .keep(mirror.notices) && actions.count == 2)
        #expect(mirror.notices.rates.map(\.value) == ["98%"] && mirror.notices.cursor == nil)
        #expect(mirror.told(RegionNotices(notices: [], next: "7")).isEmpty && mirror.notices.cursor == nil)
        #expect(mirror.tick(at: at(5)) == [.ask(after: nil)], "a question goes on as if nothing had been said")
    }

    @Test func thatACaseWasRatedIsHeededWhereItComesUnaskedAndIsNotKept() {
        var mirror = RegionMirror(every: .seconds(300))
        let reference = CaseReference(projectNumber: "P1", serviceNumber: "1")
        let rate = RegionNotices.Notice.rate(scope: "hall", period: "2026-11", value: "98%")
        #expect(mirror.told(RegionNotices(notices: [.rated(reference)], next: nil)) == [.rated(reference)])
        #expect(
            mirror.told(RegionNotices(notices: [rate, .rated(reference)], next: nil)) == [
                .rated(reference), .keep(mirror.notices),
            ])
        _ = mirror.tick(at: at(5))
        #expect(
            mirror.received(RegionNotices(notices: [.rated(reference)], next: nil), at: at(6)) == [
                .keep(mirror.notices)
            ])
    }

    @Test func aLaterWordTakesThePlaceOfTheEarlierOne() {
        var notices = MirroredNotices()
        for state in ["待整改", "已整改"] {
            notices.take(.workOrder(number: "G1", rating: nil, state: state, deadline: ""))
            notices.take(.rate(scope: "hall", period: "2026-11", value: state))
            notices.take(.indicators(version: state, table: [1]))
        }
        #expect(notices.workOrders.map(\.state) == ["已整改"] && notices.rates.map(\.value) == ["已整改"])
        #expect(notices.indicators?.version == "已整改" && notices.dropped == 0)
    }

    @Test func thereIsALimitAndReachingItIsSeen() {
        var notices = MirroredNotices()
        for number in 0..<(MirroredNotices.most + 3) {
            notices.take(.workOrder(number: "\(number)", rating: nil, state: "", deadline: ""))
        }
        #expect(notices.workOrders.count == MirroredNotices.most && notices.dropped == 3)
        #expect(notices.workOrders.first?.number == "3")
    }

    @Test func aCursorThatDoesNotMoveEndsTheRound() {
        var mirror = RegionMirror(every: .seconds(60))
        _ = mirror.tick(at: at(0))
        _ = mirror.received(RegionNotices(notices: [], next: "1"), at: at(0))
        #expect(mirror.received(RegionNotices(notices: [], next: "1"), at: at(0)).isEmpty)
        #expect(mirror.wakeAt(at(0)) == at(60))
    }

    @Test func aRegionThatNeverEndsIsLeftForAWhile() {
        var mirror = RegionMirror(every: .seconds(60))
        _ = mirror.tick(at: at(0))
        var asked = 1
        while mirror.received(RegionNotices(notices: [], next: "\(asked)"), at: at(0)).contains(.ask(after: "\(asked)"))
        {
            asked += 1
        }
        #expect(asked == RegionMirror.mostPages && mirror.wakeAt(at(0)) == at(60))
    }

    @Test func whatCouldNotBeKeptIsAskedForAgain() {
        var mirror = RegionMirror(every: .seconds(60))
        _ = mirror.tick(at: at(0))
        let kept = mirror.notices
        _ = mirror.received(RegionNotices(notices: [.rate(scope: "s", period: "p", value: "v")], next: "1"), at: at(0))
        mirror.failed(keeping: kept, at: at(1))
        #expect(mirror.notices == kept && mirror.tick(at: at(61)) == [.ask(after: nil)])
    }
}
