// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// Something that concerns a window.
public enum SessionEvent: Sendable, Hashable {
    /// A session was committed: ask the window's pads, for at most `timeout`.
    case opened(WindowSession, timeout: Duration)
    /// A session was read back from the journal at start, with how it had ended so far, and nothing else is known: a
    /// press that does not name it is not its own any more.
    case restored(WindowSession, timeout: Duration, answer: SessionAnswer)
    /// A press for this session is on disk; its position is `nil` where it had been there before.
    case recorded(PressFacts, PromptNumber, JournalSequence?)
    /// A press that belongs to no session is on disk.
    case recordedUnbound(PressFacts)
    /// That a session was not answered is on disk.
    case noAnswerRecorded(PromptNumber)
    /// The timer of a window has run out.
    case timer(WindowID)
    /// A pad of the window said who it is.
    case padConnected(WindowID)
    /// The region says that a session's case was rated at its own page.
    case answeredElsewhere(PromptNumber)
    /// The business system wants a session asked again.
    case askedAgain(PromptNumber, timeout: Duration)
    /// The business system takes the question back; the session answers to nothing but a press that names it.
    case cancelled(PromptNumber)
    /// The business system has done with the session.
    case closed(PromptNumber)
    /// The window serves nobody for now.
    case paused(WindowID)
    /// The window serves again.
    case resumed(WindowID)
    /// A ticket is served at the window from now on, `nil` where its number is not known; one that another window
    /// serves leaves that window. `waiting` is how many wait, where that is known.
    case ticketCalled(WindowID, ticket: String?, waiting: Int?)
    /// A member of staff signed in; `nil` is a badge that nobody knows.
    case signedIn(WindowID, staff: String?)
    /// A case number was scanned at the window.
    case scannedCase(WindowID, CaseReference)
    /// A key of the window's call panel was pressed.
    case key(StaffKey, WindowID)
}

/// How a session ended, or that it has not; never with which level.
public enum SessionAnswer: String, Sendable, Hashable {
    /// It waits for a press.
    case waiting
    /// A key was pressed, a page of the hall's was sent, or the region says that its own was.
    case answered
    /// The prompt ran out, or the citizen pressed the cancel key.
    case noAnswer
    /// The question was taken back before it was answered.
    case cancelled
}

/// What matters of a press for the window it is pressed at.
public struct PressFacts: Sendable, Hashable {
    /// How the press ends a prompt.
    public enum Ending: Sendable, Hashable {
        /// With a level.
        case rated
        /// With the pad's own report that nobody pressed, or with the cancel key.
        case unrated
    }

    /// The device.
    public var device: DeviceID
    /// The prompt it names.
    public var prompt: PromptNumber?
    /// The window of the device.
    public var window: WindowID?
    /// When it was pressed; `nil` where the pad lost count of its age.
    public var pressedAt: CaptureTime?
    /// How it ends a prompt.
    public var ending: Ending
    /// Whether it came once, from a page or a form (see ``RatingModel/PressKey/isOneTime``): it belongs to the session
    /// that it names or to none, and takes nothing from the citizen at the pad.
    public var isOneTime: Bool

    /// Takes the facts.
    public init(
        device: DeviceID, prompt: PromptNumber?, window: WindowID?, pressedAt: CaptureTime?, ending: Ending = .rated,
        isOneTime: Bool = false
    ) {
        self.device = device
        self.prompt = prompt
        self.window = window
        self.pressedAt = pressedAt
        self.ending = ending
        self.isOneTime = isOneTime
    }

    /// Takes the facts from what a driver captured.
    public init(_ press: CapturedPress, window: WindowID?, pressedAt: CaptureTime?) {
        let isRated = if case .rated = press.outcome { true } else { false }
        self.init(
            device: press.key.device, prompt: press.prompt, window: window, pressedAt: pressedAt,
            ending: isRated ? .rated : .unrated, isOneTime: press.key.isOneTime)
    }
}
