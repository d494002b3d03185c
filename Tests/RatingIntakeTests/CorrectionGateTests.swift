// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingIntake
import RatingModel
import Testing

private func instant(_ milliseconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
}

@Suite struct CorrectionGateTests {
    @Test func `A press waits from before its commit until its time is over`() {
        var gate = CorrectionGate(window: .seconds(5), newest: 7)
        #expect(gate.last(at: instant(0)) == .max)
        let ticket = gate.close()
        #expect(gate.last(at: instant(100_000)) == 7)
        gate.settle(ticket, recordedAs: 8, at: instant(100))
        #expect(gate.last(at: instant(5_099)) == 7)
        #expect(gate.last(at: instant(5_100)) == .max)
    }

    @Test func `A press that was not recorded keeps nothing back`() {
        var gate = CorrectionGate(window: .seconds(5), newest: 7)
        gate.settle(gate.close(), recordedAs: nil, at: instant(0))
        #expect(gate.last(at: instant(0)) == .max)
    }

    @Test func `Under steady load every press leaves after its time, and memory stays flat`() {
        var gate = CorrectionGate(window: .seconds(5), newest: 0)
        var recordedAt: [JournalSequence: Int64] = [:]
        for millisecond in Int64(0)..<20_000 {
            let ticket = gate.close()
            recordedAt[millisecond + 1] = millisecond
            gate.settle(ticket, recordedAs: millisecond + 1, at: instant(millisecond))
            let last = gate.last(at: instant(millisecond))
            // Nothing younger than five seconds leaves; what is a little older does.
            #expect(last == .max || recordedAt[last].map { millisecond - $0 >= 5_000 } ?? true)
            if millisecond > 6_000 { #expect(last >= millisecond - 5_200) }
        }
        #expect(Mirror(reflecting: gate).children.contains { ($0.value as? [Any]).map { $0.count < 100 } ?? false })
    }
}
