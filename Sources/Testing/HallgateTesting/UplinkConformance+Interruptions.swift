// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

extension UplinkConformance {
    mutating func checkCancellation() async throws {
        let before = try await fixture.storedRatings()
        try await behave(.silent)
        let started = ContinuousClock.now
        let report = try await interrupted(batch(1...2), after: .milliseconds(50)) { $0.cancelAll() }
        let took = started.duration(to: .now)
        expect(took < .seconds(5), "a cancelled call took \(took)")
        if fixture.impossible(.silent) == nil { expectUnreachable(report, "a cancelled call") }
        try await behave(.well)
        expectHeld(try await retried(batch(1...2)), of: 2, "after a cancelled call")
        try await expectStored(before + 2, "after a cancelled call")
    }

    mutating func checkConcurrency() async throws {
        let before = try await fixture.storedRatings()
        let batches = (1...4).map { batch($0 * 10 + 1...$0 * 10 + 5) }
        let reports = await withTaskGroup(of: DeliveryReport.self) { [uplink = await fixture.uplink] group in
            for batch in batches { group.addTask { await uplink.deliver(batch) } }
            var reports: [DeliveryReport] = []
            for await report in group { reports.append(report) }
            return reports
        }
        for report in reports { expect(report, all: .accepted, of: 5, "calls at the same time") }
        try await expectStored(before + 20, "calls at the same time")
    }

    /// Either side is restarted while a batch is on its way; whatever was said of it, it is held once in the end.
    mutating func checkRestartsInMidExchange() async throws {
        for (number, pause) in [Duration.zero, .milliseconds(20), .milliseconds(300)].enumerated() {
            for (side, offset) in [(Restarts.far, 100), (.near, 200)] {
                let before = try await fixture.storedRatings()
                let ratings = batch(offset + number * 10 + 1...offset + number * 10 + 5)
                try await behave(.slow)
                let fixture = fixture
                let report = try await interrupted(ratings, after: pause) { group in
                    if side == .near { group.cancelAll() }
                    if side == .far { try await fixture.restartFarSide() }
                }
                if side == .near { try await fixture.restartNearSide() }
                let when = "\(side.rawValue) \(pause) into an exchange"
                if case .refusedWhole = report { complain("\(when): \(report)") }
                if case .answered(let outcomes) = report {
                    let held = outcomes.count { $0.verdict == .accepted || $0.verdict == .duplicate }
                    if held == outcomes.count { try await expectStored(before + held, when) }
                    expect(!outcomes.contains { $0.verdict == .rejected }, "\(when): \(outcomes)")
                }
                try await behave(.well)
                expectHeld(try await retried(ratings), of: 5, "after \(when)")
                try await expectStored(before + 5, "after \(when)")
            }
        }
    }

    /// Exchanges until the region speaks of the batch, whether or not this pass restarts anything.
    private mutating func retried(_ batch: [OutgoingRecord]) async throws -> DeliveryReport {
        let end = ContinuousClock.now + Self.patience
        var report = try await delivered(batch)
        while case .unreachable = report, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
            report = try await delivered(batch)
        }
        return report
    }

    private func interrupted(
        _ batch: [OutgoingRecord], after pause: Duration,
        _ interrupt: (inout ThrowingTaskGroup<DeliveryReport, any Error>) async throws -> Void
    ) async throws -> DeliveryReport {
        try await withThrowingTaskGroup(of: DeliveryReport.self) { [uplink = await fixture.uplink] group in
            group.addTask { await uplink.deliver(batch) }
            try await Task.sleep(for: pause)
            try await interrupt(&group)
            return try await group.next() ?? .answered([])
        }
    }
}
