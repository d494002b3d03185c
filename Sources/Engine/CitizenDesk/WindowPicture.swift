// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What a screen has to know of a window at a moment.
public struct WindowPicture: Sendable, Hashable {
    /// The session of whoever stands there; `nil` without one, and once it is over.
    public var session: WindowSession?
    /// Whether the pads ask.
    public var isAsking: Bool
    /// Whether a rating of the session is on disk.
    public var isAnswered: Bool
    /// Whether the window serves nobody for now.
    public var isPaused: Bool
    /// The ticket that is served.
    public var ticket: String?
    /// Who serves.
    public var staff: String?

    /// Describes a window; one of which nothing is known by default.
    public init(
        session: WindowSession? = nil, isAsking: Bool = false, isAnswered: Bool = false, isPaused: Bool = false,
        ticket: String? = nil, staff: String? = nil
    ) {
        self.session = session
        self.isAsking = isAsking
        self.isAnswered = isAnswered
        self.isPaused = isPaused
        self.ticket = ticket
        self.staff = staff
    }
}
