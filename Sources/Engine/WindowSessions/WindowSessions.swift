// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// Which session each window is in, and which session a press belongs to.
///
/// A native pad repeats the number of the prompt it answers, and that decides. A press without one (a simpler pad, a
/// citizen who pressed unasked) belongs to its window's open session if it was made while the session waited for an
/// answer; otherwise it is kept as unbound. Only the newest session of a window is remembered here: an older number is
/// looked up in the journal, so that memory stays flat however long a pad kept a press in its log.
public struct WindowSessions: Sendable {
    private var current: [WindowID: OpenSession] = [:]

    /// Starts with no session anywhere.
    public init() {}

    /// Takes what happened and answers with what the pads of a window are to be told.
    public mutating func handle(_ event: SessionEvent, at now: CaptureTime) -> [SessionAction] {
        switch event {
        case .opened(let session, let timeout):
            let replaced = current.updateValue(OpenSession(session: session, timeout: timeout), forKey: session.window)
            var actions: [SessionAction] = []
            if let replaced, !replaced.isAnswered, replaced.remaining(at: now) != nil {
                actions.append(.cancelPrompt(replaced.session.number, session.window))
            }
            return actions + [.prompt(session.number, session.window, remaining: timeout)]
        case .restored(let session, let timeout):
            current[session.window] = OpenSession(session: session, timeout: timeout)
            return []
        case .recorded(let number, let window):
            if current[window]?.session.number == number { current[window]?.isAnswered = true }
            return []
        case .padConnected(let window):
            guard let open = current[window], !open.isAnswered, let remaining = open.remaining(at: now) else {
                return []
            }
            return [.prompt(open.session.number, window, remaining: remaining)]
        }
    }

    /// Which session a press belongs to; `pressedAt` is `nil` where the pad lost count of the press's age.
    public func match(prompt: PromptNumber?, window: WindowID?, pressedAt: CaptureTime?) -> SessionMatch {
        if let prompt {
            if let open = current.values.first(where: { $0.session.number == prompt }) { return .session(open.session) }
            return .lookUp(prompt)
        }
        guard let window, let open = current[window], !open.isAnswered, let pressedAt,
            pressedAt.boot == open.session.openedAt.boot,
            open.session.openedAt.monotonic <= pressedAt.monotonic, open.remaining(at: pressedAt) != nil
        else { return .unbound }
        return .session(open.session)
    }
}

/// Something that concerns a window's session.
public enum SessionEvent: Sendable, Hashable {
    /// A session was committed: ask the window's pads, for at most `timeout`.
    case opened(WindowSession, timeout: Duration)
    /// A session was read back from the journal at start.
    case restored(WindowSession, timeout: Duration)
    /// A press for this session number is on disk.
    case recorded(PromptNumber, WindowID)
    /// A pad of the window said who it is.
    case padConnected(WindowID)
}

/// What the pads of a window are to be told.
public enum SessionAction: Sendable, Hashable {
    /// Ask for a rating, for the time that remains.
    case prompt(PromptNumber, WindowID, remaining: Duration)
    /// Take the question back.
    case cancelPrompt(PromptNumber, WindowID)
}

/// Where a press belongs.
public enum SessionMatch: Sendable, Hashable {
    /// To this session.
    case session(WindowSession)
    /// To a session that only the journal remembers.
    case lookUp(PromptNumber)
    /// To none: it is kept without a case.
    case unbound
}
