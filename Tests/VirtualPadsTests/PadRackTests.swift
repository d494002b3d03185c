// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import PadProtocol
import Testing
import VirtualPads

@Suite struct PadRackTests {
    @Test func aVisitIsThankedOnlyAfterTheAcknowledgement() async throws {
        try await withRack { rack, directory in
            let host = try ScriptedHost(link: "\(directory)/pad0")
            let hello = try host.greet()
            #expect(hello.padID == 0xA000)
            #expect(hello.log == 0xB000)
            async let outcome = rack.receive(visit(9, level: 4), pad: 0)
            host.say(.prompt(number: 9, milliseconds: 10_000))
            let press = try host.press()
            #expect(press.prompt == 9)
            #expect(press.level == 4)
            #expect(press.sequence == 1)
            let before = try PadMemoryContents.read(path: "\(directory)/pad0.memory")
            #expect(before.presses.map(\.level) == [4], "the press is in memory before it is on the wire")
            #expect(before.unacknowledged.count == 1)
            #expect(rack.report.acknowledgementMicroseconds.isEmpty)
            host.say(.acknowledge(log: press.log, sequence: press.sequence))
            #expect(await outcome == .thanked)
            try #expect(PadMemoryContents.read(path: "\(directory)/pad0.memory").unacknowledged.isEmpty)
            #expect(rack.report.acknowledgementMicroseconds.count == 1)
            #expect(rack.report.pressed == 1)
        }
    }

    @Test func nothingIsPressedForAPromptThatDoesNotShow() async throws {
        try await withRack { rack, directory in
            let host = try ScriptedHost(link: "\(directory)/pad0")
            _ = try host.greet()
            host.say(.prompt(number: 8, milliseconds: 10_000))
            let outcome = await rack.receive(visit(9, patience: .milliseconds(100)), pad: 0)
            #expect(outcome == .notShown)
            #expect(rack.report.pressed == 0)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func nobodyWaitsForARackThatHasStopped() async throws {
        try await withRack { rack, _ in
            async let visits = withTaskGroup(of: VisitOutcome.self) { group in
                for prompt in 1...200 as ClosedRange<UInt32> {
                    group.addTask { await rack.receive(visit(prompt, patience: .seconds(3600)), pad: 0) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            async let strike = rack.strike(after: .zero, patience: .seconds(3600)) {}
            rack.stop()
            #expect(await visits == Array(repeating: .notShown, count: 200))
            #expect(await strike == nil)
            #expect(await rack.receive(visit(1, patience: .seconds(3600)), pad: 0) == .notShown)
        }
    }

    @Test func aPausedPadTakesNoPress() async throws {
        try await withRack { rack, directory in
            let host = try ScriptedHost(link: "\(directory)/pad0")
            _ = try host.greet()
            host.say(.pause)
            _ = try host.expect { if case .health(let health) = $0, health.isPaused { health } else { nil } }
            rack.press(pad: 0, key: 1, level: 1)
            host.say(.keepAlive)
            _ = try host.expect { if case .health(let health) = $0 { health } else { nil } }
            #expect(rack.report.pressed == 0)
        }
    }

    @Test(arguments: [0, 3, 1000])
    func aPlugPulledInMidPressLosesNothing(bytesSent: Int) async throws {
        try await withRack { rack, directory in
            let host = try ScriptedHost(link: "\(directory)/pad0")
            _ = try host.greet()
            async let outcome = rack.receive(visit(5, level: 1, unplugAfterBytes: bytesSent), pad: 0)
            host.say(.prompt(number: 5, milliseconds: 10_000))
            #expect(await outcome == .kept)
            #expect(host.waitForHangUp())
            #expect(rack.report.unpluggedInMidPress == 1)
            #expect(rack.report.pluggedIn == 0)

            rack.plugIn(pad: 0)
            try await eventually("plugged in again") { rack.report.pluggedIn == 1 }
            let second = try ScriptedHost(link: "\(directory)/pad0")
            _ = try second.greet(nonce: 8)
            let press = try second.press()
            #expect(press.sequence == 1)
            #expect(press.log == 0xB000)
            #expect(press.prompt == 5)
            #expect(press.ageMilliseconds == ProtocolLimits.unknownAge, "a pad that lost power cannot know the age")
            second.say(.acknowledge(log: press.log, sequence: press.sequence))
            try await eventually("acknowledged") { rack.report.unacknowledged == 0 }
        }
    }

    @Test func aPadComesBackByItself() async throws {
        try await withRack { rack, directory in
            let host = try ScriptedHost(link: "\(directory)/pad0")
            rack.unplug(pad: 0, replugAfter: .milliseconds(50))
            #expect(host.waitForHangUp())
            try await eventually("plugged in again") { access("\(directory)/pad0", F_OK) == 0 }
            _ = try ScriptedHost(link: "\(directory)/pad0").greet()
        }
    }

    @Test func sixtyFourPadsShareOneThread() async throws {
        try await withRack(pads: 64) { rack, directory in
            let hosts = try (0..<64).map { try ScriptedHost(link: "\(directory)/pad\($0)") }
            for host in hosts { _ = try host.greet() }
            for pad in 0..<64 { rack.press(pad: pad, key: 1, level: UInt8(pad % 5 + 1)) }
            for (pad, host) in hosts.enumerated() {
                let press = try host.press()
                #expect(press.log == 0xB000 + UInt64(pad))
                host.say(.acknowledge(log: press.log, sequence: press.sequence))
            }
            try await eventually("all thanked") { rack.report.acknowledgementMicroseconds.count == 64 }
            #expect(rack.report.unacknowledged == 0)
        }
    }
}
