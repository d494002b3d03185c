// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing
import WindowSessions

@Suite struct IntegrityWatchTests {
    private func causes(_ events: [IntegrityEvent]) -> [IntegrityEvent.Cause] { events.map(\.cause) }

    @Test func `A ticket that is done without a prompt is flagged`() {
        var watch = IntegrityWatch()
        _ = watch.handle(.ticketBegun(window), at: moment(0))
        #expect(causes(watch.handle(.ticketFinished(window), at: moment(1))) == [.ticketWithoutPrompt])
        _ = watch.handle(.ticketBegun(window), at: moment(1))
        _ = watch.handle(.prompted(7, window), at: moment(2))
        #expect(watch.handle(.ticketFinished(window), at: moment(3)).isEmpty)
    }

    @Test func `Prompts taken back midway are flagged, timeouts are not`() {
        var watch = IntegrityWatch()
        let ends: [(SessionAction.Withdrawal, [IntegrityEvent.Cause])] = [
            (.cancelled, [.promptCancelled]), (.replaced, []), (.paused, [.promptPaused]), (.timedOut, []),
            (.renewed, []),
        ]
        for (reason, expected) in ends {
            _ = watch.handle(.prompted(7, window), at: moment(0))
            #expect(causes(watch.handle(.promptEnded(7, window, reason), at: moment(1))) == expected)
            #expect(watch.handle(.promptEnded(7, window, reason), at: moment(1)).isEmpty)
        }
    }

    @Test func `The next ticket ends a prompt without a flag, unless nobody could have read it`() {
        var watch = IntegrityWatch()
        for (after, expected) in [(0.9, [IntegrityEvent.Cause.promptCancelled]), (1.0, [])] {
            _ = watch.handle(.prompted(7, window), at: moment(10))
            let events = watch.handle(.promptEnded(7, window, .replaced), at: moment(10 + after))
            #expect(causes(events) == expected, "after \(after) s")
        }
    }

    @Test func `A pad that goes while its window is asked is flagged`() {
        var watch = IntegrityWatch()
        #expect(watch.handle(.padLost(window), at: moment(0)).isEmpty)
        _ = watch.handle(.prompted(7, window), at: moment(0))
        #expect(causes(watch.handle(.padLost(window), at: moment(1))) == [.padUnplugged])
        _ = watch.handle(.pressed(press(prompt: 7, at: 2), session: 7, key: 1, minuteOfWeek: nil), at: moment(2))
        #expect(watch.handle(.padLost(window), at: moment(3)).isEmpty)
    }

    @Test(arguments: [(0.9, true), (1.0, false), (-0.5, false)])
    func `A press under a second after its prompt is flagged`(_ after: Double, _ isFlagged: Bool) {
        var watch = IntegrityWatch()
        _ = watch.handle(.prompted(7, window), at: moment(10))
        let events = watch.handle(
            .pressed(press(prompt: 7, at: 10 + after), session: 7, key: 1, minuteOfWeek: nil), at: moment(11))
        #expect(causes(events) == (isFlagged ? [.hastyPress] : []))
    }

    @Test func `A streak of one key is flagged at each whole length, without the key`() {
        var watch = IntegrityWatch(policy: IntegrityPolicy(streakLength: 3))
        var lengths: [UInt64] = []
        for key: UInt8 in [1, 1, 2, 2, 2, 2, 2, 2, 1, 2] {
            let sign = IntegritySign.pressed(press(at: 0), session: nil, key: key, minuteOfWeek: nil)
            for event in watch.handle(sign, at: moment(0)) {
                #expect(event.cause == .keyStreak)
                lengths.append(event.count)
            }
        }
        #expect(lengths == [3, 6])
        for number in 0..<5000 {
            let facts = press(at: 0, device: "pad-\(number)")
            _ = watch.handle(.pressed(facts, session: nil, key: 1, minuteOfWeek: nil), at: moment(0))
        }
        watch.policy.streakLength = 0
        #expect(watch.handle(.pressed(press(at: 0), session: nil, key: 1, minuteOfWeek: nil), at: moment(0)).isEmpty)
    }

    @Test func `Presses outside the opening hours are flagged where hours are set`() throws {
        let hours = try #require(OpeningHours("Mon-Fri 09:00-17:00"))
        var watch = IntegrityWatch(policy: IntegrityPolicy(openingHours: hours))
        let outside = IntegritySign.pressed(press(at: 0), session: nil, key: 1, minuteOfWeek: 5 * 1440 + 600)
        #expect(causes(watch.handle(outside, at: moment(0))) == [.outsideHours])
        let inside = IntegritySign.pressed(press(at: 0), session: nil, key: 1, minuteOfWeek: 4 * 1440 + 1019)
        #expect(watch.handle(inside, at: moment(0)).isEmpty)
        watch.policy.openingHours = nil
        #expect(watch.handle(outside, at: moment(0)).isEmpty)
    }

    @Test func `Presses of one stretch outside the hours are one flag, and one with their number when the hall opens`()
        throws
    {
        let hours = try #require(OpeningHours("Mon-Fri 09:00-17:00"))
        var watch = IntegrityWatch(policy: IntegrityPolicy(streakLength: 0, openingHours: hours))
        func press(at window: WindowID?) -> [IntegrityEvent] {
            let facts = PressFacts(device: DeviceID("pad"), prompt: nil, window: window, pressedAt: moment(0))
            return watch.handle(.pressed(facts, session: nil, key: 1, minuteOfWeek: 1440 + 1200), at: moment(0))
        }
        #expect(press(at: window) == [IntegrityEvent(.outsideHours, window: window)])
        #expect(press(at: nil) == [IntegrityEvent(.outsideHours, window: nil)])
        for _ in 0..<500 { #expect(press(at: window).isEmpty) }
        for minute in [nil, 1440 + 1300] {
            #expect(watch.handle(.timePassed(minuteOfWeek: minute), at: moment(1)).isEmpty, "the hall is still closed")
        }
        let opening = IntegritySign.timePassed(minuteOfWeek: 2 * 1440 + 540)
        #expect(
            watch.handle(opening, at: moment(2)) == [IntegrityEvent(.outsideHours, window: window, count: 501)],
            "the one press that stayed alone has its flag")
        #expect(watch.handle(opening, at: moment(3)).isEmpty)
        #expect(press(at: window).count == 1, "another stretch")
        _ = press(at: window)
        #expect(watch.handle(.stopping, at: moment(4)).map(\.count) == [2])
    }

    @Test func `Opening hours are read as they are written`() {
        #expect(OpeningHours("Sat 09:00-12:00") == OpeningHours([5 * 1440 + 540..<5 * 1440 + 720]))
        #expect(OpeningHours("Sun-Mon 00:00-24:00")?.spans == [6 * 1440..<7 * 1440, 0..<1440])
        for text in [
            "", "Mon", "Mon 9:00-17:00", "Mon 17:00-09:00", "Mon 09:00-24:30", "Mon-Xyz 09:00-10:00",
            "Mon 09:00", "Mon 09:00-10:00 x", "Mon-Tue-Wed 09:00-10:00", "Mon 09:0a-10:00",
        ] {
            #expect(OpeningHours(text) == nil, "\(text)")
        }
    }
}
