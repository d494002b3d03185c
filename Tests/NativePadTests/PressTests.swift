// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import RatingModel
import Testing

/// Presses on their way to the journal (firmware-protocol.md sections 2.3, 2.4, 3.2).
@Suite struct PressTests {
    @Test func `a press is captured with everything it said`() throws {
        var line = PadLine.welcomed()
        let frame = PadMessage.press(PadLine.press(42)).encoded()
        let actions = line.tell(.received(frame))
        let press = try #require(actions.presses.first)
        #expect(press.key == PadLine.key(42))
        #expect(press.outcome == .rated(.satisfied, key: 2, label: "满意"))
        #expect(press.prompt == 7 && press.age == .milliseconds(250) && press.lifetimeCount == 1042)
        #expect(press.driver == "native" && press.rawFrame.count == 33 && press.rawFrame[1] == 0x82)
        #expect(actions.messages == [], "nothing is acknowledged yet")
    }

    @Test func `results that are no ratings, no prompt and no age`() {
        var line = PadLine.welcomed()
        var report = PadLine.press(1, age: ProtocolLimits.unknownAge)
        report.prompt = 0
        (report.result, report.level, report.key) = (.timedOut, 0, 0)
        let timedOut = line.hear(.press(report)).presses
        #expect(timedOut.map(\.outcome) == [.timedOut] && timedOut.first?.prompt == nil && timedOut.first?.age == nil)
        (report.result, report.sequence) = (.cancelled, 2)
        #expect(line.hear(.press(report)).presses.map(\.outcome) == [.cancelled])
    }

    @Test func `recorded is acknowledged, refused is refused`() {
        var line = PadLine.welcomed()
        line.hear(.press(PadLine.press(1)), .press(PadLine.press(2)))
        #expect(line.tell(.recorded(PadLine.key(2))).messages == [.acknowledge(log: PadLine.log, sequence: 2)])
        #expect(line.tell(.refused(PadLine.key(1))).messages == [.refuse(log: PadLine.log, sequence: 1)])
        #expect(line.hear(.press(PadLine.press(1))).presses.count == 1, "a refused press is taken again")
    }

    @Test func `a press sent again waits for the journal's first answer, but not for ever`() {
        var line = PadLine.welcomed()
        line.hear(.press(PadLine.press(1)))
        line.wait(milliseconds: 4000)
        #expect(line.hear(.press(PadLine.press(1, age: 4250))) == [.observed(.repeated)])
        line.wait(milliseconds: 1000)
        #expect(line.hear(.press(PadLine.press(1, age: 5250))).presses.count == 1)
    }

    @Test func `a recorded press sent again is acknowledged again without the journal`() {
        var line = PadLine.welcomed()
        line.hear(.press(PadLine.press(1)))
        line.tell(.recorded(PadLine.key(1)))
        let again = line.hear(.press(PadLine.press(1, age: 9000)))
        #expect(again.presses == [] && again.messages == [.acknowledge(log: PadLine.log, sequence: 1)])
    }

    @Test func `a known sequence with another body goes to the journal`() {
        var line = PadLine.welcomed()
        line.hear(.press(PadLine.press(1, level: 1)))
        line.tell(.recorded(PadLine.key(1)))
        let forged = line.hear(.press(PadLine.press(1, level: 5)))
        #expect(forged.presses.count == 1 && forged.messages == [])
    }

    @Test func `a press of a log that said no hello is not taken, and the pad is asked`() {
        var line = PadLine.welcomed()
        let actions = line.hear(.press(PadLine.press(1, log: 99)))
        #expect(actions.presses == [] && actions.observations.count == 1)
        #expect(actions.messages == [.ask(versions: .spoken, nonce: 5)])
        #expect(line.hear(.press(PadLine.press(1, log: 99))) == [], "and asked once")
    }

    @Test func `before a hello no press is taken`() {
        var line = PadLine()
        line.tell(.opened(nonce: 1))
        #expect(line.hear(.press(PadLine.press(1))).presses == [])
        var closed = PadLine()
        #expect(closed.hear(.press(PadLine.press(1))) == [])
    }

    @Test func `answers about presses of another pad or log are dropped`() {
        var line = PadLine.welcomed()
        line.hear(.press(PadLine.press(1)))
        line.hear(.hello(PadLine.hello(pad: 7, log: 8)))
        #expect(line.tell(.recorded(PadLine.key(1))) == [])
        #expect(line.tell(.refused(PadLine.key(1))) == [])
        let huge = PressKey(device: DeviceID("native-0000000000000007"), log: 8, sequence: .max)
        #expect(line.tell(.recorded(huge)) == [])
    }

    @Test func `no observation tells a level`() {
        func observed(_ level: UInt8) -> [DeviceObservation] {
            var line = PadLine.welcomed()
            var actions = line.hear(.press(PadLine.press(1, level: level)))
            actions += line.hear(.press(PadLine.press(2, log: 99, level: level)))
            var bent = PadMessage.press(PadLine.press(3, level: level)).encoded()
            bent[20] ^= 0x40
            actions += line.tell(.received(bent))
            return actions.observations
        }
        for level in UInt8(2)...5 { #expect(observed(level) == observed(1)) }
    }
}
