// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import NativePad
import PadProtocol
import RatingModel
import Testing

/// How the gateway lends a bus to its pads (firmware-protocol.md section 4.5).
@Suite struct BusTests {
    @Test func `each pad has its turn and is asked who it is`() {
        var line = BusLine([3, 1, 2])
        let actions = line.play(5)
        // Each welcome is put in between, so that nobody waits for a round to be let in.
        #expect(line.turns.map(\.address) == [1, 1, 2, 2, 3])
        #expect(actions.identities.map(\.device) == [1, 2, 3].map(BusLine.device))
    }

    @Test func `a press names its address and an acknowledgement waits for no round`() {
        var line = BusLine([1, 2, 3, 4])
        line.play(12)
        let press = line.play(4, presses: [2: PadLine.press(1)]).presses.first
        #expect(press?.address == 2 && press?.key.device == BusLine.device(2))
        guard let press else { return }
        line.turns = []
        line.tell(.recorded(press.key))
        line.play(2)
        #expect(
            line.turns.contains { $0.address == 2 && $0.message == .acknowledge(log: PadLine.log, sequence: 1) },
            "\(line.turns)")
    }

    @Test func `with nothing to say a turn is a keep-alive`() {
        var line = BusLine([7])
        line.play(6)
        line.turns = []
        line.play(3)
        #expect(line.turns.map(\.message) == [.keepAlive, .keepAlive, .keepAlive])
    }

    @Test func `an absent pad is asked in every tenth round only`() {
        var line = BusLine([1, 2])
        let actions = line.play(12, absent: [2])
        #expect(actions.observations.contains(.absent(2)) && !actions.observations.contains(.silent))
        line.turns = []
        line.play(44, absent: [2])
        let asked = line.turns.count { $0.address == 2 }
        #expect(asked == 4, "\(asked) of \(line.turns.count) turns")
        line.turns = []
        #expect(line.play(22).observations.contains(.present(2)))
    }

    @Test func `a bus on which nobody answers is opened anew after a minute`() {
        var line = BusLine([1, 2])
        var actions: [DriverAction] = []
        while line.milliseconds < 62_000, line.pollAt != nil { actions += line.runOut() }
        #expect(actions.observations.count { $0 == .silent } == 1)
        #expect(actions.contains { if case .close = $0 { true } else { false } })
        #expect(line.milliseconds > 60_000 && line.milliseconds < 62_000)
    }

    @Test func `commands reach the address they are for, the time reaches all at once`() {
        var line = BusLine([1, 2])
        line.play(8)
        line.turns = []
        line.tell(.command(.prompt(9, timeout: .seconds(10)), at: 2))
        line.tell(.command(.setTime(WallTime(millisecondsSinceEpoch: 5)), at: 1))
        line.tell(.command(.setTime(WallTime(millisecondsSinceEpoch: 5)), at: 2))
        line.play(5)
        let prompts = line.turns.filter { if case .prompt = $0.message { true } else { false } }
        #expect(prompts.map(\.address) == [2])
        let times = line.turns.filter { if case .time = $0.message { true } else { false } }
        #expect(times.map(\.address) == [127])
    }

    @Test func `echoes are passed over, foreign addresses are named`() {
        var line = BusLine([1])
        line.play(4)
        let echo = line.tell(.received(HostMessage.keepAlive.encoded(to: 1)))
        #expect(echo.observations == [])
        #expect(line.hear(.idle, from: 9).observations == [.badFrame(reason: "address 9 is not configured")])
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func `garbage is outlived`(_ seed: UInt64) {
        #expect(conformance.driverOutlivesGarbage(seed: seed, bytes: 30_000) == [])
    }

    @Test func `traces are understood however they are split`() {
        #expect(conformance.tracesAreUnderstood() == [])
        #expect(conformance.splittingChangesNothing() == [])
        #expect(conformance.tracesOutliveTruncation() == [])
        #expect(conformance.memoryIsBounded() == [])
        #expect(conformance.pressesAreWellFormed() == [])
    }

    private let conformance = DriverConformance(
        traces: [
            .init(
                "presses of two pads",
                PadMessage.hello(PadLine.hello(pad: 1)).encoded(from: 1)
                    + PadMessage.press(PadLine.press(1)).encoded(from: 1)
                    + PadMessage.hello(PadLine.hello(pad: 2)).encoded(from: 2)
                    + PadMessage.press(PadLine.press(1)).encoded(from: 2), presses: 2)
        ], makeDriver: { NativeBusDriver(BusSettings(addresses: [1, 2])) })
}

/// The same stream in reports of a fixed size (firmware-protocol.md section 4.4).
@Suite struct ReportTests {
    @Test func `a frame is cut into whole reports, each behind its number`() {
        var driver = NativeReportDriver(reportBytes: 8)
        let now = MonotonicInstant(nanoseconds: 0)
        let sent = driver.handle(.opened(nonce: 0x0123_4567_89AB_CDEF), at: now).compactMap { action -> [UInt8]? in
            if case .send(let report) = action { report } else { nil }
        }
        #expect(sent.count == 3 && sent.allSatisfy { $0.count == 9 && $0[0] == 0 })
        let stream = sent.flatMap { $0.dropFirst() }
        #expect(
            Array(stream.prefix(19)) == HostMessage.ask(versions: .spoken, nonce: 0x0123_4567_89AB_CDEF).encoded())
        #expect(stream.dropFirst(19).allSatisfy { $0 == 0 })
    }

    @Test func `padded reports are heard`() {
        var driver = NativeReportDriver(reportBytes: 64)
        let now = MonotonicInstant(nanoseconds: 0)
        _ = driver.handle(.opened(nonce: 5), at: now)
        var bytes = PadMessage.hello(PadLine.hello()).encoded() + PadMessage.press(PadLine.press(1)).encoded()
        bytes += [UInt8](repeating: 0, count: 64 - bytes.count % 64)
        var presses = 0
        for start in stride(from: 0, to: bytes.count, by: 64) {
            presses += driver.handle(.received(Array(bytes[start..<start + 64])), at: now).presses.count
        }
        #expect(presses == 1)
    }
}
