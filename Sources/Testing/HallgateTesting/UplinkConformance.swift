// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
public import UplinkAPI

/// An uplink with a region that a conformance check can make misbehave.
public protocol UplinkFixture: Sendable {
    /// The uplink under test, which takes at least ten ratings at once.
    var uplink: any Uplink { get }
    /// From now on the region does so.
    func behave(_ behaviour: RegionBehaviour) async throws
    /// How many ratings the region holds.
    func storedRatings() async throws -> Int
}

/// How a region behaves.
public enum RegionBehaviour: Sendable, Hashable, CaseIterable {
    /// It takes each rating once.
    case well
    /// It refuses every batch as a whole and stores nothing.
    case refusingWhole
    /// It stores, and the answer is lost.
    case losingAnswers
    /// It answers with an error that says nothing of the ratings, and stores nothing.
    case failing
    /// It does not answer for a minute.
    case silent
}

/// What every implementation of ``UplinkAPI/Uplink`` promises; a check answers with what was not kept.
public struct UplinkConformance: Sendable {
    private let fixture: any UplinkFixture
    private var complaints: [String] = []

    private init(_ fixture: any UplinkFixture) { self.fixture = fixture }

    /// Runs every check on a fixture whose region is empty; answers the complaints, none if all is well.
    public static func complaints(of fixture: any UplinkFixture) async throws -> [String] {
        var suite = UplinkConformance(fixture)
        suite.checkLimits()
        try await suite.checkAcceptance()
        try await suite.checkRefusal()
        try await suite.checkFailure()
        try await suite.checkLostAnswer()
        try await suite.checkCancellation()
        try await suite.checkConcurrency()
        return suite.complaints
    }

    private mutating func expect(_ isKept: Bool, _ complaint: @autoclosure () -> String) {
        if !isKept { complaints.append(complaint()) }
    }

    private func batch(_ numbers: ClosedRange<Int>) -> [OutgoingRating] { numbers.map { UplinkSamples.outgoing($0) } }

    private mutating func expect(
        _ report: DeliveryReport, _ verdict: DeliveryVerdict, count: Int, _ when: String
    ) {
        guard case .answered(let outcomes) = report else {
            complaints.append("\(when): expected \(verdict) for each, got \(report)")
            return
        }
        expect(outcomes.count == count, "\(when): \(outcomes.count) outcomes for \(count) ratings")
        expect(outcomes.allSatisfy { $0.verdict == verdict }, "\(when): expected \(verdict), got \(outcomes)")
    }

    private mutating func checkLimits() {
        let limits = fixture.uplink.limits
        expect(
            (10...Limits.batchRecords).contains(limits.batchRecords),
            "a batch of \(limits.batchRecords) is out of range")
        expect(limits.leastInterval >= .zero, "the least interval is negative")
        expect(limits.ratingsPerCase >= 1, "the region takes no rating of a case")
        expect(!fixture.uplink.name.value.isEmpty, "the uplink has no name")
    }

    private mutating func checkAcceptance() async throws {
        try await fixture.behave(.well)
        expect(await fixture.uplink.deliver([]), .accepted, count: 0, "an empty batch")
        expect(await fixture.uplink.deliver(batch(1...10)), .accepted, count: 10, "a batch")
        expect(await fixture.uplink.deliver(batch(1...10)), .duplicate, count: 10, "the same batch again")
        let mixed = await fixture.uplink.deliver(batch(9...12))
        if case .answered(let outcomes) = mixed {
            let verdicts = outcomes.map(\.verdict)
            expect(verdicts == [.duplicate, .duplicate, .accepted, .accepted], "outcomes out of order: \(verdicts)")
            expect(outcomes.allSatisfy { $0.answer.utf8.count <= 512 }, "a receipt longer than a few hundred bytes")
        } else {
            complaints.append("a mixed batch: \(mixed)")
        }
        let stored = try await fixture.storedRatings()
        expect(stored == 12, "the region holds \(stored) ratings of 12")
    }

    private mutating func checkRefusal() async throws {
        try await fixture.behave(.refusingWhole)
        let report = await fixture.uplink.deliver(batch(21...24))
        if case .refusedWhole = report {} else { complaints.append("a batch refused whole: \(report)") }
        try await fixture.behave(.well)
        expect(await fixture.uplink.deliver(batch(21...24)), .accepted, count: 4, "after a refusal")
    }

    private mutating func checkFailure() async throws {
        try await fixture.behave(.failing)
        let report = await fixture.uplink.deliver(batch(31...34))
        if case .unreachable = report {} else { complaints.append("a region that fails: \(report)") }
        try await fixture.behave(.well)
        expect(await fixture.uplink.deliver(batch(31...34)), .accepted, count: 4, "after a failure")
    }

    private mutating func checkLostAnswer() async throws {
        let before = try await fixture.storedRatings()
        try await fixture.behave(.losingAnswers)
        let report = await fixture.uplink.deliver(batch(41...44))
        if case .unreachable(_, mayHaveArrived: true, _) = report {
        } else {
            complaints.append("a lost answer must be said to may have arrived: \(report)")
        }
        try await fixture.behave(.well)
        expect(await fixture.uplink.deliver(batch(41...44)), .duplicate, count: 4, "after a lost answer")
        let stored = try await fixture.storedRatings()
        expect(stored == before + 4, "a resend after a lost answer stored \(stored - before) ratings of 4")
    }

    private mutating func checkCancellation() async throws {
        try await fixture.behave(.silent)
        let started = ContinuousClock.now
        let report = await withTaskGroup(of: DeliveryReport.self) {
            [uplink = fixture.uplink, ratings = batch(51...52)] group in
            group.addTask { await uplink.deliver(ratings) }
            try? await Task.sleep(for: .milliseconds(50))
            group.cancelAll()
            return await group.next()
        }
        let took = started.duration(to: .now)
        expect(took < .seconds(5), "a cancelled call took \(took)")
        if case .unreachable = report {} else { complaints.append("a cancelled call: \(String(describing: report))") }
        try await fixture.behave(.well)
    }

    private mutating func checkConcurrency() async throws {
        let reports = await withTaskGroup(of: DeliveryReport.self) { [uplink = fixture.uplink] group in
            for tens in 6...9 {
                group.addTask { await uplink.deliver((tens * 10...tens * 10 + 4).map { UplinkSamples.outgoing($0) }) }
            }
            var reports: [DeliveryReport] = []
            for await report in group { reports.append(report) }
            return reports
        }
        for report in reports { expect(report, .accepted, count: 5, "calls at the same time") }
    }
}
