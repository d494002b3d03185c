// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A kiosk screen that shows itself.
public struct ScreenRequest: Sendable, Hashable, Codable {
    /// Its name in the configuration.
    public var screen: String
    /// Its key.
    public var key: String

    /// Takes the fields.
    public init(screen: String, key: String) {
        self.screen = screen
        self.key = key
    }
}

/// What a kiosk screen shows from now on. The engine decides it; the screen only draws.
public struct ScreenScene: Sendable, Hashable, Codable {
    /// What is going on at the window.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Nothing is asked. A screen of the waiting area is always here, with the hall's own code.
        case idle
        /// A citizen is asked to rate the service.
        case prompt
        /// A rating of the session is on disk: it says thanks, whichever level it has.
        case thanks
        /// The window serves nobody for now.
        case paused
        /// The gateway cannot record: nobody is asked.
        case outOfService
    }

    /// What is going on.
    public var kind: Kind
    /// The window; `nil` for a screen of the waiting area.
    public var window: HallDescription.Window?
    /// Who serves, as the site wants it shown; `nil` where it does not or nobody is known.
    public var staff: String?
    /// The ticket that is served.
    public var ticket: String?
    /// What the QR code says, an address; `nil` where none is to be shown.
    public var codeText: String?
    /// A picture of the code that its region made, shown as it is in place of ``codeText``; `nil` for none.
    public var codeImage: CodeImage?
    /// Seconds until the code or the prompt runs out; `nil` for none.
    public var remainingSeconds: Int?
    /// Seconds that the code or the prompt runs in all, so that a screen which comes later shows how much is gone.
    public var wholeSeconds: Int?

    /// Takes the fields.
    public init(
        kind: Kind, window: HallDescription.Window? = nil, staff: String? = nil, ticket: String? = nil,
        codeText: String? = nil, codeImage: CodeImage? = nil, remainingSeconds: Int? = nil, wholeSeconds: Int? = nil
    ) {
        self.kind = kind
        self.window = window
        self.staff = staff
        self.ticket = ticket
        self.codeText = codeText
        self.codeImage = codeImage
        self.remainingSeconds = remainingSeconds
        self.wholeSeconds = wholeSeconds
    }
}
