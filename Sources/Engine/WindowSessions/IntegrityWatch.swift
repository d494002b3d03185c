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
    /// Time has passed; `minuteOfWeek` is the hall's time where it is known.
    case timePassed(minuteOfWeek: Int?)
    /// The gateway stops: what is being counted is told.
    case stopping
}

/// Sees what an auditor may want to look at: it flags, and never holds anything up.
///
/// A flag tells neither a level nor a key (G9). What is the normal course of a day is none: the next ticket is called
/// while nobody presses, the same citizen is asked again because their case became known. Memory is bounded by the
/// windows and by a number of devices.
public struct IntegrityWatch: Sendable {
    private struct Streak {
        var key: UInt8
        var length: UInt64
        var order: UInt64
    }

    /// What is looked out for; it may change at any time.
    public var policy: IntegrityPolicy
    /// What is to be kept over a restart.
    public var memory = IntegrityMemory()
    /// How many presses the stretch outside the opening hours has had that is under way at each window.
    private var outside: [WindowID?: UInt64] = [:]
    private var streaks: [DeviceID: Streak] = [:]
    private var presses: UInt64 = 0

    /// Starts with nothing seen.
    public init(policy: IntegrityPolicy = IntegrityPolicy()) { self.policy = policy }

    /// Forgets every window but these.
    public mutating func keep(_ known: Set<WindowID>) {
        memory.windows = memory.windows.filter { known.contains($0.key) }
    }

    /// Takes a sign and answers with what is to be recorded.
    public mutating func handle(_ sign: IntegritySign, at now: CaptureTime) -> [IntegrityEvent] {
        switch sign {
        case .prompted(let number, let window):
            memory.windows[window, default: .init()].asked = .init(number: number, at: now)
            memory.windows[window]?.wasPrompted = true
            return []
        case .promptEnded(let number, let window, let reason):
            guard let asked = memory.windows[window]?.asked, asked.number == number else { return [] }
            memory.windows[window]?.asked = nil
            switch reason {
            case .timedOut, .renewed, .answeredElsewhere: return []
            case .paused: return [IntegrityEvent(.promptPaused, window: window, session: number)]
            case .cancelled: return [IntegrityEvent(.promptCancelled, window: window, session: number)]
            case .replaced:
                // The next citizen's turn has come; a question that nobody could read was none.
                let wasRead =
                    asked.at.boot != now.boot || asked.at.monotonic.duration(to: now.monotonic) >= policy.hastyWithin
                return wasRead ? [] : [IntegrityEvent(.promptCancelled, window: window, session: number)]
            }
        case .ticketBegun(let window):
            memory.windows[window, default: .init()].wasPrompted = false
            return []
        case .ticketFinished(let window):
            guard memory.windows[window]?.wasPrompted != true else { return [] }
            return [IntegrityEvent(.ticketWithoutPrompt, window: window)]
        case .pressed(let press, let session, let key, let minuteOfWeek):
            return judge(press, session, key, minuteOfWeek)
        case .padLost(let window):
            guard let asked = memory.windows[window]?.asked else { return [] }
            return [IntegrityEvent(.padUnplugged, window: window, session: asked.number)]
        case .timePassed(let minuteOfWeek):
            guard let hours = policy.openingHours else { return endStretches() }
            return minuteOfWeek.map(hours.contain) == true ? endStretches() : []
        case .stopping: return endStretches()
        }
    }

    /// The hall opens: each window's presses since it closed are told in one number.
    private mutating func endStretches() -> [IntegrityEvent] {
        defer { outside = [:] }
        return outside.filter { $0.value > 1 }.sorted { ($0.key?.value ?? "") < ($1.key?.value ?? "") }.map {
            IntegrityEvent(.outsideHours, window: $0.key, count: $0.value)
        }
    }

    private mutating func judge(
        _ press: PressFacts, _ session: PromptNumber?, _ key: UInt8, _ minuteOfWeek: Int?
    ) -> [IntegrityEvent] {
        var events: [IntegrityEvent] = []
        if let window = press.window, let asked = memory.windows[window]?.asked, asked.number == session {
            memory.windows[window]?.asked = nil
            if press.ending == .rated, let pressedAt = press.pressedAt, pressedAt.boot == asked.at.boot {
                let taken = asked.at.monotonic.duration(to: pressedAt.monotonic)
                if taken >= .zero, taken < policy.hastyWithin { events.append(flag(.hastyPress, press, session)) }
            }
        }
        guard press.ending == .rated else { return events }
        // A page is pressed by many, and its levels are no sign of a hand that stays on one key.
        if !press.isOneTime, let length = streak(of: press.device, key) {
            events.append(flag(.keyStreak, press, session, length))
        }
        if let hours = policy.openingHours, let minuteOfWeek, !hours.contain(minuteOfWeek) {
            // The first of a stretch is flagged at once, the number of all of them at its end.
            let count = outside[press.window, default: 0]
            if count == 0 { events.append(IntegrityEvent(.outsideHours, window: press.window)) }
            outside[press.window] = count &+ 1
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
