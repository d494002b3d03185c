// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Synchronization
import Testing
import UplinkAPI

private final class MemoryFixture: UplinkFixture {
    private let memory = Mutex(UplinkToMemory())
    private var now: UplinkToMemory { memory.withLock { $0 } }
    var uplink: any Uplink { now }

    func behave(_ behaviour: RegionBehaviour) {
        let memory = now
        memory.release()
        memory.forgetScript()
        memory.stand(.none)
        switch behaviour {
        case .well: break
        case .refusingWhole: memory.stand(.refusedWhole)
        case .rejectingOne: memory.script([.firstRejected])
        case .retrying: memory.stand(.allRetry)
        case .silentOnOne: memory.script([.firstUnknown])
        case .losingAnswers: memory.stand(.lostAnswer)
        case .failing: memory.stand(.failed)
        case .breakingSessions: memory.stand(.brokenSession)
        case .slow: memory.slow(by: .milliseconds(400))
        case .silent: memory.hold()
        }
    }

    func storedRatings() -> Int { now.region.stored.count }
    func restartFarSide() { now.restartRegion() }
    func restartNearSide() { memory.withLock { $0 = $0.reopened() } }
}

@Suite struct UplinkToMemoryTests {
    @Test func conformsToTheContract() async throws {
        #expect(try await UplinkConformance.complaints(of: MemoryFixture()) == [])
    }

    /// A suite that finds nothing wrong with anything proves nothing.
    @Test(arguments: LyingUplink.Lie.allCases)
    fileprivate func theSuiteSeesABrokenPromise(_ lie: LyingUplink.Lie) async throws {
        let complaints = try await UplinkConformance.complaints(of: LyingFixture(lie))
        #expect(!complaints.isEmpty, "\(lie) was not seen")
    }
}

/// An uplink that breaks one promise.
private struct LyingUplink: Uplink {
    enum Lie: Sendable, CaseIterable {
        case dropsWhatIsTooMuch, acceptsTheRefused, shufflesOutcomes, forgetsAfterRestart
    }

    let lie: Lie
    let memory: UplinkToMemory
    var name: UplinkName { memory.name }
    var limits: UplinkLimits { memory.limits }

    func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        let rest = Array(batch.prefix(limits.batchRecords))
        let report = await memory.deliver(lie == .dropsWhatIsTooMuch ? rest : batch)
        guard case .answered(var outcomes) = report else { return report }
        switch lie {
        case .dropsWhatIsTooMuch:
            outcomes += Array(repeating: DeliveryOutcome(.accepted, answer: ""), count: batch.count - rest.count)
        case .acceptsTheRefused:
            outcomes = outcomes.map { $0.verdict == .rejected ? DeliveryOutcome(.accepted, answer: "") : $0 }
        case .shufflesOutcomes: outcomes.reverse()
        case .forgetsAfterRestart: break
        }
        return .answered(outcomes)
    }

    func probe() async -> ProbeResult? { nil }
}

private final class LyingFixture: UplinkFixture {
    private let lie: LyingUplink.Lie
    private let honest = MemoryFixture()
    private let forgotten = Mutex(0)

    init(_ lie: LyingUplink.Lie) { self.lie = lie }

    var uplink: any Uplink {
        guard let memory = honest.uplink as? UplinkToMemory else { return honest.uplink }
        return LyingUplink(lie: lie, memory: memory)
    }

    func behave(_ behaviour: RegionBehaviour) { honest.behave(behaviour) }
    func storedRatings() -> Int { honest.storedRatings() - forgotten.withLock { $0 } }
    func restartFarSide() {
        honest.restartFarSide()
        if lie == .forgetsAfterRestart { forgotten.withLock { $0 = honest.storedRatings() } }
    }
    func restartNearSide() { honest.restartNearSide() }
}
