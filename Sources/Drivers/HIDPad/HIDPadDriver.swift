// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// A pad that sends HID reports (`/dev/hidraw…`), by a map in the configuration: one byte says which key is down.
///
/// Each read is one report. A press is the change from the released value to one that a key has: a report that is sent
/// again while the key is down is no press, and neither is a slide from key to key. Where the configuration has output
/// reports, the pad thanks after the commit, shows a fault, and is asked for a rating; else it does what it does.
public struct HIDPadDriver: DeviceDriver {
    public static let name = "hid"
    public let capabilities: DeviceCapabilities

    /// Longer than anybody presses.
    private static let holdLimit = Duration.seconds(30)
    /// Most presses that wait for the journal, and then for their thanks.
    private static let mostWaiting = 16

    private let settings: HIDPadSettings
    private var log: ConnectionLog?
    private var prompt = RememberedPrompt()
    private var waiting: [PressKey] = []
    private var isDown = false
    private var isStuck = false
    private var actions: [DriverAction] = []

    /// Makes a driver for one connection.
    public init(_ settings: HIDPadSettings) {
        self.settings = settings
        capabilities = DeviceCapabilities(
            thanks: settings.thanks == nil ? .none : .afterCommit, keepsLog: false, prompts: settings.prompt != nil,
            levels: settings.keys.levels)
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened(let nonce): open(nonce)
        case .received(let report): take(report, at: now)
        case .timer(.keepAlive): noticeStuckKey()
        case .recorded(let key): answer(key, with: settings.thanks)
        case .refused(let key): answer(key, with: settings.fault)
        case .command(.prompt(let number, let timeout, _), _): ask(number, timeout, at: now)
        case .command(.cancelPrompt(let number), _): prompt.cancel(number)
        case .timer, .command: break
        }
        var result: [DriverAction] = []
        swap(&result, &actions)
        return result
    }

    private mutating func open(_ nonce: UInt64) {
        self = HIDPadDriver(settings)
        let device = DeviceID(driver: Self.name, line: settings.line)
        log = ConnectionLog(device: device, nonce: nonce)
        actions.append(.identified(DeviceIdentity(device: device, log: log?.log, model: "HID pad", firmware: "")))
    }

    // MARK: Reports

    private mutating func take(_ report: [UInt8], at now: MonotonicInstant) {
        guard log != nil, !report.isEmpty else { return }
        if let number = settings.reportID, report.first != number { return }
        guard report.indices.contains(settings.offset) else {
            actions.append(.observed(.badFrame(reason: "a report too short for its key")))
            return
        }
        let value = report[settings.offset] & settings.mask
        if value == settings.released {
            letGo()
        } else if !isDown {
            isDown = true
            actions.append(.setTimer(.keepAlive, after: Self.holdLimit))
            press(value, report, at: now)
        }
    }

    private mutating func press(_ value: UInt8, _ report: [UInt8], at now: MonotonicInstant) {
        guard let outcome = settings.keys.outcome(of: value), let key = log?.nextKey() else {
            // The value is not said: it may be a level on the pad's print.
            actions.append(.observed(.badFrame(reason: "a value that no key has")))
            return
        }
        if waiting.count == Self.mostWaiting { waiting.removeFirst() }
        waiting.append(key)
        actions.append(
            .press(
                CapturedPress(
                    key: key, outcome: outcome, prompt: prompt.answer(at: now), age: .zero, lifetimeCount: nil,
                    driver: Self.name, rawFrame: Array(report.prefix(Limits.rawFrameBytes)))))
    }

    private mutating func letGo() {
        guard isDown else { return }
        isDown = false
        actions.append(.cancelTimer(.keepAlive))
        if isStuck { actions.append(.observed(.keyReleased)) }
        isStuck = false
    }

    private mutating func noticeStuckKey() {
        guard isDown, !isStuck else { return }
        isStuck = true
        actions.append(.observed(.stuckKey))
    }

    // MARK: Output reports

    private mutating func answer(_ key: PressKey, with report: [UInt8]?) {
        guard let index = waiting.firstIndex(of: key) else { return }
        waiting.remove(at: index)
        if let report { actions.append(.send(report)) }
    }

    private mutating func ask(_ number: PromptNumber, _ timeout: Duration, at now: MonotonicInstant) {
        guard log != nil, let report = settings.prompt else { return }
        prompt.begin(number, timeout: timeout, at: now)
        actions.append(.send(report))
    }
}
