// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the business system's socket offers: the closed list of methods, as the core implements it.
///
/// Nothing here records a rating, and nothing tells a level (G9).
public protocol BusinessService: BusinessOperations {
    /// `version`: Hallgate's version.
    func version() async -> VersionAnswer
}

/// What the business system does with sessions, windows and tickets, by whichever way it comes.
public protocol BusinessOperations: Sendable {
    /// `session.open`: opens a session at a window and prompts its pads; returns after the session is on disk.
    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket

    /// `session.prompt`: asks again for a session that is not answered.
    func prompt(_ request: PromptRequest) async throws(GatewayError) -> SessionTicket

    /// `session.cancel`: takes the question back.
    func cancel(_ request: SessionName) async throws(GatewayError) -> SessionState

    /// `session.close`: has done with the session: presses that name no prompt are no longer its own.
    func close(_ request: SessionName) async throws(GatewayError) -> SessionState

    /// `session.result`: whether the session is answered, never with which level.
    func result(_ request: SessionName) async throws(GatewayError) -> SessionState

    /// `session.code`: the session's code, for the slip that its citizen takes along.
    func code(_ request: SessionCodeRequest) async throws(GatewayError) -> SessionCode

    /// `window.pause`: the window serves nobody for now, and its pads take no presses.
    func pause(_ request: WindowName) async throws(GatewayError) -> WindowState

    /// `window.resume`: the window serves again.
    func resume(_ request: WindowName) async throws(GatewayError) -> WindowState

    /// `ticket.call`: a ticket is served at a window from now on; one that another window serves is moved.
    func callTicket(_ request: TicketCall) async throws(GatewayError) -> WindowState
}

/// Hallgate's version.
public struct VersionAnswer: Sendable, Hashable, Codable {
    /// As `hallgate --version` prints it.
    public var version: String

    /// Takes the version.
    public init(version: String) { self.version = version }
}

/// A session by its number.
public struct SessionName: Sendable, Hashable, Codable {
    /// The number that `session.open` answered.
    public var session: UInt32

    /// Takes the number.
    public init(session: UInt32) { self.session = session }
}

/// A request to ask again.
public struct PromptRequest: Sendable, Hashable, Codable {
    /// The number that `session.open` answered.
    public var session: UInt32
    /// Seconds until the prompt runs out, 5 to 600; `nil` for the configured time.
    public var timeoutSeconds: Int?

    /// Takes the fields.
    public init(session: UInt32, timeoutSeconds: Int? = nil) {
        self.session = session
        self.timeoutSeconds = timeoutSeconds
    }
}

/// How far a session has come.
public struct SessionState: Sendable, Hashable, Codable {
    /// What became of the question.
    public enum Result: String, Sendable, Hashable, Codable {
        /// It waits for a press.
        case waiting
        /// A key was pressed, or the citizen rated by a page, also the region's own; how is nobody's business here.
        case answered
        /// The prompt ran out, or the citizen pressed the cancel key.
        case noAnswer
        /// The question was taken back before it was answered.
        case cancelled
    }

    /// The session's number.
    public var session: UInt32
    /// What became of the question.
    public var result: Result

    /// Takes the fields.
    public init(session: UInt32, result: Result) {
        self.session = session
        self.result = result
    }
}

/// A window by its name.
public struct WindowName: Sendable, Hashable, Codable {
    /// The window's id in the configuration.
    public var window: String

    /// Takes the name.
    public init(window: String) { self.window = window }
}

/// A call of a ticket.
public struct TicketCall: Sendable, Hashable, Codable {
    /// The window's id in the configuration.
    public var window: String
    /// The ticket's number; `nil` where it is not known.
    public var ticket: String?
    /// How many wait, for pads with figures, 0 to 999; `nil` where it is not known.
    public var waiting: Int?

    /// Takes the fields.
    public init(window: String, ticket: String? = nil, waiting: Int? = nil) {
        self.window = window
        self.ticket = ticket
        self.waiting = waiting
    }
}

/// What a window is doing.
public struct WindowState: Sendable, Hashable, Codable {
    /// The window's id.
    public var window: String
    /// Whether it is paused.
    public var isPaused: Bool
    /// The ticket it serves, where known.
    public var ticket: String?

    /// Takes the fields.
    public init(window: String, isPaused: Bool, ticket: String? = nil) {
        self.window = window
        self.isPaused = isPaused
        self.ticket = ticket
    }
}
