// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// A line of the configuration: where devices hang, which driver speaks to them, and the windows they stand at.
public struct DeviceAssignment: Sendable {
    /// Where the device hangs.
    public let line: DeviceLine
    /// The window; `nil` in a waiting area, and on a shared line whose devices stand at windows of their own.
    public let window: WindowID?
    /// The windows of the devices on a shared line, by their addresses.
    public let addresses: [BusAddress: WindowID]
    /// The driver's name in the configuration, such as `native`.
    public let driverName: String
    /// What the driver is set to, in any words that differ where the settings differ: another setting needs the line
    /// opened anew.
    public let driverSettings: String
    /// How long the device may say nothing before it counts as stale; `nil` where silence tells nothing.
    public let staleAfter: Duration?
    /// Makes the driver for a connection; called at every open.
    public let makeDriver: @Sendable () -> any DeviceDriver
    /// What such a device can do.
    let capabilities: DeviceCapabilities

    /// Takes what the configuration says.
    public init(
        line: DeviceLine, window: WindowID?, addresses: [BusAddress: WindowID] = [:], driverName: String,
        driverSettings: String = "", staleAfter: Duration? = nil, makeDriver: @escaping @Sendable () -> any DeviceDriver
    ) {
        self.line = line
        self.window = window
        self.addresses = addresses
        self.driverName = driverName
        self.driverSettings = driverSettings
        self.makeDriver = makeDriver
        capabilities = makeDriver().capabilities
        self.staleAfter = staleAfter ?? capabilities.longestSilence
    }

    /// Whether a line opened for `other` can go on as it is: only the windows may differ.
    func canContinue(_ other: DeviceAssignment) -> Bool {
        line == other.line && driverName == other.driverName && driverSettings == other.driverSettings
    }

    /// Whether the same devices stand at the same windows.
    func hasWindows(of other: DeviceAssignment) -> Bool { window == other.window && addresses == other.addresses }

    /// Where an event came in: by its address on a shared line, else by the line.
    func source(at address: BusAddress?) -> PressSource {
        PressSource(path: line.path, window: address.flatMap { addresses[$0] } ?? window)
    }

    /// Every place a command or a greeting can go to: each known address, or the line's only device.
    var places: [(address: BusAddress?, window: WindowID?)] {
        guard !addresses.isEmpty else { return [(nil, window)] }
        return addresses.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
