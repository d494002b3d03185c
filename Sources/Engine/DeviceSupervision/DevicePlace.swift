// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
public import RatingModel

/// Where a line's hardware was, and what it was, when it was last in order.
///
/// It is kept over restarts, so that pads that were exchanged while the gateway was off are seen as well.
public struct DevicePlace: Sendable, Hashable {
    /// The line, by its path in the configuration.
    public var line: String
    /// The physical port, where the line is found by what hangs on it.
    public var port: String?
    /// USB vendor number of the adapter.
    public var vendor: UInt16?
    /// USB product number of the adapter.
    public var product: UInt16?
    /// USB serial number of the adapter, where it has one.
    public var serial: String?
    /// The name the device gave itself.
    public var device: DeviceID?

    /// Takes what is known.
    public init(
        line: String, port: String? = nil, vendor: UInt16? = nil, product: UInt16? = nil, serial: String? = nil,
        device: DeviceID? = nil
    ) {
        self.line = line
        self.port = port
        self.vendor = vendor
        self.product = product
        self.serial = serial
        self.device = device
    }

    /// Whether an adapter was ever seen on the line.
    var hasHardware: Bool { port != nil || vendor != nil || product != nil || serial != nil }

    /// Whether an adapter can be the one that was seen; two of a make without serial numbers look alike.
    func isHardware(_ other: DiscoveredDevice) -> Bool {
        vendor == other.vendor && product == other.product && serial == other.serial
    }

    /// Takes over which adapter is there.
    mutating func note(_ other: DiscoveredDevice) {
        (port, vendor, product, serial) = (other.portPath, other.vendor, other.product, other.serial)
    }
}

/// A configured line, as far as its place matters.
struct PlacedLine: Sendable, Hashable {
    /// The path in the configuration.
    let path: String
    let kind: DeviceLine.Kind
    let match: DeviceMatch?
    let window: WindowID?
    /// Whether several devices with names of their own hang on it.
    let isShared: Bool

    init(_ assignment: DeviceAssignment) {
        path = assignment.line.path
        kind = assignment.line.kind
        match = assignment.line.match
        window = assignment.window
        isShared = !assignment.addresses.isEmpty
    }

    /// What people call it.
    var name: String { window?.value ?? path }

    /// Whether a device is the one on this line, as the configuration names it.
    func covers(_ device: DiscoveredDevice) -> Bool {
        guard let match else { return path == device.node || device.links.contains(path) }
        return kind == device.kind && match.fits(device)
    }
}
