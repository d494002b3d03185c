// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel

/// The newest flags as operators see them, and how many there were.
///
/// All of them are in the journal; this is a bounded number for the screen. A streak of one key follows from which keys
/// were pressed: told at once, a clerk who counts visitors could learn from it, and more from its absence, what one of
/// them pressed. It is told by its day, when that is over (G9).
struct FlagLog: Sendable {
    /// Most flags that are remembered.
    static let limit = 2000

    private typealias Entry = (event: IntegrityEvent, at: CaptureTime)
    private var entries: [Entry] = []
    /// Streaks since the start whose day was not over when they were last looked at.
    private var early: [Entry] = []
    private var counts: [WindowID?: [IntegrityEvent.Cause: Int64]] = [:]

    /// Takes a flag from before the start.
    mutating func remember(_ event: IntegrityEvent, at time: CaptureTime) {
        // The number at the end of a stretch takes the place of its beginning.
        if event.endsStretch,
            let begun = entries.lastIndex(where: { $0.event.cause == event.cause && $0.event.window == event.window })
        {
            entries.remove(at: begun)
        }
        entries.append((event, time))
        if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    }

    /// Takes a flag that is raised now.
    mutating func add(_ event: IntegrityEvent, at time: CaptureTime) {
        remember(event, at: time)
        if event.endsStretch { return }
        guard event.cause == .keyStreak else { return count(event) }
        early.append((event, time))
        if early.count > Self.limit { early.removeFirst() }
    }

    private mutating func count(_ event: IntegrityEvent) {
        counts[event.window, default: [:]][event.cause, default: 0] += 1
    }

    // MARK: What is shown

    /// How many flags each window has had since the start.
    mutating func counted(at now: CaptureTime, in zone: HallZone) -> [GatewayStatus.WindowFlags] {
        for entry in early where Self.isOver(entry.at, at: now, in: zone) { count(entry.event) }
        early.removeAll { Self.isOver($0.at, at: now, in: zone) }
        return Self.shown(counts)
    }

    /// How many flags each window has had on the hall's present day.
    func countedToday(at now: CaptureTime, in zone: HallZone) -> [GatewayStatus.WindowFlags] {
        let today = zone.day(of: now)
        var counts: [WindowID?: [IntegrityEvent.Cause: Int64]] = [:]
        for entry in entries where entry.event.cause != .keyStreak {
            // Most are older, which is quickly seen.
            guard Self.age(of: entry.at, at: now) < .seconds(86_400), zone.day(of: entry.at) == today else { continue }
            counts[entry.event.window, default: [:]][entry.event.cause, default: 0] += 1
        }
        return Self.shown(counts)
    }

    /// The flags of a window, or of all, that are not older than `age`.
    func flags(
        of window: WindowID?, within age: Duration?, at now: CaptureTime, in zone: HallZone
    ) -> [FlagsReport.Flag] {
        var streaks: Set<String> = []
        return entries.compactMap { event, time in
            if let window, event.window != window { return nil }
            if let age, Self.age(of: time, at: now) > age { return nil }
            let text = zone.text(of: time.wall)
            var flag = FlagsReport.Flag(
                window: event.window?.value, cause: event.cause.word, day: zone.day(of: time),
                isTimeTrusted: time.isWallTrusted)
            if event.cause == .keyStreak {
                let isFirst = streaks.insert("\(flag.day) \(flag.window ?? "")").inserted
                return isFirst && Self.isOver(time, at: now, in: zone) ? flag : nil
            }
            flag.time = String(text.suffix(8))
            flag.atMilliseconds = time.wall.millisecondsSinceEpoch
            if event.cause == .outsideHours { flag.count = event.count }
            (flag.device, flag.session) = (event.device?.value, event.session)
            return flag
        }
    }

    private static func shown(
        _ counts: [WindowID?: [IntegrityEvent.Cause: Int64]]
    ) -> [GatewayStatus.WindowFlags] {
        counts.map { window, causes in
            GatewayStatus.WindowFlags(
                window: window?.value,
                counts: Dictionary(uniqueKeysWithValues: causes.map { ($0.key.word, $0.value) }))
        }.sorted { ($0.window ?? "") < ($1.window ?? "") }
    }

    // MARK: Time

    /// Whether the day of a moment is over. Where no clock tells days, a day is 24 hours.
    private static func isOver(_ time: CaptureTime, at now: CaptureTime, in zone: HallZone) -> Bool {
        if time.boot == now.boot, time.monotonic.duration(to: now.monotonic) >= .seconds(86_400) { return true }
        guard now.isWallTrusted else { return false }
        return time.isWallTrusted ? zone.day(of: time) < zone.day(of: now) : time.boot != now.boot
    }

    private static func age(of time: CaptureTime, at now: CaptureTime) -> Duration {
        if time.boot == now.boot { return time.monotonic.duration(to: now.monotonic) }
        return .milliseconds(
            now.wall.millisecondsSinceEpoch.subtractingReportingOverflow(time.wall.millisecondsSinceEpoch).partialValue)
    }
}

extension HallZone {
    /// The day on the hall's calendar, `2026-11-24`.
    fileprivate func day(of time: CaptureTime) -> String { String(text(of: time.wall).prefix(10)) }
}

extension IntegrityEvent {
    /// Whether it tells how many presses a stretch outside the opening hours had.
    fileprivate var endsStretch: Bool { cause == .outsideHours && count > 1 }
}
