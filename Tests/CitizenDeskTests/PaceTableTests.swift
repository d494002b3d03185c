// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import RatingModel
import Testing

@Suite struct PaceTableTests {
    private let interval = Duration.seconds(6)

    private func at(_ seconds: Double) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: Int64(seconds * 1_000_000_000))
    }

    @Test func `some times at once, then evenly, and each for itself`() {
        var table = PaceTable<String>(most: 8)
        func wait(of source: String, _ seconds: Double) -> Duration? {
            table.wait(of: source, every: interval, atOnce: 10, at: at(seconds))
        }
        for _ in 0..<10 {
            #expect(wait(of: "a", 0) == nil)
            table.note("a", every: interval, at: at(0))
        }
        #expect(wait(of: "a", 0) == .seconds(6))
        #expect(wait(of: "b", 0) == nil)
        #expect(wait(of: "a", 5) == .seconds(1))
        #expect(wait(of: "a", 6) == nil)
        table.note("a", every: interval, at: at(6))
        #expect(wait(of: "a", 6) == .seconds(6))
        #expect(wait(of: "a", 600) == nil)
    }

    @Test func `so many are remembered, and those that were quiet longest are forgotten`() {
        var table = PaceTable<String>(most: 1024)
        for _ in 0..<20 { table.note("loud", every: interval, at: at(0)) }
        for number in 0..<5 * table.most {
            table.note("a\(number)", every: interval, at: at(0))
            #expect(table.count <= table.most)
        }
        #expect(table.wait(of: "loud", every: interval, atOnce: 10, at: at(0)) != nil)
    }
}
