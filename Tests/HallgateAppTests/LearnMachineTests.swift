// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Which device a person just pressed.
@Suite struct LearnMachineTests {
    private let start = MonotonicInstant(nanoseconds: 0)

    private func machine() -> LearnMachine { LearnMachine(until: start.advanced(by: .seconds(60))) }

    private func sign(
        _ kind: LearnEvidence.Kind, path: String = "/dev/a", driver: String = "native", age: Duration? = .zero,
        address: BusAddress? = nil, baud: Int? = 9600, score: Int = 0
    ) -> LearnEvidence {
        LearnEvidence(
            path: path, baud: baud, driver: driver, kind: kind, address: address,
            device: driver == "native" ? "native-1" : nil, age: age, score: score)
    }

    private let key = LearnEvidence.Kind.press(key: 2, label: "满意")

    @Test func `a fresh press decides at once`() {
        var machine = machine()
        #expect(machine.handle(sign(.identity, path: "/dev/b"), at: start) == .waiting)
        #expect(machine.handle(sign(key), at: start) == .pressed([sign(key)]))
    }

    @Test func `a press out of a log does not decide between two`() {
        var machine = machine()
        let old = sign(key, age: .seconds(3600))
        #expect(machine.handle(old, at: start) == .waiting)
        #expect(machine.handle(sign(key, path: "/dev/b", age: nil), at: start) == .waiting)
        let end = start.advanced(by: .seconds(60))
        #expect(machine.tick(at: end) == .undecided([old, sign(key, path: "/dev/b", age: nil)]))
    }

    @Test func `the only one that answered is taken when the time is over`() {
        var machine = machine()
        _ = machine.handle(sign(.identity), at: start)
        #expect(machine.tick(at: start.advanced(by: .seconds(59))) == .waiting)
        #expect(machine.tick(at: start.advanced(by: .seconds(60))) == .onlyOne(sign(.identity)))
    }

    @Test func `a code waits for a driver that knows better`() {
        var machine = machine()
        #expect(machine.handle(sign(.code("1"), driver: "scanner"), at: start) == .waiting)
        let press = sign(key, driver: "queue-bus", address: 3)
        #expect(machine.handle(press, at: start.advanced(by: .milliseconds(400))) == .waiting)
        #expect(machine.tick(at: start.advanced(by: .seconds(1))) == .pressed([press]))
        var other = self.machine()
        _ = other.handle(sign(.code("A1"), driver: "scanner"), at: start)
        #expect(other.tick(at: start.advanced(by: .seconds(1))) == .pressed([sign(.code("A1"), driver: "scanner")]))
    }

    @Test func `what a keyboard types in one go is a scanner's, and a digit with enter is a pad's`() {
        let digit = sign(.press(key: 4, label: "3"), driver: "keyboard", baud: nil)
        let code = sign(.code("3141"), driver: "scanner", baud: nil)
        var machine = machine()
        #expect(machine.handle(digit, at: start) == .waiting)
        #expect(machine.handle(code, at: start.advanced(by: .milliseconds(300))) == .waiting)
        #expect(machine.tick(at: start.advanced(by: .milliseconds(700))) == .pressed([code]))
        machine = self.machine()
        _ = machine.handle(digit, at: start)
        _ = machine.handle(sign(.code("3"), driver: "scanner", baud: nil), at: start)
        #expect(machine.tick(at: start.advanced(by: .milliseconds(700))) == .pressed([digit]))
        #expect(machine.endsWithEnter == ["/dev/a"])
    }

    @Test func `of two drivers that understand the one that fits the hardware is taken`() {
        let (plain, fitting) = (sign(key, driver: "framed"), sign(key, driver: "queue-bus", score: 1))
        var machine = machine()
        _ = machine.handle(plain, at: start)
        _ = machine.handle(fitting, at: start)
        #expect(machine.tick(at: start.advanced(by: .seconds(1))) == .pressed([fitting]))
    }

    @Test func `several pads of a line are taken in the order of their presses, each once`() {
        var machine = LearnMachine(until: start.advanced(by: .seconds(60)), pads: 2)
        let press = { (address: BusAddress) in self.sign(self.key, driver: "queue-bus", address: address) }
        _ = machine.handle(press(4), at: start)
        let later = start.advanced(by: .seconds(1))
        #expect(machine.tick(at: later) == .waiting && machine.left == 1)
        #expect(machine.handle(press(4), at: later) == .waiting)
        #expect(machine.handle(sign(key, path: "/dev/b", driver: "queue-bus", address: 5), at: later) == .waiting)
        #expect(machine.handle(press(2), at: later) == .pressed([press(4), press(2)]))
        machine = LearnMachine(until: start.advanced(by: .seconds(60)), pads: 2)
        _ = machine.handle(press(4), at: start)
        _ = machine.handle(press(2), at: start.advanced(by: .milliseconds(100)))
        #expect(machine.tick(at: later) == .pressed([press(4), press(2)]), "in quick succession")
        machine = LearnMachine(until: start.advanced(by: .seconds(60)), pads: 2)
        _ = machine.handle(press(4), at: start)
        _ = machine.tick(at: later)
        #expect(machine.tick(at: start.advanced(by: .seconds(60))) == .pressed([press(4)]), "what there is")
    }

    @Test func `keys of a HID device wait until all are known`() {
        var machine = LearnMachine(until: start.advanced(by: .seconds(60)), keys: 2)
        let first = sign(.reports(values: [1]), driver: "hid", baud: nil)
        #expect(machine.handle(first, at: start) == .waiting)
        let both = sign(.reports(values: [1, 2]), driver: "hid", baud: nil)
        #expect(machine.handle(both, at: start) == .pressed([both]))
    }

    @Test func `silence decides nothing`() {
        let machine = machine()
        var silent = machine
        #expect(silent.tick(at: start.advanced(by: .seconds(60))) == .undecided([]))
    }
}
