// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// `reasonlessBad: hold`: a 差评 without a reason waits so long and no longer, whatever happens meanwhile.
@Suite struct HeldForAReasonTests {
    private static let hold = Duration.seconds(7200)
    private static let limits = MachineWorld.limits(reasonlessHold: hold)

    @Test func itGoesByItselfWhenItsTimeIsOver() async throws {
        var world = MachineWorld(limits: Self.limits)
        try await world.run()
        let start = world.now.monotonic
        try await world.record([1], level: .dissatisfied, beginning: .held(.reasonless))
        try await world.record([2])
        world.wake()
        try await world.run()
        #expect(try await world.conservation == Conservation(recorded: 2, held: [.reasonless: 1], delivered: 1))
        while try await world.conservation.delivered < 2 {
            try #require(try await world.run() != nil, "nothing would ever wake it")
            try #require(start.duration(to: world.now.monotonic) <= Self.hold)
            if try await world.conservation.delivered < 2 { world.passTime() }
        }
        #expect(start.duration(to: world.now.monotonic) == Self.hold, "not earlier, and not later")
        #expect(world.settlements.last?.result == .delivered(wasDuplicate: false))
    }

    @Test func theTimeGoesOnThroughRestartsOfDaemonAndComputer() async throws {
        var world = MachineWorld(limits: Self.limits)
        try await world.record([1], level: .veryDissatisfied, beginning: .held(.reasonless))
        try await world.run()
        world.passTime(.seconds(3600))
        await world.journal.restart()
        world.restart(seed: 2)
        let until = try await world.run()
        #expect(until == world.now.monotonic.advanced(by: .seconds(3600)), "an hour of two is left")

        // The computer starts anew an hour later, and its clock is known to be right.
        let wall = WallTime(millisecondsSinceEpoch: world.now.wall.millisecondsSinceEpoch + 3_600_000)
        let boot = BootID("00000000-0000-4000-8000-000000000002")
        world.now = CaptureTime(
            wall: wall, monotonic: MonotonicInstant(nanoseconds: 5_000_000_000), boot: boot, isWallTrusted: true)
        world.restart(seed: 3)
        try await world.run()
        #expect(try await world.conservation.delivered == 1)
    }

    @Test func withoutATrustedClockItWaitsForTheHoursOfOneBootAtMost() async throws {
        var world = MachineWorld(limits: Self.limits)
        try await world.record([1], level: .dissatisfied, beginning: .held(.reasonless))
        let wall = WallTime(millisecondsSinceEpoch: 0)
        let boot = BootID("00000000-0000-4000-8000-000000000002")
        let start = MonotonicInstant(nanoseconds: 5_000_000_000)
        world.now = CaptureTime(wall: wall, monotonic: start, boot: boot, isWallTrusted: false)
        while try await world.conservation.delivered < 1 {
            try #require(try await world.run() != nil)
            if try await world.conservation.delivered < 1 { world.passTime() }
        }
        #expect(world.now.monotonic == MonotonicInstant(nanoseconds: 7_200_000_000_000))
    }

    @Test func itIsParkedOnlyIfTheRegionRefusesItThen() async throws {
        var world = MachineWorld(limits: Self.limits)
        try await world.record([1], level: .dissatisfied, beginning: .held(.reasonless))
        world.region.poison = [UplinkSamples.id(1)]
        try await world.run()
        world.passTime(Self.hold)
        try await world.record([2])
        try await world.run()
        #expect(try await world.conservation == Conservation(recorded: 2, delivered: 1, parked: 1))
    }

    @Test func anotherSettingLetsItGoAtTheNextStart() async throws {
        var world = MachineWorld(limits: Self.limits)
        try await world.record(1...1200, level: .dissatisfied, beginning: .held(.reasonless))
        try await world.run()
        #expect(world.sent.isEmpty)
        world.restart(seed: 2, limits: MachineWorld.limits(batch: 500))
        try await world.run()
        #expect(try await world.conservation.delivered == 1200)
    }

    @Test func aBacklogIsLetGoOldestFirstInTurns() async throws {
        var world = MachineWorld(limits: Self.limits)
        for number in 1...30 {
            try await world.record([number], level: .dissatisfied, beginning: .held(.reasonless))
            try await world.run()
            world.passTime(.seconds(60))
        }
        while try await world.conservation.delivered < 30 {
            try #require(try await world.run() != nil)
            if try await world.conservation.delivered < 30 { world.passTime() }
        }
        let gaps = zip(world.sentAt, world.sentAt.dropFirst()).map { $0.duration(to: $1) }
        #expect(gaps == Array(repeating: .seconds(60), count: 29))
    }

    // MARK: A profile that takes more than the last one

    @Test func whatTheNewProfileTakesIsLetGo() async throws {
        var world = MachineWorld()
        for (number, level, hasCase) in [(1, SatisfactionLevel?.some(.satisfied), false), (2, nil, true)] {
            _ = try await world.journal.record([
                UplinkSamples.draft(number, level: level, hasCase: hasCase, for: MachineWorld.name)
            ])
        }
        try await world.run()
        #expect(try await world.conservation.held == [.unmatched: 1, .unrated: 1])
        world.restart(seed: 2, limits: MachineWorld.limits(takesUnrated: true, takesUnmatched: true))
        try await world.run()
        #expect(try await world.conservation.delivered == 2)
    }

    // MARK: The alarm

    private func watch(_ counts: Withholding) async throws -> Bool {
        let journal = MemoryJournal(uplinks: [MachineWorld.name])
        var number = 0
        for (level, all, kept) in [
            (SatisfactionLevel.dissatisfied, counts.bad, counts.badKept),
            (.satisfied, counts.others, counts.othersKept),
        ] {
            for position in 0..<all {
                number += 1
                _ = try await journal.record([
                    UplinkSamples.draft(
                        number, level: level, for: MachineWorld.name,
                        beginning: position < kept ? .held(.quarantined) : .pending)
                ])
            }
        }
        return try await WithholdingWatch(uplink: MachineWorld.name, journal: journal)
            .isLopsided(at: UplinkSamples.moment.monotonic)
    }

    @Test func theAlarmComparesSharesOfManyRatings() async throws {
        #expect(try await watch(Withholding(bad: 20, badKept: 10, others: 200, othersKept: 50)))
        #expect(try await !watch(Withholding(bad: 20, badKept: 5, others: 200, othersKept: 50)), "the same share")
        #expect(try await !watch(Withholding(bad: 20, badKept: 2, others: 200, othersKept: 50)))
        #expect(try await !watch(Withholding(bad: 20, badKept: 9, others: 200, othersKept: 0)), "too few to speak of")
        #expect(try await watch(Withholding(bad: 10, badKept: 10, others: 0, othersKept: 0)))
        #expect(try await !watch(Withholding(bad: 0, badKept: 0, others: 20, othersKept: 20)))
    }

    @Test func theAlarmLooksAgainAfterAMinute() async throws {
        let journal = MemoryJournal(uplinks: [MachineWorld.name])
        let watch = WithholdingWatch(uplink: MachineWorld.name, journal: journal)
        let now = UplinkSamples.moment.monotonic
        #expect(try await !watch.isLopsided(at: now))
        for number in 1...10 {
            _ = try await journal.record([
                UplinkSamples.draft(
                    number, level: .veryDissatisfied, for: MachineWorld.name, beginning: .held(.reasonless))
            ])
        }
        #expect(try await !watch.isLopsided(at: now.advanced(by: .seconds(59))))
        #expect(try await watch.isLopsided(at: now.advanced(by: .seconds(60))))
    }
}
