// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What an integrity watch looks out for.
public struct IntegrityPolicy: Sendable, Hashable {
    /// A press sooner than this after its prompt is hasty.
    public var hastyWithin: Duration
    /// How often one key of a device is pressed in a row to be a streak; 0 looks for none.
    public var streakLength: UInt64
    /// When the hall is open; `nil` looks for no press outside.
    public var openingHours: OpeningHours?

    /// Most devices whose last key is remembered.
    public static let devices = 1024

    /// Takes the limits; by default 1 s, 20 in a row, and no opening hours.
    public init(
        hastyWithin: Duration = .seconds(1), streakLength: UInt64 = 20, openingHours: OpeningHours? = nil
    ) {
        self.hastyWithin = hastyWithin
        self.streakLength = streakLength
        self.openingHours = openingHours
    }
}

/// What the integrity of a window is judged from.
public enum IntegritySign: Sendable, Hashable {
    /// A window's pads were asked to prompt.
    case prompted(PromptNumber, WindowID)
    /// A prompt was taken back, or ran out.
    case promptEnded(PromptNumber, WindowID, SessionAction.Withdrawal)
    /// A ticket is served at a window from now on.
    case ticketBegun(WindowID)
    /// A window is done with its ticket.
    case ticketFinished(WindowID)
    /// A key was pressed and recorded; `minuteOfWeek` is the hall's time, from Monday 00:00, where it is known.
    case pressed(PressFacts, session: PromptNumber?, key: UInt8, minuteOfWeek: Int?)
    /// A device of a window went away by itself.
    case padLost(WindowID)
}

/// Sees what an auditor may want to look at: it flags, and never holds anything up.
///
/// A flag tells neither a level nor a key (G9). Memory is bounded by the windows and by a number of devices.
public struct IntegrityWatch: Sendable {
    private struct Window {
        var asked: (number: PromptNumber, at: CaptureTime)?
        var wasPrompted = false
    }

    private struct Streak {
        var key: UInt8
        var length: UInt64
        var order: UInt64
    }

    /// What is looked out for; it may change at any time.
    public var policy: IntegrityPolicy
    /// How many flags of each cause each window has had since the start; `nil` is what stands at no window.
    public private(set) var counts: [WindowID?: [IntegrityEvent.Cause: Int64]] = [:]
    private var windows: [WindowID: Window] = [:]
    private var streaks: [DeviceID: Streak] = [:]
    private var presses: UInt64 = 0

    /// Starts with nothing seen.
    public init(policy: IntegrityPolicy = IntegrityPolicy()) { self.policy = policy }

    /// Takes a sign and answers with what is to be recorded.
    public mutating func handle(_ sign: IntegritySign, at now: CaptureTime) -> [IntegrityEvent] {
        let events = judge(sign, at: now)
        for event in events { counts[event.window, default: [:]][event.cause, default: 0] += 1 }
        return events
    }

    /// Forgets every window but these; counts stay.
    public mutating func keep(_ known: Set<WindowID>) { windows = windows.filter { known.contains($0.key) } }

    private mutating func judge(_ sign: IntegritySign, at now: CaptureTime) -> [IntegrityEvent] {
        switch sign {
        case .prompted(let number, let window):
            windows[window, default: Window()].asked = (number, now)
            windows[window]?.wasPrompted = true
            return []
        case .promptEnded(let number, let window, let reason):
            guard windows[window]?.asked?.number == number else { return [] }
            windows[window]?.asked = nil
            switch reason {
            case .timedOut: return []
            case .paused: return [IntegrityEvent(.promptPaused, window: window, session: number)]
            case .replaced, .cancelled: return [IntegrityEvent(.promptCancelled, window: window, session: number)]
            }
        case .ticketBegun(let window):
            windows[window, default: Window()].wasPrompted = false
            return []
        case .ticketFinished(let window):
            guard windows[window]?.wasPrompted != true else { return [] }
            return [IntegrityEvent(.ticketWithoutPrompt, window: window)]
        case .pressed(let press, let session, let key, let minuteOfWeek):
            return judge(press, session, key, minuteOfWeek)
        case .padLost(let window):
            guard let asked = windows[window]?.asked else { return [] }
            return [IntegrityEvent(.padUnplugged, window: window, session: asked.number)]
        }
    }

    private mutating func judge(
        _ press: PressFacts, _ session: PromptNumber?, _ key: UInt8, _ minuteOfWeek: Int?
    ) -> [IntegrityEvent] {
        var events: [IntegrityEvent] = []
        if let window = press.window, let asked = windows[window]?.asked, asked.number == session {
            windows[window]?.asked = nil
            if press.ending == .rated, let pressedAt = press.pressedAt, pressedAt.boot == asked.at.boot {
                let taken = asked.at.monotonic.duration(to: pressedAt.monotonic)
                if taken >= .zero, taken < policy.hastyWithin { events.append(flag(.hastyPress, press, session)) }
            }
        }
        guard press.ending == .rated else { return events }
        if let length = streak(of: press.device, key) { events.append(flag(.keyStreak, press, session, length)) }
        if let hours = policy.openingHours, let minuteOfWeek, !hours.contain(minuteOfWeek) {
            events.append(flag(.outsideHours, press, session))
        }
        return events
    }

    private func flag(
        _ cause: IntegrityEvent.Cause, _ press: PressFacts, _ session: PromptNumber?, _ count: UInt64 = 1
    ) -> IntegrityEvent {
        IntegrityEvent(cause, window: press.window, device: press.device, session: session, count: count)
    }

    /// Counts a key; answers the length where it is a whole number of streaks.
    private mutating func streak(of device: DeviceID, _ key: UInt8) -> UInt64? {
        guard policy.streakLength > 0 else { return nil }
        presses &+= 1
        var streak = streaks[device] ?? Streak(key: key, length: 0, order: 0)
        streak.length = streak.key == key ? streak.length &+ 1 : 1
        streak.key = key
        streak.order = presses
        if streaks[device] == nil, streaks.count >= IntegrityPolicy.devices {
            // The device that was silent longest makes room.
            if let oldest = streaks.min(by: { $0.value.order < $1.value.order }) { streaks[oldest.key] = nil }
        }
        streaks[device] = streak
        return streak.length.isMultiple(of: policy.streakLength) ? streak.length : nil
    }
}
