// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Where a device hangs.
public struct DeviceLine: Sendable, Hashable {
    /// How the line is opened.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A terminal device: UART, USB adapter, CDC-ACM.
        case serial
        /// A HID device by its raw reports (`/dev/hidraw…`); each read of a driver is one report.
        case hidraw
        /// An input device by its events (`/dev/input/event…`), grabbed, so that its keys reach nobody else.
        case evdev
        /// A TCP connection to a serial server that passes bytes as they are.
        case tcp
        /// A TCP connection to a serial server that takes the line's settings (RFC 2217).
        case rfc2217
        /// A pad that connects in over WebSocket, whose messages the web process hands on.
        case web
    }

    /// The device node, such as `/dev/hallgate/by-path/…`, a link being followed at each open; for ``Kind/tcp`` and
    /// ``Kind/rfc2217`` `host:port`, an IPv6 address in brackets; for ``Kind/web`` the pad's name.
    public let path: String
    /// Line speed in bits per second, where the line has one to set.
    public let baud: Int
    /// How the line is opened.
    public let kind: Kind
    /// What the device is known by where no node is named: the node is looked up at each open, and ``path`` is the
    /// match in words.
    public let match: DeviceMatch?

    /// Names a line by its node or address.
    public init(path: String, baud: Int, kind: Kind = .serial) {
        self.path = path
        self.baud = baud
        self.kind = kind
        match = nil
    }

    /// Names a line by what its device is known by.
    public init(match: DeviceMatch, baud: Int, kind: Kind) {
        path = match.description
        self.baud = baud
        self.kind = kind
        self.match = match
    }
}

/// What tells one device of the hall from the others, whatever node the kernel gives it.
///
/// Everything stated must fit. The serial number, or the physical port where the hardware has none, is the identity;
/// the rest narrows it.
public struct DeviceMatch: Sendable, Hashable, CustomStringConvertible {
    /// USB serial number.
    public var serial: String?
    /// The physical port (udev's `ID_PATH`).
    public var port: String?
    /// USB vendor number.
    public var vendor: UInt16?
    /// USB product number.
    public var product: UInt16?
    /// USB interface number, such as `00`.
    public var interface: String?

    /// States what is known.
    public init(
        serial: String? = nil, port: String? = nil, vendor: UInt16? = nil, product: UInt16? = nil,
        interface: String? = nil
    ) {
        self.serial = serial
        self.port = port
        self.vendor = vendor
        self.product = product
        self.interface = interface
    }

    /// Whether a device is meant.
    public func fits(_ device: DiscoveredDevice) -> Bool {
        (serial == nil || serial == device.serial) && (port == nil || port == device.portPath)
            && (vendor == nil || vendor == device.vendor) && (product == nil || product == device.product)
            && (interface == nil || interface == device.interface)
    }

    public var description: String {
        let hexadecimal = { (number: UInt16) in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
        return [
            serial.map { "serial=\($0)" }, port.map { "port=\($0)" }, vendor.map { "vendor=\(hexadecimal($0))" },
            product.map { "product=\(hexadecimal($0))" }, interface.map { "interface=\($0)" },
        ].compactMap { $0 }.joined(separator: " ")
    }
}
