// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel
import Reconciliation
import Testing
import UplinkAPI

private func id(_ number: UInt64) -> RecordID {
    RecordID(at: WallTime(millisecondsSinceEpoch: 1_780_000_000_000), random: (0, number))
}

private let case1 = CaseReference(projectNumber: "P", serviceNumber: "1")

private func sent(_ number: UInt64, _ level: SatisfactionLevel = .satisfied) -> Reconciliation.Delivered {
    .init(id: id(number), window: WindowID("W3"), level: level, channel: "5", caseReference: case1)
}

private func held(
    _ number: UInt64, _ level: SatisfactionLevel? = .satisfied, channel: String = "5", case key: CaseReference? = case1
) -> RegionHoldings.Holding {
    .init(id: id(number), level: level, channel: channel, caseReference: key)
}

private func compare(
    _ delivered: [Reconciliation.Delivered], _ holdings: [RegionHoldings.Holding],
    _ whereabouts: [RecordID: Reconciliation.Whereabouts] = [:]
) -> ReconciliationReport {
    Reconciliation(delivered: delivered, held: RegionHoldings(ratings: holdings)).report(
        uplink: UplinkName("region"), date: "2026-11-24", whereabouts: whereabouts)
}

@Suite struct ReconciliationTests {
    @Test func sidesThatAgreeHaveNoDifference() {
        let report = compare([sent(1), sent(2, .dissatisfied)], [held(2, .dissatisfied), held(1)])
        #expect(report.isClean && report.unsettled.isEmpty)
        #expect(
            report.counts == [
                .init(window: "W3", level: "满意", channel: "5", delivered: 1, held: 1),
                .init(window: "W3", level: "不满意", channel: "5", delivered: 1, held: 1),
            ])
    }

    @Test func aWindowWithFewRatingsIsCountedWithoutLevels() {
        let few = compare([sent(1), sent(2, .dissatisfied)], [held(2, .dissatisfied), held(1)]).blurred()
        #expect(few.counts == [.init(window: "W3", level: "●", channel: "5", delivered: 2, held: 2)])
        let many = compare((1...10).map { sent($0, $0 == 1 ? .dissatisfied : .satisfied) }, [])
        #expect(many.counts.count == 2 && many.blurred() == many)
        #expect(compare((1...9).map { sent($0) }, []).blurred().counts.map(\.level) == ["●"])
        let altered = compare([sent(1)], [held(1, .dissatisfied)])
        #expect(altered.counts.count == 2 && altered.blurred().counts.count == 1)
        #expect(altered.blurred().altered == altered.altered && altered.blurred().differences == 1)
    }

    @Test func whatIsMissingThereAndWhatIsUnknownHereAreListedById() {
        let report = compare([sent(1), sent(2)], [held(2), held(9)])
        #expect(report.missing == [id(1).description] && report.unknown == [id(9).description])
        #expect(report.altered.isEmpty && report.differences == 2)
        #expect(report.counts.contains { $0.window == nil && $0.held == 1 && $0.delivered == 0 })
    }

    @Test(arguments: [
        (held(1, .verySatisfied), [ReconciliationReport.Alteration.Part.level]), (held(1, nil), [.level]),
        (held(1, channel: "4"), [.channel]), (held(1, channel: ""), []), (held(1, case: nil), []),
        (held(1, case: CaseReference(projectNumber: "P", serviceNumber: "2")), [.caseReference]),
        (held(1, .dissatisfied, channel: "4"), [.level, .channel]),
    ])
    func whatWasAlteredIsSaidWithoutItsValues(
        _ holding: RegionHoldings.Holding, _ parts: [ReconciliationReport.Alteration.Part]
    ) {
        let report = compare([sent(1)], [holding])
        #expect(report.altered == (parts.isEmpty ? [] : [.init(id: id(1).description, parts: parts)]))
        #expect(report.missing.isEmpty && report.unknown.isEmpty)
    }

    @Test func aChannelThatTheProfileDoesNotTellIsNotCompared() {
        var rating = sent(1)
        rating.channel = nil
        let report = compare([rating], [held(1, channel: "4")])
        #expect(report.isClean)
        #expect(report.counts == [.init(window: "W3", level: "满意", channel: "4", delivered: 1, held: 1)])
    }

    @Test func theJournalExplainsWhatOnlyTheRegionHad() {
        let holdings = [held(1), held(2), held(3), held(4), held(5)]
        let reconciliation = Reconciliation(delivered: [sent(1)], held: RegionHoldings(ratings: holdings))
        #expect(reconciliation.onlyThere == [id(2), id(3), id(4), id(5)])
        let report = compare(
            [sent(1)], holdings, [id(2): .deliveredSince(sent(2)), id(3): .ofAnotherDay, id(4): .unsettled])
        #expect(report.unknown == [id(5).description] && report.unsettled == [id(4).description])
        #expect(report.altered == [.init(id: id(3).description, parts: [.day])])
        #expect(report.missing.isEmpty)
    }

    @Test func aRatingThatCountsTwiceIsAltered() {
        #expect(compare([sent(1)], [held(1), held(1)]).altered.map(\.parts) == [[.twice]])
    }
}

@Suite struct DayOfHallTests {
    @Test func aDayIsTheHallsOwn() throws {
        let day = try #require(DayOfHall("2026-11-24"))
        let span = day.span(in: .china)
        #expect(HallZone.china.text(of: span.lowerBound) == "2026-11-24 00:00:00")
        #expect(DayOfHall(of: span.lowerBound, in: .china) == day)
        #expect(
            DayOfHall(of: WallTime(millisecondsSinceEpoch: span.lowerBound.millisecondsSinceEpoch - 1), in: .china)
                == day.before)
        #expect(day.before.text == "2026-11-23" && DayOfHall("2024-03-01")?.before.text == "2024-02-29")
    }

    @Test(arguments: ["", "2026-2-1", "2026-02-30", "2026-13-01", "2026-11-24 ", "20261124", "2026-11-+1"])
    func anythingElseIsNoDay(_ text: String) { #expect(DayOfHall(text) == nil) }

    @Test func theDayBeforeIsComparedOnceAfterTheHour() throws {
        let day = try #require(DayOfHall("2026-11-24"))
        let midnight = day.span(in: .china).lowerBound.millisecondsSinceEpoch
        func at(_ hour: Int64, minute: Int64 = 0, trusted: Bool = true) -> CaptureTime {
            CaptureTime(
                wall: WallTime(millisecondsSinceEpoch: midnight + (hour * 60 + minute) * 60_000),
                monotonic: MonotonicInstant(nanoseconds: (hour * 60 + minute) * 60_000_000_000), boot: BootID("b"),
                isWallTrusted: trusted)
        }
        var daily = DailyComparison(hour: 3, zone: .china)
        #expect(daily.due(at: at(2, minute: 59)) == nil && daily.due(at: at(3, trusted: false)) == nil)
        #expect(daily.due(at: at(3)) == day.before)
        daily.failed(at: at(3))
        #expect(daily.due(at: at(3, minute: 9)) == nil && daily.due(at: at(3, minute: 10)) == day.before)
        daily.finished(day.before)
        #expect(daily.due(at: at(4)) == nil && daily.due(at: at(26)) == nil && daily.due(at: at(27)) == day)
    }
}
