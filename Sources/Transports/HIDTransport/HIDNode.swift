// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import Glibc
import RatingModel

/// Opens a hidraw node.
enum HIDNode {
    /// HIDIOCGRAWINFO of linux/hidraw.h: `_IOR('H', 0x03, struct hidraw_devinfo)`, which is 8 bytes long.
    private static let rawInformation: UInt = 0x8008_4803

    static func open(_ line: DeviceLine) throws(GatewayError) -> OwnedDescriptor {
        let descriptor = try DeviceNode.open(line, O_RDWR, wrongKind: .notHID(line))
        guard try isHID(descriptor.number, line) else { throw .notHID(line) }
        try DeviceNode.lock(line, descriptor.number)
        return descriptor
    }

    /// Whether the kernel, or where it does not answer the request its list of devices, says that this is a HID node.
    private static func isHID(_ descriptor: Int32, _ line: DeviceLine) throws(GatewayError) -> Bool {
        var information: (bus: UInt32, vendor: Int16, product: Int16) = (0, 0, 0)
        if ioctl(descriptor, rawInformation, &information) == 0 { return true }
        let reason = errno
        guard reason == ENOTTY || reason == EINVAL else { throw DeviceNode.failure(line, reason) }
        var node = stat()
        guard fstat(descriptor, &node) == 0 else { throw DeviceNode.failure(line, errno) }
        return subsystem(of: node.st_rdev) == "hidraw"
    }

    /// The subsystem that a character device belongs to.
    private static func subsystem(of device: dev_t) -> Substring? {
        var target = [CChar](repeating: 0, count: 512)
        // As glibc's gnu_dev_major and gnu_dev_minor part the number.
        let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
        let minor = device & 0xFF | (device >> 12) & ~0xFF
        let link = "/sys/dev/char/\(major):\(minor)/subsystem"
        let count = readlink(link, &target, target.count)
        guard count > 0 else { return nil }
        let path = String(decoding: target[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return path.split(separator: "/").last
    }
}

extension GatewayError {
    static func notHID(_ line: DeviceLine) -> GatewayError {
        GatewayError(
            "device.not-a-hid",
            LocalText("\(line.path) is not a HID device", "\(line.path) 不是 HID 设备"),
            hint: LocalText(
                "name a raw HID node under devices, such as /dev/hidraw0 or a link to one",
                "请在 devices 中填写 HID 原始节点，例如 /dev/hidraw0 或其链接"))
    }
}
