// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import Logging
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// A clock that goes as the computer's does.
private struct RunningClock: GatewayClock {
    private static let start = ContinuousClock.now

    func now() -> CaptureTime {
        let (seconds, attoseconds) = Self.start.duration(to: .now).components
        let passed = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        return CaptureTime(
            wall: UplinkSamples.moment.wall,
            monotonic: MonotonicInstant(nanoseconds: UplinkSamples.moment.monotonic.nanoseconds + passed),
            boot: UplinkSamples.moment.boot, isWallTrusted: true)
    }
}

private struct Hall {
    let journal = MemoryJournal(uplinks: [UplinkName("region")])
    let uplink: UplinkToMemory
    let forwarder: RatingForwarder

    init(policy: DeliveryPolicy = DeliveryPolicy(firstBackOff: .milliseconds(20)), uplink: UplinkToMemory = .init()) {
        self.uplink = uplink
        forwarder = RatingForwarder(
            uplink: uplink, journal: journal, policy: policy, clock: RunningClock(), seed: 1,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    func record(_ numbers: some Sequence<Int>) async throws {
        for number in numbers { _ = try await journal.record([UplinkSamples.draft(number, for: uplink.name)]) }
        forwarder.wake()
    }

    var conservation: Conservation { get async throws { try await journal.conservation(for: uplink.name) } }

    /// Runs the forwarder around the body and stops it then.
    func whileRunning(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { [forwarder] group in
            group.addTask { await forwarder.run() }
            defer { forwarder.stop() }
            try await body()
        }
    }

    /// Waits at most twenty seconds, by real time; answers whether it became true.
    func becomes(_ isSo: () async throws -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now.advanced(by: .seconds(20))
        while ContinuousClock.now < deadline {
            if try await isSo() { return true }
            try await Task.sleep(for: .milliseconds(1))
        }
        return false
    }
}

@Suite struct RatingForwarderTests {
    @Test func aSingleRatingInAnIdleHallLeavesAtOnce() async throws {
        let hall = Hall()
        try await hall.whileRunning {
            #expect(try await hall.becomes { await hall.forwarder.status().state == .idle })
            // Without a wake it would wait without an end.
            for number in 1...20 {
                try await hall.record([number])
                #expect(try await hall.becomes { try await hall.conservation.delivered == Int64(number) })
            }
        }
        #expect(hall.uplink.region.arrivals.count == 20)
    }

    @Test func anIdleForwarderDoesNothing() async throws {
        let hall = Hall()
        try await hall.whileRunning {
            let isWaiting = try await hall.becomes {
                let status = await hall.forwarder.status()
                return status.progress > 1 && status.busySince == nil
            }
            #expect(isWaiting)
            let before = await hall.forwarder.status()
            try await Task.sleep(for: .milliseconds(100))
            #expect(await hall.forwarder.status() == before)
            #expect(before.waitsUntil == nil)
        }
    }

    @Test func failuresAreBackedOffFromAndShown() async throws {
        let hall = Hall()
        hall.uplink.script([.unreachable, .failed, .lostAnswer, .refusedWhole])
        try await hall.whileRunning {
            try await hall.record(1...8)
            #expect(try await hall.becomes { await hall.forwarder.status().lastFailure?.code == "uplink.model-fault" })
            #expect(try await hall.becomes { try await hall.conservation.delivered == 8 })
            let status = await hall.forwarder.status()
            #expect(status.lastFailure == nil)
            #expect(status.counters.failures == 3)
            #expect(status.lastAnswerAt != nil)
        }
        #expect(hall.uplink.region.doubledPresses == 0)
    }

    @Test func stoppingLetsTheExchangeUnderWayEnd() async throws {
        let hall = Hall()
        hall.uplink.hold()
        // Before the forwarder starts, so that all five are in its first batch.
        try await hall.record(1...5)
        try await hall.whileRunning {
            let isUnderWay = try await hall.becomes { hall.uplink.batches.count == 1 }
            #expect(isUnderWay)
            #expect(await hall.forwarder.status().state == .delivering)
            hall.forwarder.stop()
            hall.uplink.release()
        }
        #expect(try await hall.conservation.delivered == 5)
    }

    @Test func anExchangeThatDoesNotEndIsCutOffAtTheDrainLimit() async throws {
        let hall = Hall(policy: DeliveryPolicy(drainLimit: .milliseconds(50)))
        hall.uplink.hold()
        // Before the forwarder starts, so that all five are in its first batch.
        try await hall.record(1...5)
        let start = ContinuousClock.now
        try await hall.whileRunning {
            let isUnderWay = try await hall.becomes { hall.uplink.batches.count == 1 }
            #expect(isUnderWay)
        }
        #expect(start.duration(to: .now) < .seconds(5))
        #expect(try await hall.conservation.pending == 5)
    }

    @Test func cancellationEndsEverythingAndLosesNothing() async throws {
        let hall = Hall()
        hall.uplink.hold()
        try await hall.record(1...5)
        // The exchange does not end by itself: this returns by cancellation or not at all.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await hall.forwarder.run() }
            let isUnderWay = try await hall.becomes { hall.uplink.batches.count == 1 }
            #expect(isUnderWay)
            group.cancelAll()
        }
        let conservation = try await hall.conservation
        #expect(conservation.pending == 5 && conservation.inFlight == 0)
    }

    @Test func anIdleUplinkIsProbed() async throws {
        let hall = Hall(policy: DeliveryPolicy(probeInterval: .milliseconds(20)))
        hall.uplink.answerProbes(with: .answered)
        try await hall.whileRunning {
            let isProbed = try await hall.becomes { hall.uplink.probes >= 3 }
            #expect(isProbed)
            #expect(await hall.forwarder.status().lastAnswerAt != nil)
        }
    }

    @Test func aSignalSetFromManyTasksIsNeverLost() async throws {
        let signal = WakeSignal()
        for _ in 0..<300 {
            async let woken = signal.wait()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { signal.set() } }
            }
            #expect(await woken)
            // What was set after the wait ended is still there, once.
            if signal.isSet { #expect(await signal.wait()) }
            #expect(!signal.isSet)
        }
    }

    @Test func aCancelledWaitEndsWithoutASignal() async {
        let signal = WakeSignal()
        let woken = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await signal.wait() }
            group.cancelAll()
            return await group.next()
        }
        #expect(woken == false)
        signal.set()
        #expect(await signal.wait())
    }
}
