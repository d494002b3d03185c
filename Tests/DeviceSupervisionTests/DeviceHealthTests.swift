// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import OperatorAPI
import RatingModel
import Testing

@testable import DeviceSupervision

/// How a device is, from what its line saw.
@Suite struct DeviceHealthTests {
    private let start = MonotonicInstant(nanoseconds: 0)

    private func press(prompt: PromptNumber? = nil, age: Duration? = .zero) -> CapturedPress {
        CapturedPress(
            key: PressKey(device: DeviceID("pad"), log: 1, sequence: 1),
            outcome: .rated(.dissatisfied, key: 4, label: "不满意"),
            prompt: prompt, age: age, lifetimeCount: 77, driver: "none", rawFrame: [1])
    }

    @Test func `what is wrong is counted by its cause`() {
        var line = LineState()
        for observation in [
            DeviceObservation.garbage(bytes: 3), .badFrame(reason: "checksum"), .badFrame(reason: "fields"), .repeated,
            .repeated, .supply(millivolts: 4980), .health(waiting: 2, lifetimeCount: 9),
        ] { _ = line.handle(.observed(observation), at: start) }
        #expect(line.counters.resyncBytes == 3 && line.counters.repeats == 2)
        #expect(line.counters.checksumErrors == 1 && line.counters.otherBadFrames == 1)
        #expect(line.waiting == 2 && line.lifetimeCount == 9 && line.supplyMillivolts == 4980)
    }

    @Test func `a full log counts as full until a press is recorded`() {
        var line = LineState()
        _ = line.handle(.opened, at: start)
        _ = line.handle(.observed(.logFull), at: start)
        #expect(line.isLogFull)
        _ = line.handle(.settled(.recorded), at: start)
        #expect(!line.isLogFull)
    }

    @Test func `a key held down is seen and forgotten`() {
        var line = LineState()
        for tick in 0..<19 { _ = line.handle(.pressed(press()), at: start.advanced(by: .milliseconds(200 * tick))) }
        #expect(!line.stuckKey.isStuck(at: start.advanced(by: .seconds(4))))
        _ = line.handle(.pressed(press()), at: start.advanced(by: .seconds(4)))
        #expect(line.stuckKey.isStuck(at: start.advanced(by: .seconds(4))))
        #expect(!line.stuckKey.isStuck(at: start.advanced(by: .seconds(65))))
    }

    @Test func `presses that were asked for or come out of a log are no stuck key`() {
        var watch = StuckKeyWatch()
        for number in 1..<200 {
            watch.pressed(prompt: PromptNumber(number), age: .zero, at: start)
            watch.pressed(prompt: nil, age: nil, at: start)
            watch.pressed(prompt: nil, age: .seconds(3600), at: start)
        }
        #expect(!watch.isStuck(at: start))
        watch.said(true)
        #expect(watch.isStuck(at: start))
    }

    @Test func `what the driver made of the bytes names no level`() {
        var line = LineState()
        _ = line.handle(.pressed(press(prompt: 5)), at: start)
        for _ in 0..<100 { _ = line.handle(.observed(.repeated), at: start) }
        _ = line.handle(.pressed(press(prompt: 5)), at: start)
        #expect(line.happenings.items.count == LineHappenings.most)
        #expect(line.happenings.items.last?.number == 102)
        #expect(line.happenings.items.last?.text == LocalText("press 1 to prompt 5: ●", "按键 1（应答提示 5）：●"))
    }

    @Test func `a device that is quiet for too long is stale`() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        let line = DeviceAssignment(
            line: DeviceLine(path: "/pad", baud: 9600), window: WindowID("A01"), driverName: "none",
            staleAfter: .seconds(60), makeDriver: { NoDriver() })
        try await bench.run([line]) {
            let connection = try #require(await bench.transport.connection("/pad"))
            connection.emit(.identified(DeviceIdentity(device: DeviceID("pad"), log: nil, model: "m", firmware: "1")))
            #expect(await eventually { await bench.status().state == .ready })
            bench.clock.advance(by: .seconds(61))
            #expect(await bench.status().state == .stale)
            #expect(await bench.status().health.secondsSinceHeard == 61)
            connection.emit(.observed(.answering))
            #expect(await eventually { await bench.status().state == .ready })
        }
    }

    /// On a line that returns what it is sent, a rating's own echo can pass for a key of staff.
    @Test func `the code of an unknown staff key is not told`() {
        var line = LineState()
        _ = line.handle(.staffKey(.other(3)), at: MonotonicInstant(nanoseconds: 0))
        let first = line.happenings.items.last?.text
        _ = line.handle(.staffKey(.other(2)), at: MonotonicInstant(nanoseconds: 1))
        #expect(first != nil && first == line.happenings.items.last?.text)
        #expect(first?.english.contains("3") == false)
    }
}
