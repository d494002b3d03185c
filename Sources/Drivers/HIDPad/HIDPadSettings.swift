// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the reports of a HID pad mean; there is no usual one, so everything comes from the configuration.
public struct HIDPadSettings: Sendable, Hashable {
    /// The line's name, a part of the device's name: the path or match of the configuration.
    public var line: String
    /// The number of the report that carries the keys, its first byte; `nil` for a device without report numbers.
    public var reportID: UInt8?
    /// Which byte of the report holds the key, from 0 at its first byte, the report's number included.
    public var offset: Int
    /// The bits of that byte that count.
    public var mask: UInt8
    /// The value, under the mask, while no key is down.
    public var released: UInt8
    /// What the values, under the mask, mean.
    public var keys: KeyMap
    /// The output report that thanks, its number first (0 where the device has none); `nil` for a pad that cannot.
    public var thanks: [UInt8]?
    /// The output report that shows a fault.
    public var fault: [UInt8]?
    /// The output report that asks for a rating.
    public var prompt: [UInt8]?

    /// States what the reports mean.
    public init(
        line: String, reportID: UInt8? = nil, offset: Int, mask: UInt8 = 0xFF, released: UInt8 = 0, keys: KeyMap,
        thanks: [UInt8]? = nil, fault: [UInt8]? = nil, prompt: [UInt8]? = nil
    ) {
        self.line = line
        self.reportID = reportID
        self.offset = offset
        self.mask = mask
        self.released = released
        self.keys = keys
        self.thanks = thanks
        self.fault = fault
        self.prompt = prompt
    }
}
