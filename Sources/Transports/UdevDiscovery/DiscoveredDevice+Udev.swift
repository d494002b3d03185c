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
        // The parents that say what a node is for are the input device and the HID device, not the USB interface.
        let parent = udev_device_get_parent(device)
        if kind == .evdev { typesDigits = attribute(parent, "capabilities/key").flatMap(Self.hasDigits) }
        if kind == .hidraw {
            usagePage = Self.text(udev_device_get_syspath(parent), atMost: 4096).flatMap { Self.usagePage(of: $0) }
        }
    }

    /// Whether a bitmap of keys, words of hexadecimal digits with the highest first, has one of the digits of either
    /// row: KEY_1 to KEY_0 are 2 to 11, KEY_KP7 to KEY_KP0 lie in 71 to 82 (linux/input-event-codes.h).
    static func hasDigits(_ bitmap: String) -> Bool? {
        let words = bitmap.split(separator: " ").map { UInt64($0, radix: 16) }
        guard let last = words.last, let low = last else { return nil }
        let high = words.count > 1 ? words[words.count - 2] : 0
        let keypad = [71, 72, 73, 75, 76, 77, 79, 80, 81, 82].reduce(into: UInt64(0)) { $0 |= 1 << ($1 - 64) }
        return low & 0xFFC != 0 || (high ?? 0) & keypad != 0
    }

    /// The usage page that a HID device's report descriptor begins with (HID 1.11, 6.2.2.7: item 04, one or two bytes).
    private static func usagePage(of directory: String) -> UInt16? {
        // The attribute is no text: it holds zeros, at which libudev would end it.
        let descriptor = open(directory + "/report_descriptor", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = [0, 0, 0]
        guard read(descriptor, &bytes, bytes.count) == bytes.count else { return nil }
        return usagePage(bytes)
    }

    /// The usage page from a report descriptor's first bytes.
    static func usagePage(_ bytes: [UInt8]) -> UInt16? {
        switch bytes.first {
        case 0x05 where bytes.count > 1: UInt16(bytes[1])
        case 0x06 where bytes.count > 2: UInt16(bytes[1]) | UInt16(bytes[2]) << 8
        default: nil
        }
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
