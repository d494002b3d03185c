// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// A pad that is a USB keyboard and types a digit, read by its events (`/dev/input/event…`, grabbed).
///
/// It can be told nothing: it neither thanks nor prompts, and what the citizen hears or sees is its own doing. A digit
/// is a press as it goes down, or where the pad types enter behind it, when that follows. The key's repeat while it is
/// held is not a press, nor is the bounce of a contact. It has no name of its own, so its line names it.
public struct KeyboardPadDriver: DeviceDriver {
    public static let name = "keyboard"
    public let capabilities: DeviceCapabilities

    /// What a keyboard is configured to be.
    public struct Settings: Sendable, Hashable {
        /// The line's name, a part of the device's name: the path or match of the configuration.
        public var line: String
        /// What the digits mean.
        public var keys: KeyMap
        /// Whether the pad types enter behind a digit, so that only then it counts.
        public var endsWithEnter: Bool

        /// States the settings.
        public init(line: String, keys: KeyMap = .five, endsWithEnter: Bool = false) {
            self.line = line
            self.keys = keys
            self.endsWithEnter = endsWithEnter
        }
    }

    /// A digit that waits for enter.
    private struct Typed: Sendable {
        let digit: UInt8
        let raw: [UInt8]
        let at: MonotonicInstant
        /// Whether more was typed than one digit.
        var isSpoilt = false
    }

    /// The same key within this time by the kernel's clock is its contact's bounce: no finger is so fast.
    private static let bounceMicroseconds: Int64 = 50_000
    /// How long a digit waits for enter, which a pad types at once.
    private static let enterWait = Duration.seconds(2)

    private let settings: Settings
    private var log: ConnectionLog?
    private var reader = InputEventReader()
    private var held = HeldKeys()
    private var lastDown: [UInt16: Int64] = [:]
    private var typed: Typed?
    private var isDropping = false
    private var actions: [DriverAction] = []

    /// Makes a driver for one connection.
    public init(_ settings: Settings) {
        self.settings = settings
        capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false, levels: settings.keys.levels)
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened(let nonce): open(nonce)
        case .received(let bytes): receive(bytes, at: now)
        case .timer(.keepAlive): lookForStuckKeys(at: now)
        case .timer, .recorded, .refused, .command: break
        }
        var result: [DriverAction] = []
        swap(&result, &actions)
        return result
    }

    private mutating func open(_ nonce: UInt64) {
        self = KeyboardPadDriver(settings)
        let device = DeviceID(driver: Self.name, line: settings.line)
        log = ConnectionLog(device: device, nonce: nonce)
        actions.append(.identified(DeviceIdentity(device: device, log: log?.log, model: "keyboard", firmware: "")))
    }

    private mutating func receive(_ bytes: [UInt8], at now: MonotonicInstant) {
        guard log != nil else { return }
        for finding in reader.push(bytes) {
            switch finding {
            case .garbage(let bytes): actions.append(.observed(.garbage(bytes: bytes)))
            case .event(let event): take(event, at: now)
            }
        }
    }

    // MARK: Events

    private mutating func take(_ event: InputEvent, at now: MonotonicInstant) {
        switch event.kind {
        case InputEvent.Kind.synchronization where event.code == InputEvent.Synchronization.dropped:
            // Until the next report the kernel's account has a gap; what was begun before it cannot be finished.
            isDropping = true
            typed = nil
            held.forget()
            actions.append(.observed(.badFrame(reason: "the kernel dropped events")))
        case InputEvent.Kind.synchronization where event.code == InputEvent.Synchronization.report:
            isDropping = false
        case InputEvent.Kind.key where !isDropping:
            takeKey(event, at: now)
        default:
            break
        }
    }

    private mutating func takeKey(_ event: InputEvent, at now: MonotonicInstant) {
        let key = KeyCode(event.code)
        if case .modifier = key { return }
        if case .other = key {
            if event.value == 1 { typed?.isSpoilt = true }
            return
        }
        // A key that goes down was let go before, even where that was among the dropped events.
        if event.value != 2, held.up(event.code) { actions.append(.observed(.keyReleased)) }
        if event.value != 0 { held.down(event.code, at: now) }
        watchHeldKeys(at: now)
        guard event.value == 1, !isBounce(event) else { return }
        switch key {
        case .digit(let digit) where settings.endsWithEnter: type(digit, event, at: now)
        case .digit(let digit): press(digit, event.raw, age: .zero)
        case .enter where settings.endsWithEnter: enter(event, at: now)
        case .enter, .modifier, .other: break
        }
    }

    private mutating func isBounce(_ event: InputEvent) -> Bool {
        let before = lastDown.updateValue(event.microseconds, forKey: event.code)
        return before.map { (0..<Self.bounceMicroseconds).contains(event.microseconds - $0) } ?? false
    }

    private mutating func type(_ digit: UInt8, _ event: InputEvent, at now: MonotonicInstant) {
        if let before = typed, before.at.duration(to: now) < Self.enterWait {
            typed?.isSpoilt = true
        } else {
            typed = Typed(digit: digit, raw: event.raw, at: now)
        }
    }

    private mutating func enter(_ event: InputEvent, at now: MonotonicInstant) {
        guard let typed else { return }
        self.typed = nil
        let age = typed.at.duration(to: now)
        if typed.isSpoilt || age >= Self.enterWait {
            actions.append(.observed(.badFrame(reason: "something else than one digit and enter")))
        } else {
            press(typed.digit, typed.raw + event.raw, age: age)
        }
    }

    private mutating func press(_ digit: UInt8, _ raw: [UInt8], age: Duration) {
        guard let outcome = settings.keys.outcome(of: digit), let key = log?.nextKey() else {
            // Which digit is not said: it may be a level on the pad's print.
            actions.append(.observed(.badFrame(reason: "a digit that no key has")))
            return
        }
        actions.append(
            .press(
                CapturedPress(
                    key: key, outcome: outcome, prompt: nil, age: age, lifetimeCount: nil, driver: Self.name,
                    rawFrame: raw)))
    }

    // MARK: Stuck keys

    private mutating func lookForStuckKeys(at now: MonotonicInstant) {
        if held.becameStuck(at: now) { actions.append(.observed(.stuckKey)) }
        watchHeldKeys(at: now)
    }

    private mutating func watchHeldKeys(at now: MonotonicInstant) {
        if let wait = held.wait(at: now) {
            actions.append(.setTimer(.keepAlive, after: wait))
        } else {
            actions.append(.cancelTimer(.keepAlive))
        }
    }
}
