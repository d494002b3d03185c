// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
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
        /// Keys of a HID device were seen in its reports, by these values in the order of their first press.
        case reports(values: [UInt8])
        /// The device said who it is.
        case identity
    }

    /// The line's path.
    public let path: String
    /// Its speed in bits per second; `nil` where it has none.
    public let baud: Int?
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
    /// The driver's own keys by which it was understood.
    public let settings: [DeviceStanza.Setting]
    /// How well the hardware fits the driver.
    let score: Int

    init(
        path: String, baud: Int?, driver: String, kind: Kind, address: BusAddress? = nil, device: String? = nil,
        age: Duration? = .zero, settings: [DeviceStanza.Setting] = [], score: Int = 0
    ) {
        self.path = path
        self.baud = baud
        self.driver = driver
        self.kind = kind
        self.address = address
        self.device = device
        self.age = age
        self.settings = settings
        self.score = score
    }

    /// How much it says; what the hardware is like decides between equals.
    ///
    /// A text that a keyboard typed in one go is a scanner's, though each of its digits could be a pad's key; any other
    /// text may be frames that happen to end like one.
    var weight: Int {
        switch kind {
        case .code(let text) where text.count > 1 && baud == nil: 60 + score
        case .press, .reports: 40 + score
        case .staffKey: 30 + score
        case .entry: 20 + score
        case .identity: 10 + score
        case .code: score
        }
    }

    /// What tells one pad or key from the next where several are to be pressed.
    public var distinction: String {
        if let address { return "address \(address)" }
        if case .press(_, let label) = kind { return "key \(label)" }
        return ""
    }
}
