// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The life of a session: opened, asked, taken back, timed out, closed.
extension WindowSessions {
    mutating func open(_ session: WindowSession, timeout: Duration, at now: CaptureTime) -> [SessionAction] {
        let window = session.window
        var actions = close(window, isRenewal(session, at: now) ? .renewed : .replaced, at: now)
        var state = windows[window] ?? WindowState()
        // Whoever opens a session serves: a pause that was forgotten must not keep the citizen from being asked.
        if state.isPaused { actions.append(.resume(window)) }
        state.isPaused = false
        state.scannedCase = nil
        if let ticket = session.ticket { state.ticket = ticket }
        if let staff = session.staff, staff != state.staff(at: now, policy: policy) { state.signIn(staff, at: now) }
        state.begin(OpenSession(session: session, timeout: timeout))
        windows[window] = state
        return actions + [
            .prompt(session.number, window, remaining: timeout),
            .setTimer(window, after: timeout + policy.timeoutGrace),
        ]
    }

    mutating func restore(
        _ session: WindowSession, timeout: Duration, _ answer: SessionAnswer, at now: CaptureTime
    ) -> [SessionAction] {
        var open = OpenSession(session: session, timeout: timeout)
        open.answer = answer
        open.isCertain = false
        open.isEndRecorded = answer == .noAnswer
        windows[session.window, default: WindowState()].begin(open)
        guard answer == .waiting else { return [] }
        return [.setTimer(session.window, after: timeLeft(of: open, at: now))]
    }

    mutating func timeOut(_ window: WindowID, at now: CaptureTime) -> [SessionAction] {
        guard let open = windows[window]?.session, open.answer == .waiting, open.closedAt == nil else { return [] }
        let end = open.askedAt.advanced(by: open.timeout + policy.timeoutGrace)
        if now.boot == open.session.openedAt.boot, now.monotonic < end {
            return [.setTimer(window, after: now.monotonic.duration(to: end))]
        }
        windows[window]?.session?.answer = .noAnswer
        return [.cancelPrompt(open.session.number, window, .timedOut), .recordNoAnswer(open.session)]
    }

    /// How long a session may still be answered; nothing for one that ran out while nobody was looking.
    func timeLeft(of open: OpenSession, at now: CaptureTime) -> Duration {
        guard open.session.openedAt.boot == now.boot else { return .zero }
        let end = open.askedAt.advanced(by: open.timeout + policy.timeoutGrace)
        return max(.zero, now.monotonic.duration(to: end))
    }

    /// It is on disk that nobody answered, also where it is read back and the timer had not been seen to run out.
    mutating func noteEnd(_ number: PromptNumber, at now: CaptureTime) -> [SessionAction] {
        guard let window = window(of: number), var open = windows[window]?.session else { return [] }
        open.isEndRecorded = true
        let isOver = now.boot != open.session.openedAt.boot || open.remaining(at: now) == nil
        if open.answer == .waiting, isOver { open.answer = .noAnswer }
        windows[window]?.session = open
        return []
    }

    /// Whether a session asks the citizen who is being asked already, because their case became known.
    private func isRenewal(_ next: WindowSession, at now: CaptureTime) -> Bool {
        guard let open = windows[next.window]?.session, open.isAsking(at: now) else { return false }
        return open.session.caseReference == nil && next.caseReference != nil && open.session.ticket == next.ticket
    }

    func greet(_ window: WindowID, at now: CaptureTime) -> [SessionAction] {
        guard let state = windows[window] else { return [] }
        if state.isPaused { return [.pause(window)] }
        guard let open = state.session, open.isCertain, open.isAsking(at: now), let remaining = open.remaining(at: now)
        else {
            return []
        }
        return [.prompt(open.session.number, window, remaining: remaining)]
    }

    mutating func askAgain(_ number: PromptNumber, timeout: Duration, at now: CaptureTime) -> [SessionAction] {
        guard let window = window(of: number), var state = windows[window], var open = state.session,
            open.answer != .answered, open.closedAt == nil, open.session.openedAt.boot == now.boot
        else { return [] }
        open.answer = .waiting
        open.askedAt = now.monotonic
        open.timeout = timeout
        let wasPaused = state.isPaused
        state.isPaused = false
        state.session = open
        windows[window] = state
        return (wasPaused ? [.resume(window)] : []) + [
            .prompt(number, window, remaining: timeout), .setTimer(window, after: timeout + policy.timeoutGrace),
        ]
    }

    mutating func withdraw(
        _ number: PromptNumber, _ reason: SessionAction.Withdrawal, at now: CaptureTime
    ) -> [SessionAction] {
        guard let window = window(of: number), let open = windows[window]?.session, open.answer == .waiting else {
            return []
        }
        windows[window]?.session?.answer = .cancelled
        return (open.isAsking(at: now) ? [.cancelPrompt(number, window, reason)] : []) + [.cancelTimer(window)]
    }

    mutating func close(_ number: PromptNumber, at now: CaptureTime) -> [SessionAction] {
        window(of: number).map { close($0, at: now) } ?? []
    }

    /// Ends the window's session for presses that are made from now on.
    mutating func close(
        _ window: WindowID, _ reason: SessionAction.Withdrawal = .replaced, at now: CaptureTime
    ) -> [SessionAction] {
        guard let open = windows[window]?.session, open.closedAt == nil else { return [] }
        windows[window]?.session?.closedAt = now.monotonic
        guard open.answer == .waiting else { return [] }
        let question: [SessionAction] =
            open.isAsking(at: now) ? [.cancelPrompt(open.session.number, window, reason)] : []
        return question + [.cancelTimer(window)]
    }

    mutating func pause(_ window: WindowID, at now: CaptureTime) -> [SessionAction] {
        guard windows[window]?.isPaused != true else { return [] }
        var actions: [SessionAction] = []
        if let open = windows[window]?.session, open.isAsking(at: now) {
            actions = withdraw(open.session.number, .paused, at: now)
        }
        windows[window, default: WindowState()].isPaused = true
        return actions + [.pause(window)]
    }

    mutating func resume(_ window: WindowID, at now: CaptureTime) -> [SessionAction] {
        guard windows[window]?.isPaused == true else { return [] }
        windows[window]?.isPaused = false
        return [.resume(window)]
    }
}
