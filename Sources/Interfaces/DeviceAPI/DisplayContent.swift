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
