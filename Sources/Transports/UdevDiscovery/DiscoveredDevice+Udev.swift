// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CUdev
import DeviceAPI
import Glibc

extension DiscoveredDevice {
    /// Longest text taken from the database, in bytes; USB strings have at most 126 characters.
    static let mostBytes = 256
    /// Most links taken of a node.
    private static let mostLinks = 32

    /// Reads a device of udev's; `nil` where no pad can hang on it: a console, a mouse, a node without a name.
    init?(_ device: OpaquePointer) {
        guard let node = Self.text(udev_device_get_devnode(device), atMost: 4096),
            let subsystem = Self.text(udev_device_get_subsystem(device))
        else { return nil }
        let property = { (name: String) in Self.text(udev_device_get_property_value(device, name)) }
        guard let kind = Self.kind(device, subsystem: subsystem, node: node, property: property) else { return nil }
        self.init(node: node, kind: kind)
        // The parents belong to the device, so they are not given back.
        let interface = udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_interface")
        let hardware = udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device")
        let attribute = { (parent: OpaquePointer?, name: String) in
            parent.flatMap { Self.text(udev_device_get_sysattr_value($0, name)) }
        }
        // On other buses ID_VENDOR_ID is another numbering (PCI's).
        let isUSB = property("ID_BUS") == "usb"
        vendor = Self.number(
            property("ID_USB_VENDOR_ID") ?? (isUSB ? property("ID_VENDOR_ID") : nil) ?? attribute(hardware, "idVendor"))
        product = Self.number(
            property("ID_USB_MODEL_ID") ?? (isUSB ? property("ID_MODEL_ID") : nil) ?? attribute(hardware, "idProduct"))
        serial = property("ID_USB_SERIAL_SHORT") ?? property("ID_SERIAL_SHORT") ?? attribute(hardware, "serial")
        self.interface = property("ID_USB_INTERFACE_NUM") ?? attribute(interface, "bInterfaceNumber")
        kernelDriver =
            property("ID_USB_DRIVER") ?? interface.flatMap { Self.text(udev_device_get_driver($0)) }
            ?? udev_device_get_parent(device).flatMap { Self.text(udev_device_get_driver($0)) }
        portPath = property("ID_PATH")
        model = Self.words(property("ID_VENDOR"), property("ID_MODEL")) ?? attribute(hardware, "product")
        links = Self.links(device)
    }

    private static func kind(
        _ device: OpaquePointer, subsystem: String, node: String, property: (String) -> String?
    ) -> DeviceLine.Kind? {
        switch subsystem {
        // Consoles and pseudo-terminals are terminals without hardware behind them.
        case "tty": return udev_device_get_parent(device) == nil ? nil : .serial
        case "hidraw": return .hidraw
        case "input":
            guard node.hasPrefix("/dev/input/event") else { return nil }
            // udev says of every input device what it is; without keys it is a mouse, a lid, a screen.
            return property("ID_INPUT") != nil && property("ID_INPUT_KEY") == nil ? nil : .evdev
        default: return nil
        }
    }

    private static func links(_ device: OpaquePointer) -> [String] {
        var links: [String] = []
        var entry = udev_device_get_devlinks_list_entry(device)
        while let current = entry, links.count < mostLinks {
            if let link = text(udev_list_entry_get_name(current), atMost: 4096) { links.append(link) }
            entry = udev_list_entry_get_next(current)
        }
        return links
    }

    private static func words(_ maker: String?, _ model: String?) -> String? {
        let words = [maker, model].compactMap { $0 }.joined(separator: " ")
        return words.isEmpty ? nil : words
    }

    /// A number as udev and sysfs write it: four hexadecimal digits.
    static func number(_ text: String?) -> UInt16? {
        guard let text, text.utf8.count <= 4 else { return nil }
        return UInt16(text, radix: 16)
    }

    /// What the hardware says, made fit for logs and terminals: no control characters, bounded, `nil` where empty.
    static func text(_ pointer: UnsafePointer<CChar>?, atMost limit: Int = mostBytes) -> String? {
        guard let pointer else { return nil }
        let length = strnlen(pointer, limit)
        let bytes = UnsafeRawBufferPointer(start: pointer, count: length)
        let decoded = String(decoding: bytes, as: UTF8.self)
        var text = ""
        for scalar in decoded.unicodeScalars {
            let isControl = [.control, .format, .lineSeparator, .paragraphSeparator].contains(
                scalar.properties.generalCategory)
            text.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
        }
        return text.isEmpty ? nil : text
    }
}
