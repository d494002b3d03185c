// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingIntake
import RatingModel
import Testing

private let region = UplinkName("region")

private func moment(_ milliseconds: Int64) -> CaptureTime {
    CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: 1_790_000_000_000 + milliseconds),
        monotonic: MonotonicInstant(nanoseconds: milliseconds * 1_000_000), boot: BootID("boot"), isWallTrusted: true)
}

private func rating(_ sequence: UInt64, key: UInt8 = 1, case number: String? = nil) -> Rating {
    let press = CapturedPress(
        key: PressKey(device: DeviceID("native-1"), log: 1, sequence: sequence),
        outcome: .rated(.satisfied, key: key, label: "满意"), prompt: nil, age: .zero, lifetimeCount: sequence,
        driver: "native", rawFrame: [1, 2, 3])
    return Rating(
        press: press, pressedAt: moment(0), window: nil, session: nil,
        caseReference: number.map { CaseReference(projectNumber: $0, serviceNumber: "1") }, staff: nil)
}

private func draft(_ rating: Rating, id: UInt64) -> RecordDraft {
    RecordDraft(
        id: RecordID(at: moment(0).wall, random: (0, id)), body: .rating(rating), recordedAt: moment(0),
        deliveries: [region: .pending])
}

private let diskFull = GatewayError("journal.disk-full", LocalText("full", "满"), hint: LocalText("free", "清理"))

