// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import Synchronization
import Testing

@testable import VirtualPads

@Suite struct LineFaultTests {
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func aPressSurvivesBytesDisturbedOnTheWay(seed: UInt64) async throws {
        try await withRack(seed: seed) { rack, directory in
            let host = try ScriptedHost(link: "\(directory)/pad0")
            _ = try host.greet()
            rack.disturb(.toGateway, pieces: 1)
            rack.press(pad: 0, key: 3, level: 3)
            let press = try host.press()
            #expect(press.level == 3, "seed \(seed)")
            try await eventually("disturbed, seed \(seed)") { rack.report.disturbedToGateway == 1 }

            rack.disturb(.toPad, pieces: 1)
            try await eventually("armed") { rack.isIdle }
            host.say(.acknowledge(log: press.log, sequence: press.sequence))
            try await eventually("disturbed, seed \(seed)") { rack.report.disturbedToPad == 1 }
            // A byte too many between two frames does no harm, so the acknowledgement may have arrived after all.
            if rack.report.unacknowledged == 1 {
                let again = try host.press()
                #expect(again.sequence == press.sequence, "seed \(seed)")
                host.say(.acknowledge(log: again.log, sequence: again.sequence))
            }
            try await eventually("acknowledged, seed \(seed)") { rack.report.unacknowledged == 0 }
        }
    }

    @Test(arguments: Disturbance.allCases)
    func aDisturbanceAlwaysChangesTheBytesAndRepeatsForASeed(_ disturbance: Disturbance) {
        for seed in 0..<200 as Range<UInt64> {
            let bytes = (0..<UInt8(seed % 20 + 1)).map { $0 }
            var first = SeededGenerator(seed: seed)
            var second = SeededGenerator(seed: seed)
            let changed = disturbance.applied(to: bytes, using: &first)
            #expect(changed != bytes, "seed \(seed)")
            #expect(changed == disturbance.applied(to: bytes, using: &second), "seed \(seed)")
        }
    }

    @Test func aStrikeFallsWhileAPressWaitsForItsThanks() async throws {
        try await withRack { rack, directory in
            let host = try ScriptedHost(link: "\(directory)/pad0")
            _ = try host.greet()
            let waiting = Mutex(-1)
            async let report = rack.strike(after: .microseconds(300), patience: .seconds(5)) {
                waiting.withLock { $0 = 1 }
            }
            try await Task.sleep(for: .milliseconds(20))
            #expect(waiting.withLock { $0 } == -1, "nothing is pressed yet")
            rack.press(pad: 0, key: 1, level: 1)
            #expect(await report?.unacknowledged == 1)
            #expect(waiting.withLock { $0 } == 1)
            _ = try host.press()
        }
    }

    @Test func aStrikeWithoutAPressGivesUp() async throws {
        try await withRack { rack, _ in
            let fired = Mutex(false)
            let report = await rack.strike(after: .zero, patience: .milliseconds(50)) { fired.withLock { $0 = true } }
            #expect(report == nil)
            #expect(fired.withLock { $0 } == false)
        }
    }

    @Test func sharesOfTheAcknowledgementTimes() {
        var report = RackReport()
        #expect(report.acknowledgementMilliseconds(share: 0.5) == nil)
        report.acknowledgementMicroseconds = (1...100).reversed().map { UInt32($0) * 1000 }
        #expect(report.acknowledgementMilliseconds(share: 0.5) == 50)
        #expect(report.acknowledgementMilliseconds(share: 0.99) == 99)
        #expect(report.acknowledgementMilliseconds(share: 1) == 100)
        #expect(report.acknowledgementMilliseconds(share: .nan) == 1)
    }
}
