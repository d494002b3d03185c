// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Something to show on a device; the engine decides what, a driver only draws it.
public enum DisplayContent: Sendable, Hashable {
    /// Nothing: back to standby.
    case standby
    /// A text, with its language as a BCP 47 tag such as `zh-Hans`.
    case text(String, language: String)
    /// A clip or bitmap that the device holds, for scripts it cannot shape (traditional Mongolian).
    case clip(UInt16)
    /// A QR code, shown for its lifetime.
    case qrCode(String, lifetime: Duration)
    /// Who serves.
    case staffCard(StaffCard)
}

/// Something that a device was to show and does not, and why.
public struct RefusedContent: Sendable, Hashable {
    /// What was to be shown.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A text.
        case text
        /// A clip or bitmap that the device holds.
        case clip
        /// A QR code.
        case qrCode
        /// Who serves.
        case staffCard
        /// How many wait.
        case waiting
        /// The scanner's light.
        case scanner
    }

    /// Why it is not shown.
    public enum Reason: Sendable, Hashable {
        /// The device says that it cannot: it has no such clip, no such glyphs, no scanner.
        case unable
        /// It has so many bytes and cannot be cut.
        case tooLong(bytes: Int, most: Int)
        /// There is nothing to show.
        case empty
        /// The device has no display.
        case noDisplay
    }

    /// What was to be shown.
    public let kind: Kind
    /// Why it is not.
    public let reason: Reason

    /// Takes both.
    public init(_ kind: Kind, _ reason: Reason) {
        self.kind = kind
        self.reason = reason
    }
}

/// What a question is about, for devices that show it beside the question.
///
/// It may name a citizen: it is kept in memory only, and no record and no log holds it.
public struct PromptSubject: Sendable, Hashable {
    /// Whose case it is (办事人), where the business system says so.
    public let transactor: String?
    /// What it is about (事项), where the business system says so.
    public let item: String?
    /// When the session was opened, by the hall's clock, as `yyyy-MM-dd HH:mm:ss`; `nil` where the clock is not trusted.
    public let openedAt: String?

    /// Takes what is known.
    public init(transactor: String? = nil, item: String? = nil, openedAt: String? = nil) {
        self.transactor = transactor
        self.item = item
        self.openedAt = openedAt
    }
}

/// Who serves at a window, as the citizen may see it.
public struct StaffCard: Sendable, Hashable {
    /// The number on the badge.
    public let number: String
    /// The name.
    public let name: String
    /// Which of the photographs that the device holds; `nil` for none.
    public let photograph: UInt16?

    /// Describes a member of staff.
    public init(number: String, name: String, photograph: UInt16?) {
        self.number = number
        self.name = name
        self.photograph = photograph
    }
}