@Suite struct RatingIntakeTests {
    @Test func whatWaitsIsCommittedTogether() async throws {
        let journal = MemoryJournal(uplinks: [region])
        await journal.delayCommits(by: .milliseconds(5))
        let intake = RatingIntake(journal: journal)
        let outcomes = try await withThrowingTaskGroup(of: RecordingOutcome.self) { group in
            for number in 1...500 as ClosedRange<UInt64> {
                group.addTask { try await intake.record(draft(rating(number), id: number)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let recorded = outcomes.filter { if case .recorded = $0 { true } else { false } }
        #expect(recorded.count == 500)
        #expect(try await journal.conservation(for: region).pending == 500)
        let commits = await journal.commits
        #expect(commits < 100, "\(commits) commits for 500 presses")
        #expect(await intake.commitCount == UInt64(commits))
    }

    /// A press and what follows from it are one transaction, whoever else waits, and each is told what became of its own.
    @Test func whatFollowsFromAPressIsCommittedWithIt() async throws {
        let journal = MemoryJournal(uplinks: [region])
        await journal.delayCommits(by: .milliseconds(5))
        let intake = RatingIntake(journal: journal)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...40 as ClosedRange<UInt64> {
                group.addTask {
                    let first = draft(rating(number), id: number)
                    let second = draft(rating(100 + number), id: 100 + number)
                    let (outcome, others) = try await intake.record(first, with: [second])
                    guard case .recorded(let sequence, first.id) = outcome else {
                        Issue.record("not recorded: \(outcome)")
                        return
                    }
                    #expect(others == [.recorded(sequence + 1, second.id)], "nothing came between the two")
                }
            }
            try await group.waitForAll()
        }
        #expect(try await journal.conservation(for: region).pending == 80)
        await journal.fail(with: diskFull)
        await #expect(throws: GatewayError.self) {
            _ = try await intake.record(draft(rating(300), id: 300), with: [draft(rating(301), id: 301)])
        }
    }

    @Test func nobodyIsThankedForACommitThatFailed() async throws {
        let journal = MemoryJournal(uplinks: [region])
        await journal.delayCommits(by: .milliseconds(2))
        await journal.fail(with: diskFull)
        let intake = RatingIntake(journal: journal)
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 1...40 as ClosedRange<UInt64> {
                group.addTask {
                    do throws(GatewayError) {
                        _ = try await intake.record(draft(rating(number), id: number))
                        return false
                    } catch {
                        return error == diskFull
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failures == 40)
        await journal.fail(with: nil)
        let outcome = try await intake.record(draft(rating(1), id: 1))
        #expect(outcome == .recorded(1, draft(rating(1), id: 1).id))
    }

    @Test func theSamePressAgainIsADuplicateAndAnotherBodyAConflict() async throws {
        let intake = RatingIntake(journal: MemoryJournal(uplinks: [region]))
        let first = draft(rating(7), id: 1)
        _ = try await intake.record(first)
        #expect(try await intake.record(draft(rating(7), id: 2)) == .duplicate(of: first.id))
        let forged = draft(rating(7, key: 5), id: 3)
        #expect(try await intake.record(forged) == .conflict(with: first.id, keptAs: forged.id))
    }

    @Test func aCancelledCallerStillLeavesThePressRecorded() async throws {
        let journal = MemoryJournal(uplinks: [region])
        await journal.delayCommits(by: .milliseconds(20))
        let intake = RatingIntake(journal: journal)
        await withTaskGroup(of: Void.self) { group in
            for number in 1...8 as ClosedRange<UInt64> {
                group.addTask { _ = try? await intake.record(draft(rating(number), id: number)) }
            }
            group.cancelAll()
        }
        #expect(try await journal.conservation(for: region).pending == 8)
    }
}

@Suite struct DeliveryRouteTests {
    @Test func aRatingStartsWhereTheRegionsLimitsPutIt() {
        let route = DeliveryRoute(uplink: region, takesUnmatched: false, takesUnrated: false)
        #expect(route.initialDelivery(of: rating(1)) == .held(.unmatched))
        #expect(route.initialDelivery(of: rating(1, case: "P1")) == .pending)
        let open = DeliveryRoute(uplink: region, takesUnmatched: true, takesUnrated: true)
        #expect(open.initialDelivery(of: rating(1)) == .pending)
    }

    @Test func aBadRatingWithoutAReasonIsHeldWhereTheSiteSaysSo() {
        func outcome(_ level: SatisfactionLevel) -> Rating {
            let press = CapturedPress(
                key: PressKey(device: DeviceID("pad"), log: 1, sequence: 1),
                outcome: .rated(level, key: 1, label: level.label), prompt: nil, age: nil, lifetimeCount: nil,
                driver: "native", rawFrame: [1])
            let reference = CaseReference(projectNumber: "P1", serviceNumber: "1")
            return Rating(
                press: press, pressedAt: rating(1).pressedAt, window: nil, session: nil, caseReference: reference,
                staff: nil)
        }
        let holding = DeliveryRoute(
            uplink: region, takesUnmatched: false, takesUnrated: false, holdsReasonless: true)
        let sending = DeliveryRoute(uplink: region, takesUnmatched: false, takesUnrated: false)
        for level in SatisfactionLevel.allCases {
            #expect(holding.initialDelivery(of: outcome(level)) == (level.isBad ? .held(.reasonless) : .pending))
            #expect(sending.initialDelivery(of: outcome(level)) == .pending)
            #expect(holding.initialDelivery(of: outcome(level), hasReason: true) == .pending)
        }
        #expect(holding.initialDelivery(of: rating(1)) == .held(.unmatched), "the case is waited for first")
    }

    @Test func aPressWithoutTheProofTheHallDemandsIsQuarantinedFirstOfAll() {
        let press = CapturedPress(
            key: PressKey(device: DeviceID("pad"), log: 1, sequence: 1), outcome: .timedOut, prompt: nil, age: nil,
            lifetimeCount: nil, driver: "native", rawFrame: [1], isQuarantined: true)
        let rating = Rating(
            press: press, pressedAt: rating(1).pressedAt, window: nil, session: nil, caseReference: nil, staff: nil)
        let route = DeliveryRoute(uplink: region, takesUnmatched: false, takesUnrated: false)
        #expect(route.initialDelivery(of: rating) == .held(.quarantined))
    }
}
