// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The lines that a tablet understands, as its maker or its integrator says; there is no public protocol for them.
public struct URLPadSettings: Sendable, Hashable {
    /// Where a page's address stands in ``open``.
    public static let placeholder = "{url}"
    /// Longest page address passed on, in bytes.
    public static let longestAddress = 2048

    /// The name the tablet goes by; it has none of its own.
    public var device: DeviceID
    /// The line that opens a page, with ``placeholder`` in it once.
    public var open: String
    /// The line that closes the page once it is no longer this citizen's; `nil` where the tablet has none.
    public var close: String?
    /// The line behind it that brings the standby screen; `nil` where the tablet has none.
    public var standby: String?
    /// The bytes behind each line.
    public var terminator: [UInt8]
    /// The host that pages have to be on, or on a name under it; `nil` for any.
    public var host: String?

    /// Takes the line that opens a page; the others are added where the tablet has them.
    public init(device: DeviceID, open: String, terminator: [UInt8]) {
        self.device = device
        self.open = open
        self.terminator = terminator
    }
}
