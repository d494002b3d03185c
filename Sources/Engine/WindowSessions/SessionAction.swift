// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What is to be done for a window.
public enum SessionAction: Sendable, Hashable {
    /// Why a question is taken back.
    public enum Withdrawal: Sendable, Hashable {
        /// Another session was opened, or another ticket called.
        case replaced
        /// The case of the same citizen became known, and they are asked anew.
        case renewed
        /// The business system took it back, or staff sent the ticket away.
        case cancelled
        /// The window was paused.
        case paused
        /// The time ran out, and a pad may not have noticed.
        case timedOut
        /// The citizen has rated on a page: the hall's, a kiosk's, or the region's own.
        case answeredElsewhere
    }

    /// Ask for a rating, for the time that remains.
    case prompt(PromptNumber, WindowID, remaining: Duration)
    /// Take the question back.
    case cancelPrompt(PromptNumber, WindowID, Withdrawal)
    /// Have the window's pads take no presses.
    case pause(WindowID)
    /// Have the window's pads take presses again.
    case resume(WindowID)
    /// Show how many wait and which ticket is served.
    case showWaiting(WindowID, count: Int, ticket: Int?)
    /// Commit a session and say so with `opened`.
    case open(SessionOpening)
    /// Record once that a session was not answered.
    case recordNoAnswer(WindowSession)
    /// Start or restart the window's timer.
    case setTimer(WindowID, after: Duration)
    /// Stop the window's timer.
    case cancelTimer(WindowID)
    /// The next ticket was called while this window's ticket was served: that one is done.
    case ticketFinished(WindowID)
    /// A ticket is served at the window from now on.
    case ticketBegun(WindowID)
    /// A ticket cannot be suspended, because as many as may be are.
    case tooManySuspended(WindowID)
}

/// A session that a key or a scanned code asks for.
public struct SessionOpening: Sendable, Hashable {
    /// The window.
    public var window: WindowID
    /// The case that was scanned, where one was.
    public var caseReference: CaseReference?
    /// Who serves, where known.
    public var staff: String?
    /// The ticket that is served, where known.
    public var ticket: String?

    /// Takes what is known.
    public init(window: WindowID, caseReference: CaseReference?, staff: String?, ticket: String?) {
        self.window = window
        self.caseReference = caseReference
        self.staff = staff
        self.ticket = ticket
    }
}

/// Where a press belongs.
public enum SessionMatch: Sendable, Hashable {
    /// To this session; `supersedes` is the position of the press it corrects, if it does.
    case session(WindowSession, supersedes: JournalSequence?)
    /// To a session that only the journal remembers.
    case lookUp(PromptNumber)
    /// To none: it is kept without a case.
    case unbound
}
