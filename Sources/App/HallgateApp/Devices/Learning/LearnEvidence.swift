// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A sign that a driver understands the device on a line nobody configured.
public struct LearnEvidence: Sendable, Hashable {
    /// What was understood.
    public enum Kind: Sendable, Hashable {
        /// A key was pressed. Values of unassigned devices may be shown.
        case press(key: UInt8, label: String)
        /// The prompt's time ran out, or it was cancelled; some key pads send that too.
        case entry
        /// A key of a call panel.
        case staffKey
        /// A code, by a scanner: anything that ends in a line feed looks like one, so it counts least.
        case code(String)
        /// The device said who it is.
        case identity
    }

    /// The line's path.
    public let path: String
    /// Its speed in bits per second.
    public let baud: Int
    /// The driver that understood.
    public let driver: String
    /// What it understood.
    public let kind: Kind
    /// The device's address on a shared line.
    public let address: BusAddress?
    /// The device's name, where it has one.
    public let device: String?
    /// How long ago it happened; `nil` where the device does not know.
    public let age: Duration?

    /// Takes what was seen.
    public init(
        path: String, baud: Int, driver: String, kind: Kind, address: BusAddress? = nil, device: String? = nil,
        age: Duration? = .zero
    ) {
        self.path = path
        self.baud = baud
        self.driver = driver
        self.kind = kind
        self.address = address
        self.device = device
        self.age = age
    }
}
