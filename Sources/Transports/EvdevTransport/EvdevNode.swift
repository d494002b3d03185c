// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import Glibc
import RatingModel

/// Opens and grabs an input device; requests are of linux/input.h.
enum EvdevNode {
    /// EVIOCGVERSION: `_IOR('E', 0x01, int)`.
    private static let version: UInt = 0x8004_4501
    /// EVIOCGRAB: `_IOW('E', 0x90, int)`, the argument by value.
    private static let grab: UInt = 0x4004_4590
    /// EVIOCSCLOCKID: `_IOW('E', 0xa0, int)`.
    private static let clock: UInt = 0x4004_45A0

    /// Opens for reading: a keyboard is sent nothing.
    static func open(_ line: DeviceLine, grabs: Bool) throws(GatewayError) -> OwnedDescriptor {
        let descriptor = try DeviceNode.open(line, O_RDONLY, wrongKind: .notAnInput(line))
        var number: Int32 = 0
        guard ioctl(descriptor.number, version, &number) == 0 else { throw failure(line, errno) }
        if grabs, ioctl(descriptor.number, grab, CInt(1)) != 0 { throw failure(line, errno) }
        var boot = Int32(CLOCK_BOOTTIME)
        guard ioctl(descriptor.number, clock, &boot) == 0 else { throw failure(line, errno) }
        return descriptor
    }

    static func failure(_ line: DeviceLine, _ errno: Int32) -> GatewayError {
        switch errno {
        case EBUSY: .grabbed(line)
        case ENOTTY, EINVAL: .notAnInput(line)
        default: DeviceNode.failure(line, errno)
        }
    }
}

extension GatewayError {
    static func grabbed(_ line: DeviceLine) -> GatewayError {
        GatewayError(
            "device.grabbed",
            LocalText("another program has grabbed \(line.path)", "\(line.path) 已被其他程序独占"),
            hint: LocalText(
                "find it with `fuser -v \(line.path)`: a second Hallgate, a key remapper or a desktop's input service",
                "用 fuser -v \(line.path) 查找占用者：可能是另一个 Hallgate、按键映射程序或桌面输入服务"))
    }

    static func notAnInput(_ line: DeviceLine) -> GatewayError {
        GatewayError(
            "device.not-an-input",
            LocalText("\(line.path) is not an input device", "\(line.path) 不是输入设备"),
            hint: LocalText(
                "name an input node under devices, such as /dev/input/event3 or a link under /dev/input/by-path",
                "请在 devices 中填写输入设备节点，例如 /dev/input/event3 或 /dev/input/by-path 下的链接"))
    }
}
