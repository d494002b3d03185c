// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A device node that the system has, with what it says of the hardware behind it.
///
/// Every text is as udev's database gives it (properties `ID_…`), control characters replaced; a field that the
/// hardware does not state is `nil`, never guessed.
public struct DiscoveredDevice: Sendable, Hashable {
    /// The node, such as `/dev/ttyUSB0`; the kernel gives the next device another one.
    public var node: String
    /// How its line is opened.
    public var kind: DeviceLine.Kind
    /// USB vendor number.
    public var vendor: UInt16?
    /// USB product number.
    public var product: UInt16?
    /// USB serial number; cheap adapters have none, or all the same one.
    public var serial: String?
    /// USB interface number of a device with several, such as `00`.
    public var interface: String?
    /// The kernel driver of the USB interface, such as `ch341`.
    public var kernelDriver: String?
    /// The physical port, such as `pci-0000:00:14.0-usb-0:1.2:1.0` (udev's `ID_PATH`): it stays while the cable does.
    public var portPath: String?
    /// Maker and model in the hardware's words.
    public var model: String?
    /// The stable links to the node, such as those under `/dev/hallgate/`.
    public var links: [String]

    /// Takes what the system says.
    public init(
        node: String, kind: DeviceLine.Kind, vendor: UInt16? = nil, product: UInt16? = nil, serial: String? = nil,
        interface: String? = nil, kernelDriver: String? = nil, portPath: String? = nil, model: String? = nil,
        links: [String] = []
    ) {
        self.node = node
        self.kind = kind
        self.vendor = vendor
        self.product = product
        self.serial = serial
        self.interface = interface
        self.kernelDriver = kernelDriver
        self.portPath = portPath
        self.model = model
        self.links = links
    }
}

/// What became known of the system's devices.
public enum DiscoveryEvent: Sendable, Hashable {
    /// A device is there, or something about it changed.
    case appeared(DiscoveredDevice)
    /// The device behind a node is gone.
    case vanished(node: String)
    /// Everything that is there: at the start, and whenever events may have been lost.
    case rescanned([DiscoveredDevice])
}

/// The hardware a kind of pad is known to come with, for a driver to be suggested for a device nobody configured.
///
/// A fingerprint only ever suggests: many pads share one USB adapter chip, so a device is driven once an operator has
/// said what it is.
public struct DeviceFingerprint: Sendable, Hashable {
    /// How lines of such hardware are opened.
    public let kind: DeviceLine.Kind
    /// USB vendor number, where it tells something.
    public let vendor: UInt16?
    /// USB product number, where it tells something.
    public let product: UInt16?
    /// What the USB serial number begins with, where it tells something.
    public let serialPrefix: String?
    /// The kernel driver, where it tells something.
    public let kernelDriver: String?
    /// What such hardware is, in words for the operator.
    public let note: String

    /// Describes hardware.
    public init(
        kind: DeviceLine.Kind, vendor: UInt16? = nil, product: UInt16? = nil, serialPrefix: String? = nil,
        kernelDriver: String? = nil, note: String
    ) {
        self.kind = kind
        self.vendor = vendor
        self.product = product
        self.serialPrefix = serialPrefix
        self.kernelDriver = kernelDriver
        self.note = note
    }

    /// How well a device fits, from 1; `nil` where anything that is stated contradicts it.
    ///
    /// A serial prefix says most (8), then the product (4), the vendor (2), the kernel driver (1); the kind alone is 1.
    public func score(of device: DiscoveredDevice) -> Int? {
        guard device.kind == kind else { return nil }
        var score = 1
        if let vendor { if device.vendor == vendor { score += 2 } else { return nil } }
        if let product { if device.product == product { score += 4 } else { return nil } }
        if let serialPrefix {
            if device.serial?.hasPrefix(serialPrefix) == true { score += 8 } else { return nil }
        }
        if let kernelDriver { if device.kernelDriver == kernelDriver { score += 1 } else { return nil } }
        return score
    }
}
