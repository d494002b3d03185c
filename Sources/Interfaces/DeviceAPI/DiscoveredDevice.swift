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
    /// Of an input device: whether it has keys for digits; `nil` where the kernel does not say.
    public var typesDigits: Bool?
    /// Of a HID device: the usage page that its report descriptor begins with, such as FF00 for a maker's own.
    public var usagePage: UInt16?

    /// Takes what the system says.
    public init(
        node: String, kind: DeviceLine.Kind, vendor: UInt16? = nil, product: UInt16? = nil, serial: String? = nil,
        interface: String? = nil, kernelDriver: String? = nil, portPath: String? = nil, model: String? = nil,
        links: [String] = [], typesDigits: Bool? = nil, usagePage: UInt16? = nil
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
        self.typesDigits = typesDigits
        self.usagePage = usagePage
    }

    /// The socket that the hardware is plugged into: ``portPath`` without the USB interface at its end.
    public var socket: String? {
        guard let portPath, let colon = portPath.lastIndex(of: ":") else { return portPath }
        let end = portPath[portPath.index(after: colon)...]
        return end.contains(".") && end.allSatisfy { $0.isNumber || $0 == "." } ? String(portPath[..<colon]) : portPath
    }

    /// Whether another node belongs to the same piece of hardware: a keyboard has one for each interface, and often
    /// several for one of them.
    public func isSameHardware(as other: DiscoveredDevice) -> Bool {
        socket != nil && socket == other.socket && vendor == other.vendor && product == other.product
            && serial == other.serial
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
    /// How many hexadecimal digits the USB serial number is, where makers follow such a rule.
    public let serialDigits: Int?
    /// The kernel driver, where it tells something.
    public let kernelDriver: String?
    /// The usage page of a HID device, where it tells something.
    public let usagePage: UInt16?
    /// Whether only the adapter's chip is known, behind which anything can be.
    public let isAdapter: Bool
    /// What such hardware is, in words for the operator.
    public let note: String

    /// Describes hardware.
    public init(
        kind: DeviceLine.Kind, vendor: UInt16? = nil, product: UInt16? = nil, serialPrefix: String? = nil,
        serialDigits: Int? = nil, kernelDriver: String? = nil, usagePage: UInt16? = nil, isAdapter: Bool = false,
        note: String
    ) {
        self.kind = kind
        self.vendor = vendor
        self.product = product
        self.serialPrefix = serialPrefix
        self.serialDigits = serialDigits
        self.kernelDriver = kernelDriver
        self.usagePage = usagePage
        self.isAdapter = isAdapter
        self.note = note
    }

    /// How well a device fits, from 1; `nil` where anything that is stated contradicts it.
    ///
    /// What a serial number is like says most (8), then the product (4), the vendor and the usage page (2), the kernel
    /// driver (1); the kind alone is 1. An adapter's chip names no pad, so it is 1 as well however much of it fits.
    public func score(of device: DiscoveredDevice) -> Int? {
        guard device.kind == kind else { return nil }
        var score = 1
        if let vendor { if device.vendor == vendor { score += 2 } else { return nil } }
        if let product { if device.product == product { score += 4 } else { return nil } }
        if let serialPrefix {
            if device.serial?.hasPrefix(serialPrefix) == true { score += 8 } else { return nil }
        }
        if let serialDigits {
            guard let serial = device.serial, serial.utf8.count == serialDigits, serial.allSatisfy(\.isHexDigit) else {
                return nil
            }
            score += 8
        }
        if let kernelDriver { if device.kernelDriver == kernelDriver { score += 1 } else { return nil } }
        if let usagePage { if device.usagePage == usagePage { score += 2 } else { return nil } }
        return isAdapter ? 1 : score
    }
}
