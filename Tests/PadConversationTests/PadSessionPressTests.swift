// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import PadSession
import Testing

/// The log and its way to the gateway (firmware-protocol.md sections 1.4, 2.3, 2.4, 3.2).
@Suite struct PadSessionPressTests {
    private func open(_ bench: PadBench = .welcomed()) -> PadBench {
        var bench = bench
        bench.hear(.welcome(version: 1))
        return bench
    }

    @Test func `a press is written first and sent once it is confirmed`() {
        var bench = open()
        let actions = bench.tell(.keyPressed(key: 3, level: 2))
        let entry = PadLogEntry(
            sequence: 1, lifetimeCount: 101, prompt: 0, result: .rated, level: 2, key: 3, pressedAtMilliseconds: 0)
        #expect(actions == [.append(entry), .signal(.pressed)])
        #expect(bench.wait(milliseconds: 1000).said == [], "not confirmed yet")
        let press = PressReport(
            log: PadBench.log, sequence: 1, lifetimeCount: 101, ageMilliseconds: 1000, prompt: 0, result: .rated,
            level: 2, key: 3)
        #expect(bench.tell(.appended(sequence: 1)).said == [.press(press)])
    }

    @Test func `only an acknowledgement of this log and sequence trims, once, and thanks`() {
        var bench = open()
        bench.press()
        #expect(bench.acknowledge(1, log: 5) == [] && bench.acknowledge(2) == [])
        #expect(bench.acknowledge(1) == [.trim(sequence: 1), .signal(.thanks)])
        #expect(bench.acknowledge(1) == [])
    }

    @Test func `an acknowledgement of what was never sent is nobody's`() {
        var bench = open()
        bench.tell(.keyPressed(key: 1, level: 1))
        #expect(bench.acknowledge(1) == [])
        #expect(bench.tell(.appended(sequence: 1)).sequences == [1])
    }

    @Test func `a press that cannot be written is a fault and is never sent`() {
        var bench = open()
        bench.tell(.keyPressed(key: 1, level: 1))
        #expect(bench.tell(.appendFailed(sequence: 1)) == [.signal(.fault)])
        #expect(bench.wait(milliseconds: 60_000) == [])
        #expect(bench.press().sequences == [2], "its sequence is not used again")
    }

    @Test func `an unanswered press is sent again at doubling intervals, for ever`() {
        var bench = open()
        bench.press()
        var gaps: [UInt64] = []
        var last: UInt64 = 0
        while gaps.count < 8 {
            if bench.wait(milliseconds: 100).sequences == [1] {
                gaps.append(bench.now - last)
                last = bench.now
            }
        }
        #expect(gaps == [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000])
    }

    @Test func `after three seconds the pad says that it keeps the press, and later thanks nobody`() {
        var bench = open()
        bench.press()
        #expect(bench.wait(milliseconds: 2999).signals == [])
        #expect(bench.wait(milliseconds: 1).signals == [.kept])
        #expect(bench.acknowledge(1) == [.trim(sequence: 1)])
    }

    @Test func `a refused press is a fault, is kept, and is sent again after thirty seconds`() {
        var bench = open()
        bench.press()
        #expect(bench.hear(.refuse(log: PadBench.log, sequence: 1)) == [.signal(.fault)])
        #expect(bench.wait(milliseconds: 29_999).sequences == [])
        #expect(bench.wait(milliseconds: 1).sequences == [1])
        #expect(bench.acknowledge(1) == [.trim(sequence: 1)])
    }

    @Test func `four presses are on their way at most, and refused ones give up their place`() {
        var bench = open()
        let sent = (0..<6).flatMap { _ in bench.press().sequences }
        #expect(sent == [1, 2, 3, 4])
        #expect(bench.hear(.refuse(log: PadBench.log, sequence: 2)).sequences == [5])
        #expect(bench.acknowledge(1).sequences == [6])
    }

    @Test func `a full log takes nothing, counts, and reports itself`() {
        var bench = open(.welcomed(capacity: 2))
        bench.press()
        let filling = bench.tell(.keyPressed(key: 1, level: 1))
        let full = PadHealth(isPaused: false, isLogFull: true, waiting: 2, lifetimeCount: 102, uptimeSeconds: 0)
        #expect(filling.said == [.health(full)])
        bench.tell(.appended(sequence: 2))
        #expect(bench.tell(.keyPressed(key: 1, level: 1)) == [.signal(.logFull)])
        let room = bench.acknowledge(1)
        #expect(room.said.contains { if case .health(let health) = $0 { !health.isLogFull } else { false } })
        #expect(
            bench.press().said.contains { if case .press(let press) = $0 { press.lifetimeCount == 104 } else { false } }
        )
    }

    @Test func `a log whose sequences are used up takes nothing`() {
        var bench = open(.welcomed(nextSequence: .max))
        #expect(bench.tell(.keyPressed(key: 1, level: 1)).signals == [.logFull])
    }

    @Test func `entries from before a power cut are sent without an age, and thank nobody`() {
        let waiting = [PadBench.entry(7), PadBench.entry(8)]
        var bench = PadBench.welcomed(waiting: waiting, nextSequence: 9)
        let actions = bench.hear(.welcome(version: 1))
        #expect(actions.sequences == [7, 8])
        for case .press(let press) in actions.said { #expect(press.ageMilliseconds == ProtocolLimits.unknownAge) }
        #expect(bench.acknowledge(8) == [.trim(sequence: 8)])
        #expect(bench.press().sequences == [9])
    }

    @Test func `a new session makes everything due at once`() {
        var bench = open()
        bench.press()
        bench.hear(.refuse(log: PadBench.log, sequence: 1))
        bench.press()
        bench.hear(.ask(versions: .spoken, nonce: 9))
        #expect(bench.hear(.welcome(version: 1)).sequences == [1, 2])
        #expect(bench.hear(.welcome(version: 1)).sequences == [], "a second welcome changes nothing")
    }
}
