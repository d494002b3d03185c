// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// A line of the configuration: where a device hangs, which driver speaks to it, and the window it stands at.
public struct DeviceAssignment: Sendable {
    /// Where the device hangs.
    public let line: DeviceLine
    /// The window; `nil` in a waiting area.
    public let window: WindowID?
    /// The driver's name in the configuration, such as `native`.
    public let driverName: String
    /// Makes the driver for a connection; called at every open.
    public let makeDriver: @Sendable () -> any DeviceDriver

    /// Takes what the configuration says.
    public init(
        line: DeviceLine, window: WindowID?, driverName: String, makeDriver: @escaping @Sendable () -> any DeviceDriver
    ) {
        self.line = line
        self.window = window
        self.driverName = driverName
        self.makeDriver = makeDriver
    }

    /// Whether a line opened for `other` can go on as it is: only the window may differ.
    func canContinue(_ other: DeviceAssignment) -> Bool { line == other.line && driverName == other.driverName }
}
