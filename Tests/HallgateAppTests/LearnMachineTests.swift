// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import HallgateApp

/// Which device a person just pressed.
@Suite struct LearnMachineTests {
    private let start = MonotonicInstant(nanoseconds: 0)

    private func machine() -> LearnMachine { LearnMachine(until: start.advanced(by: .seconds(60))) }

    private func sign(
        _ kind: LearnEvidence.Kind, path: String = "/dev/a", driver: String = "native", age: Duration? = .zero
    ) -> LearnEvidence {
        LearnEvidence(path: path, baud: 9600, driver: driver, kind: kind, age: age)
    }

    private let key = LearnEvidence.Kind.press(key: 2, label: "满意")

    @Test func `a fresh press decides at once`() {
        var machine = machine()
        #expect(machine.handle(sign(.identity, path: "/dev/b"), at: start) == .waiting)
        #expect(machine.handle(sign(key), at: start) == .pressed(sign(key)))
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
        #expect(machine.handle(sign(key), at: start.advanced(by: .milliseconds(400))) == .pressed(sign(key)))
        var other = self.machine()
        _ = other.handle(sign(.code("A1"), driver: "scanner"), at: start)
        #expect(other.tick(at: start.advanced(by: .seconds(1))) == .pressed(sign(.code("A1"), driver: "scanner")))
    }

    @Test func `silence decides nothing`() {
        let machine = machine()
        var silent = machine
        #expect(silent.tick(at: start.advanced(by: .seconds(60))) == .undecided([]))
    }
}
