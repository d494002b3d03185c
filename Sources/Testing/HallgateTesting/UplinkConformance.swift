// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// What every implementation of ``UplinkAPI/Uplink`` promises; a check answers with what was not kept.
///
/// The same checks run four times: with both sides standing, and with the far side, the near side and both restarted
/// before every step. After a restart an exchange may fail once and is then made again, as a forwarder does; what was
/// promised of the ratings must hold all the same.
public struct UplinkConformance: Sendable {
    /// Which side is restarted before every step of a pass.
    enum Restarts: String, Sendable, CaseIterable {
        case none = "both sides standing"
        case far = "the far side restarted"
        case near = "the near side restarted"
        case both = "both sides restarted"
    }

    /// How long an exchange that fails after a restart is tried again.
    static let patience: Duration = .seconds(20)

    let fixture: any UplinkFixture
    var restarts = Restarts.none
    var complaints: [String] = []
    /// Samples are numbered from here on in the pass under way, so that each pass has ratings of its own.
    var base = 0
    /// Exchanges of the last ``delivered(_:)`` that failed before it was answered.
    var failedAttempts = 0

    private init(_ fixture: any UplinkFixture) { self.fixture = fixture }

    /// Runs every check on a fixture whose region is empty; answers the complaints, none if all is well.
    public static func complaints(of fixture: any UplinkFixture) async throws -> [String] {
        var suite = UplinkConformance(fixture)
        suite.checkExcuses()
        await suite.checkLimits()
        for (number, restarts) in Restarts.allCases.enumerated() {
            suite.restarts = restarts
            suite.base = number * 10_000
            try await suite.checkAcceptance()
            try await suite.checkRefusals()
            try await suite.checkPuttingOff()
            try await suite.checkFailures()
            try await suite.checkLostAnswer()
            try await suite.checkSlowAnswer()
            try await suite.checkOversizedBatch()
            try await suite.checkResponses()
            try await suite.checkInvitations()
        }
        suite.restarts = .none
        suite.base = 100_000
        try await suite.checkCancellation()
        try await suite.checkConcurrency()
        try await suite.checkRestartsInMidExchange()
        return suite.complaints
    }

    // MARK: Steps

    /// A step: whatever is to be restarted before it is, and the region behaves so from then on.
    func behave(_ behaviour: RegionBehaviour) async throws {
        try await restart()
        try await fixture.behave(fixture.impossible(behaviour) == nil ? behaviour : .well)
    }

    func restart() async throws {
        if restarts == .far || restarts == .both { try await fixture.restartFarSide() }
        if restarts == .near || restarts == .both { try await fixture.restartNearSide() }
    }

    /// A step: one exchange.
    func deliver(_ batch: [OutgoingRecord]) async throws -> DeliveryReport {
        try await restart()
        return await fixture.uplink.deliver(batch)
    }

    /// A step: exchanges until the region speaks of the batch, as a forwarder makes them.
    mutating func delivered(_ batch: [OutgoingRecord]) async throws -> DeliveryReport {
        failedAttempts = 0
        var report = try await deliver(batch)
        let end = ContinuousClock.now + Self.patience
        while restarts != .none, case .unreachable = report, ContinuousClock.now < end {
            failedAttempts += 1
            try await Task.sleep(for: .milliseconds(20))
            report = await fixture.uplink.deliver(batch)
        }
        if fixture.traits.isCarried, case .answered(let outcomes) = report, outcomes.contains(where: \.isWaiting) {
            try await fixture.carry()
            report = await fixture.uplink.deliver(batch)
        }
        return report
    }

    // MARK: Expectations

    func batch(_ numbers: ClosedRange<Int>) -> [OutgoingRecord] {
        numbers.map { UplinkSamples.outgoing(base + $0) }
    }

    mutating func complain(_ complaint: String) { complaints.append("\(restarts.rawValue): \(complaint)") }

    mutating func expect(_ isKept: Bool, _ complaint: @autoclosure () -> String) {
        if !isKept { complain(complaint()) }
    }

    /// Expects these verdicts, in the batch's order.
    ///
    /// A rating that went again after a failure may be told as a duplicate where it was to be accepted, and the other
    /// way round; without failures only where the way to the region cannot tell them apart.
    mutating func expect(_ report: DeliveryReport, _ verdicts: [DeliveryVerdict], _ when: String) {
        guard case .answered(let outcomes) = report else {
            return complain("\(when): expected \(verdicts.count) outcomes, got \(report)")
        }
        let told = outcomes.map(\.verdict)
        let isRight =
            told.count == verdicts.count
            && zip(told, verdicts).allSatisfy { told, expected in
                switch (told, expected) {
                case (.retry, .retry): true
                case (.accepted, .duplicate): failedAttempts > 0 || !fixture.traits.tellsDuplicates
                case (.duplicate, .accepted): failedAttempts > 0
                default: told == expected
                }
            }
        let failures = failedAttempts
        expect(isRight, "\(when): expected \(verdicts), got \(told) after \(failures) failures")
        expect(outcomes.allSatisfy { $0.answer.utf8.count <= 512 }, "\(when): a receipt of more than 512 bytes")
    }

    mutating func expect(_ report: DeliveryReport, all verdict: DeliveryVerdict, of count: Int, _ when: String) {
        expect(report, Array(repeating: verdict, count: count), when)
    }

    /// Expects that it is told as held, by whichever of the two words.
    mutating func expectHeld(_ report: DeliveryReport, of count: Int, _ when: String) {
        guard case .answered(let outcomes) = report else { return complain("\(when): \(report)") }
        let isHeld = outcomes.allSatisfy { $0.verdict == .accepted || $0.verdict == .duplicate }
        expect(outcomes.count == count && isHeld, "\(when): expected \(count) ratings held, got \(outcomes)")
    }

    mutating func expectUnreachable(_ report: DeliveryReport, _ when: String) {
        guard case .unreachable = report else { return complain("\(when): expected unreachable, got \(report)") }
    }

    /// Expects the region to hold so many, as soon as it can have counted them.
    mutating func expectStored(_ expected: Int, _ when: String) async throws {
        let end = ContinuousClock.now + fixture.traits.countingLag
        var stored = try await fixture.storedRatings()
        while stored != expected, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
            stored = try await fixture.storedRatings()
        }
        expect(stored == expected, "\(when): the region holds \(stored) ratings, expected \(expected)")
    }
}

extension DeliveryOutcome {
    /// Whether nothing is known yet.
    fileprivate var isWaiting: Bool {
        switch verdict {
        case .retry, .unknown, .awaitingReceipt: true
        case .accepted, .duplicate, .rejected: false
        }
    }
}
