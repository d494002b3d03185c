// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What each window is doing, and which session a press belongs to.
///
/// A native pad repeats the number of the prompt it answers, and that decides. A press without one (a simpler pad, a
/// citizen who pressed unasked, or late) belongs to its window's session if it was made while that was the window's:
/// until it is answered, and then for the moment in which a citizen may correct a slip. Otherwise it is kept as
/// unbound. Only the newest session of a window is remembered here: an older number is looked up in the journal, so
/// that memory stays flat however long a pad kept a press in its log.
public struct WindowSessions: Sendable {
    /// The times and limits; they may change while windows are served.
    public var policy: SessionPolicy
    var windows: [WindowID: WindowState] = [:]
    var lastUnbound: [DeviceID: CaptureTime] = [:]

    /// Starts with nothing at any window.
    public init(policy: SessionPolicy = SessionPolicy()) { self.policy = policy }

    /// Takes what happened and answers with what is to be done, in order.
    public mutating func handle(_ event: SessionEvent, at now: CaptureTime) -> [SessionAction] {
        switch event {
        case .opened(let session, let timeout): open(session, timeout: timeout, at: now)
        case .restored(let session, let timeout, let answer): restore(session, timeout: timeout, answer, at: now)
        case .recorded(let press, let number, let sequence): recorded(press, number, sequence, at: now)
        case .recordedUnbound(let press): noteUnbound(press)
        case .noAnswerRecorded(let number): noteEnd(number, at: now)
        case .timer(let window): timeOut(window, at: now)
        case .padConnected(let window): greet(window, at: now)
        case .askedAgain(let number, let timeout): askAgain(number, timeout: timeout, at: now)
        case .answeredElsewhere(let number): answerElsewhere(number, at: now)
        case .cancelled(let number): withdraw(number, .cancelled, at: now)
        case .closed(let number): close(number, at: now)
        case .paused(let window): pause(window, at: now)
        case .resumed(let window): resume(window, at: now)
        case .ticketCalled(let window, let ticket, let waiting): call(window, ticket, waiting: waiting, at: now)
        case .signedIn(let window, let staff): signIn(window, staff, at: now)
        case .scannedCase(let window, let reference): bind(window, reference, at: now)
        case .key(let key, let window): press(key, window, at: now)
        }
    }

    /// Forgets every window but these, as after a change of the configuration.
    public mutating func keep(_ known: Set<WindowID>) { windows = windows.filter { known.contains($0.key) } }

    // MARK: Questions

    /// Which session a press belongs to.
    public func match(_ press: PressFacts) -> SessionMatch {
        if let prompt = press.prompt {
            guard let open = windows.values.lazy.compactMap(\.session).first(where: { $0.session.number == prompt })
            else { return .lookUp(prompt) }
            return .session(open.session, supersedes: open.correctedPress(by: press, policy: policy))
        }
        guard !press.isOneTime, let window = press.window, let open = windows[window]?.session,
            open.takes(press, policy: policy)
        else {
            return .unbound
        }
        return .session(open.session, supersedes: open.correctedPress(by: press, policy: policy))
    }

    /// Whether a press that belongs to no session follows another of its device so closely that it is a repeat.
    public func isRepeat(_ press: PressFacts) -> Bool {
        // A page stands for many citizens.
        guard !press.isOneTime, let last = lastUnbound[press.device], let pressedAt = press.pressedAt,
            last.boot == pressedAt.boot
        else {
            return false
        }
        let since = last.monotonic.duration(to: pressedAt.monotonic)
        return since >= .zero && since < policy.repeatInterval
    }

    /// How a session ended; `nil` for one that is not remembered.
    public func answer(of number: PromptNumber) -> SessionAnswer? {
        windows.values.lazy.compactMap { $0.answer(of: number) }.first
    }

    /// The window whose newest session has this number.
    public func window(of number: PromptNumber) -> WindowID? {
        windows.first { $0.value.session?.session.number == number }?.key
    }

    /// Who serves at a window, where known.
    public func staff(at window: WindowID, _ now: CaptureTime) -> String? {
        windows[window]?.staff(at: now, policy: policy)
    }

    /// Whether a window is paused.
    public func isPaused(_ window: WindowID) -> Bool { windows[window]?.isPaused ?? false }

    /// The case that was scanned for the window's next session.
    public func scannedCase(at window: WindowID) -> CaseReference? { windows[window]?.scannedCase }

    /// Which ticket a window serves, where known.
    public func ticket(at window: WindowID) -> String? { windows[window]?.ticket }

    // MARK: Presses

    private mutating func recorded(
        _ press: PressFacts, _ number: PromptNumber, _ sequence: JournalSequence?, at now: CaptureTime
    ) -> [SessionAction] {
        let answer = press.ending == .rated ? SessionAnswer.answered : .noAnswer
        guard let window = window(of: number), var state = windows[window], var open = state.session else {
            if answer == .answered { for window in windows.keys { windows[window]?.noteAnswer(ofFinished: number) } }
            return []
        }
        // A pad ends its question itself by its own key; of a page it knows nothing.
        let isAskedInVain = answer == .answered && press.isOneTime && open.isAsking(at: now)
        if answer == .answered { open.isOpenAtPad = press.isOneTime && (open.answer != .answered || open.isOpenAtPad) }
        if open.answer != .answered { open.answer = answer }
        if press.ending == .rated, !press.isOneTime, let pressedAt = press.pressedAt, let sequence,
            pressedAt.boot == open.session.openedAt.boot
        {
            open.lastPress = .init(device: press.device, at: pressedAt.monotonic, sequence: sequence)
        }
        // A pad's own report that nobody pressed is on disk with this.
        if press.ending == .unrated { open.isEndRecorded = true }
        state.session = open
        windows[window] = state
        return (isAskedInVain ? [.cancelPrompt(number, window, .answeredElsewhere)] : []) + [.cancelTimer(window)]
    }

    private mutating func noteUnbound(_ press: PressFacts) -> [SessionAction] {
        guard !press.isOneTime, let pressedAt = press.pressedAt else { return [] }
        if lastUnbound[press.device] == nil, lastUnbound.count >= SessionPolicy.unboundDevices {
            let oldest = lastUnbound.min { $0.value.monotonic < $1.value.monotonic }
            if let oldest { lastUnbound[oldest.key] = nil }
        }
        lastUnbound[press.device] = pressedAt
        return []
    }
}
