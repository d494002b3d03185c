// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A session whose prompt ran out without a press: a result of its own, never a rating (G3).
///
/// Pads that tell of their timeouts themselves give a result with a frame; this one stands where no pad said anything.
public struct NoAnswer: Sendable, Hashable {
    /// The session that was asked.
    public let session: PromptNumber
    /// Its window.
    public let window: WindowID

    /// Names the session.
    public init(session: PromptNumber, window: WindowID) {
        self.session = session
        self.window = window
    }
}

/// Something about a window or a device that an auditor may want to look at; it flags and never holds anything up.
///
/// It never tells a level, and nothing a level could be read from, such as which key was pressed (G9).
public struct IntegrityEvent: Sendable, Hashable {
    /// What was seen. A number is never given to another cause.
    public enum Cause: UInt8, Sendable, Hashable, CaseIterable {
        /// A ticket was served and nobody was asked for a rating.
        case ticketWithoutPrompt = 1
        /// A prompt was taken back before it was answered or ran out, or another took its place before it could be read.
        case promptCancelled = 2
        /// A window was paused while its prompt was showing.
        case promptPaused = 3
        /// A device went away while its window's prompt was showing.
        case padUnplugged = 4
        /// A key was pressed sooner after the prompt than a person reads it.
        case hastyPress = 5
        /// One key of a device was pressed many times in a row; ``IntegrityEvent/count`` says how often.
        case keyStreak = 6
        /// Keys were pressed outside the opening hours: one as a stretch of such presses begins and, where it did not
        /// stay at one, another with their number as it ends.
        case outsideHours = 7
    }

    /// What was seen.
    public let cause: Cause
    /// The window, where there is one.
    public let window: WindowID?
    /// The device, where one is concerned.
    public let device: DeviceID?
    /// The session, where one is concerned.
    public let session: PromptNumber?
    /// How often, for a cause that counts; else 1.
    public let count: UInt64

    /// Describes what was seen.
    public init(
        _ cause: Cause, window: WindowID?, device: DeviceID? = nil, session: PromptNumber? = nil, count: UInt64 = 1
    ) {
        self.cause = cause
        self.window = window
        self.device = device
        self.session = session
        self.count = count
    }
}
