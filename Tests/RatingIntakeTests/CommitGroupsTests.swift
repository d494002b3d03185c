// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import RatingIntake

@Suite struct CommitGroupsTests {
    @Test func theFirstCallerLeadsAtOnce() {
        var groups = CommitGroups()
        let (ticket, actions) = groups.arrive()
        #expect(actions == [.commit([ticket])])
    }

    @Test func whoArrivesDuringACommitIsInTheNextOne() {
        var groups = CommitGroups()
        _ = groups.arrive()
        let second = groups.arrive()
        let third = groups.arrive()
        #expect(second.1.isEmpty && third.1.isEmpty)
        #expect(groups.committed() == [.commit([second.0, third.0])])
        #expect(groups.committed().isEmpty)
    }

    @Test func aGroupIsNeverLargerThanItsLimit() {
        var groups = CommitGroups(largestGroup: 3)
        _ = groups.arrive()
        let tickets = (0..<7).map { _ in groups.arrive().0 }
        #expect(groups.committed() == [.commit(Array(tickets[0..<3]))])
        #expect(groups.committed() == [.commit(Array(tickets[3..<6]))])
        #expect(groups.committed() == [.commit([tickets[6]])])
    }

    /// What belongs together is in one group, however large, and counts for as many as it is.
    @Test func whatBelongsTogetherIsNeverParted() {
        var groups = CommitGroups(largestGroup: 4)
        _ = groups.arrive()
        let tickets = [2, 1, 2, 9, 1].map { groups.arrive(with: $0).0 }
        #expect(groups.committed() == [.commit(Array(tickets[0..<2]))])
        #expect(groups.committed() == [.commit([tickets[2]])])
        #expect(groups.committed() == [.commit([tickets[3]])])
        #expect(groups.committed() == [.commit([tickets[4]])])
    }

    /// Whatever the order of arrivals and commits, every ticket is committed once, in order.
    @Test(arguments: 0..<50 as Range<UInt64>) func everyTicketIsCommittedOnce(seed: UInt64) {
        var groups = CommitGroups(largestGroup: 4)
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        var issued: [UInt64] = []
        var committed: [UInt64] = []
        var busy = false
        func take(_ actions: [CommitGroups.Action]) {
            for case .commit(let group) in actions {
                committed += group
                busy = true
            }
        }
        for _ in 0..<300 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            if state >> 63 == 0 {
                let (ticket, actions) = groups.arrive()
                issued.append(ticket)
                take(actions)
            } else if busy {
                busy = false
                take(groups.committed())
            }
        }
        while busy {
            busy = false
            take(groups.committed())
        }
        #expect(committed == issued, "seed \(seed)")
    }
}
