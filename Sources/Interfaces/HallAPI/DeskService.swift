// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the clerk's page asks of the core, which looks at the desk's key each time.
///
/// A clerk asks for a rating, takes the question back, pauses the window and says who serves. Nothing here tells a level
/// that was given, or lets a clerk choose one (G9).
public protocol DeskService: Sendable {
    /// Takes a step at a desk and answers how its window stands behind it.
    ///
    /// Throws `desk.unknown` where no desk of that window has that key, `desk.too-many-attempts` where wrong keys come too
    /// often from one address, `desk.unknown-staff` for a number that nobody has, and `desk.not-asked` where the question
    /// could not be recorded.
    func desk(_ step: DeskStep, _ request: DeskRequest) async throws(GatewayError) -> DeskState
}

/// What can be done at a desk: a closed list, by the names of the methods.
public enum DeskStep: String, Sendable, CaseIterable {
    /// Nothing: it looks how the window stands.
    case look = "desk.state"
    /// Asks the citizen for a rating; one who is being asked already is not asked twice.
    case ask = "desk.ask"
    /// Takes the question back.
    case cancel = "desk.cancel"
    /// The window serves nobody for now.
    case pause = "desk.pause"
    /// The window serves again.
    case resume = "desk.resume"
    /// Another member of staff serves from now on.
    case signIn = "desk.sign-in"
}

/// A step at a desk.
public struct DeskRequest: Sendable, Hashable, Codable {
    /// The id of the desk's window.
    public var window: String
    /// The desk's key.
    public var key: String
    /// The number of the member of staff who serves from now on; for `desk.sign-in` alone.
    public var staff: String?
    /// The address it is asked from, as the web process knows it: wrong keys are counted by it.
    public var address: String?

    /// Takes the fields.
    public init(window: String, key: String, staff: String? = nil, address: String? = nil) {
        self.window = window
        self.key = key
        self.staff = staff
        self.address = address
    }
}

/// How a desk's window stands.
public struct DeskState: Sendable, Hashable, Codable {
    /// What became of the question to the citizen at the window; never with which level.
    public enum Question: String, Sendable, Hashable, Codable {
        /// Nobody was asked.
        case none
        /// It waits for a press.
        case waiting
        /// A rating is on disk, whichever level it has.
        case answered
        /// The time ran out, or the citizen pressed the cancel key.
        case noAnswer
        /// It was taken back.
        case cancelled
    }

    /// A pad of the window.
    public struct Pad: Sendable, Hashable, Codable {
        /// What it is called: the name it gave itself, else its line's.
        public var name: String
        /// Whether it is there.
        public var isConnected: Bool

        /// Takes the fields.
        public init(name: String, isConnected: Bool) {
            self.name = name
            self.isConnected = isConnected
        }
    }

    /// The window.
    public var window: HallDescription.Window
    /// Who serves; `nil` where nobody is known.
    public var staff: String?
    /// Whether the window is paused.
    public var isPaused: Bool
    /// What became of the question.
    public var question: Question
    /// Seconds until the question runs out; `nil` where nobody is being asked.
    public var remainingSeconds: Int?
    /// The pads of the window on which citizens rate.
    public var pads: [Pad]

    /// Takes the fields.
    public init(
        window: HallDescription.Window, staff: String? = nil, isPaused: Bool, question: Question,
        remainingSeconds: Int? = nil, pads: [Pad]
    ) {
        self.window = window
        self.staff = staff
        self.isPaused = isPaused
        self.question = question
        self.remainingSeconds = remainingSeconds
        self.pads = pads
    }
}
