// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

package import DeviceAPI
import Glibc
package import RatingModel

/// What every transport may meet when it opens a node, in one set of words.
extension GatewayError {
    /// No node, or nothing behind it.
    package static func missing(_ line: DeviceLine, _ errno: Int32) -> GatewayError {
        GatewayError(
            "device.missing", LocalText("there is no device at \(line.path)", "\(line.path) 处没有设备"),
            cause: words(errno),
            hint: LocalText(
                "check the cable and the pad's power; it is taken up by itself once it is there",
                "请检查连线和评价器电源；设备出现后会自动接入"))
    }

    /// Someone else has the node; the lock or the kernel says so.
    package static func busy(_ line: DeviceLine, _ errno: Int32) -> GatewayError {
        GatewayError(
            "device.busy", LocalText("another program has \(line.path) open", "\(line.path) 已被其他程序占用"),
            cause: words(errno),
            hint: LocalText(
                "find it with `fuser -v \(line.path)`; brltty and ModemManager often take USB adapters "
                    + "(apt remove brltty modemmanager), a second Hallgate does too",
                "用 fuser -v \(line.path) 查找占用者；brltty 和 ModemManager 常占用 USB 转串口"
                    + "（apt remove brltty modemmanager），也可能是另一个 Hallgate"))
    }

    /// The node is not the user's to open.
    package static func noPermission(_ line: DeviceLine, _ errno: Int32, group: String?) -> GatewayError {
        let name = group ?? "dialout"
        return GatewayError(
            "device.no-permission",
            LocalText("Hallgate may not open \(line.path)", "Hallgate 无权打开 \(line.path)"),
            cause: words(errno),
            hint: LocalText(
                "the node belongs to group \(name): install Hallgate's udev rules, or add the user to \(name)",
                "该设备节点属于用户组 \(name)：请安装 Hallgate 的 udev 规则，或将运行用户加入 \(name) 组"))
    }

    /// Anything else the kernel may say.
    package static func cannotOpen(_ line: DeviceLine, _ errno: Int32) -> GatewayError {
        GatewayError(
            "device.cannot-open", LocalText("cannot open \(line.path)", "无法打开 \(line.path)"),
            cause: words(errno),
            hint: LocalText("see the kernel's log (dmesg)", "请查看内核日志（dmesg）"))
    }

    private static func words(_ errno: Int32) -> String { String(cString: strerror(errno)) }
}
