// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

@Suite struct FlagLogTests {
    private let window = WindowID("A01")

    /// Hours after 2026-06-01 00:00 in the hall.
    private func moment(_ hours: Double, boot: String = "boot", isTrusted: Bool = true) -> CaptureTime {
        CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: 1_780_243_200_000 + Int64(hours * 3_600_000)),
            monotonic: MonotonicInstant(nanoseconds: Int64(hours * 3.6e12)), boot: BootID(boot),
            isWallTrusted: isTrusted)
    }

    private func flags(
        _ log: FlagLog, of window: WindowID? = nil, within age: Duration? = nil, at now: CaptureTime
    ) -> [FlagsReport.Flag] {
        log.flags(of: window, within: age, at: now, in: .china)
    }

    @Test func `A flag is shown with its day and time in the hall's zone`() {
        var log = FlagLog()
        log.add(IntegrityEvent(.promptCancelled, window: window, session: 2417), at: moment(14.5))
        log.add(IntegrityEvent(.padUnplugged, window: nil), at: moment(15))
        let expected = FlagsReport.Flag(
            window: "A01", cause: "prompt-cancelled", day: "2026-06-01", time: "14:30:00",
            atMilliseconds: moment(14.5).wall.millisecondsSinceEpoch, session: 2417)
        #expect(flags(log, of: window, at: moment(16)) == [expected])
        #expect(flags(log, at: moment(16)).count == 2)
        #expect(flags(log, within: .seconds(3600), at: moment(15.75)).map(\.cause) == ["pad-unplugged"])
        #expect(log.countedToday(at: moment(23.9), in: .china).map(\.window) == [nil, "A01"])
        #expect(log.countedToday(at: moment(24), in: .china).isEmpty)
    }

    /// Whoever looks on all day long learns from it neither that a streak went on nor that it ended (G9).
    @Test func `A streak is told by its day, once, when that is over`() {
        var log = FlagLog()
        let before = (log.counted(at: moment(9), in: .china), flags(log, at: moment(9)))
        for hour in [10.0, 11, 12] {
            let streak = IntegrityEvent(
                .keyStreak, window: window, device: DeviceID("pad"), session: 7, count: UInt64(hour) * 20)
            log.add(streak, at: moment(hour))
        }
        #expect(log.counted(at: moment(23.9), in: .china) == before.0 && flags(log, at: moment(23.9)) == before.1)
        #expect(log.countedToday(at: moment(23.9), in: .china).isEmpty)
        let untrusted = moment(24.1, boot: "another", isTrusted: false)
        #expect(flags(log, at: untrusted).isEmpty, "a clock set ahead shows nothing")
        #expect(
            flags(log, at: moment(24))
                == [FlagsReport.Flag(window: "A01", cause: "key-streak", day: "2026-06-01")])
        #expect(log.counted(at: moment(24), in: .china).first?.counts == ["key-streak": 3])
        #expect(log.counted(at: moment(48), in: .china).first?.counts == ["key-streak": 3])
    }

    @Test func `The number at the end of a stretch takes the place of its beginning`() {
        var log = FlagLog()
        log.add(IntegrityEvent(.outsideHours, window: window), at: moment(1))
        log.add(IntegrityEvent(.outsideHours, window: nil), at: moment(2))
        log.add(IntegrityEvent(.outsideHours, window: window, count: 12), at: moment(9))
        #expect(flags(log, at: moment(9)).map(\.count) == [1, 12])
        #expect(log.counted(at: moment(9), in: .china).map(\.counts) == [["outside-hours": 1], ["outside-hours": 1]])
    }

    @Test func `Memory is bounded, and what was before the start is shown and not counted`() {
        var log = FlagLog()
        for number in 0..<(FlagLog.limit + 10) {
            log.remember(IntegrityEvent(.hastyPress, window: window, session: UInt32(number)), at: moment(1))
        }
        #expect(flags(log, at: moment(2)).count == FlagLog.limit)
        #expect(flags(log, at: moment(2)).first?.session == 10)
        #expect(log.counted(at: moment(2), in: .china).isEmpty)
    }
}
