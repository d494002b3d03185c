// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel

/// Hardware that is not where it was, or of which nothing tells which is meant; lines are named by their windows.
enum PlacementAlert: Sendable, Hashable {
    /// A device known by its serial number is on another port; it is driven.
    case moved(line: String, from: String, to: String)
    /// The device of another line is on this one.
    case swapped(line: String, owner: String)
    /// Hardware that no line knows is where another was.
    case replaced(line: String, was: String?, now: String?)
    /// Several devices fit what the line is known by.
    case ambiguous(line: String, ports: [String])

    /// The alert in the operator's words.
    var trouble: GatewayStatus.Trouble {
        switch self {
        case .moved(let line, let from, let to):
            GatewayStatus.Trouble(
                code: "device.moved",
                message: "the device of \(line) is on another port: \(to) instead of \(from)",
                messageChinese: "\(line) 的设备换了端口：现为 \(to)，原为 \(from)",
                hint:
                    "it works on; look whether it still stands at its window, then 'hallgate devices confirm' or plug it back",
                hintChinese: "设备照常工作；请核对它是否仍在本窗口，然后执行 hallgate devices confirm 或插回原端口")
        case .swapped(let line, let owner):
            GatewayStatus.Trouble(
                code: "device.swapped",
                message: "on \(line) is the device of \(owner); its presses are kept without a window",
                messageChinese: "\(line) 上接的是 \(owner) 的设备；其评价暂不归属任何窗口",
                hint: "plug each device where it was, or confirm the new place with 'hallgate devices confirm'",
                hintChinese: "请将设备插回原处，或用 hallgate devices confirm 确认新的位置")
        case .replaced(let line, let was, let now):
            GatewayStatus.Trouble(
                code: "device.replaced",
                message: "on \(line) is other hardware than before (\(now ?? "no serial number") instead of "
                    + "\(was ?? "no serial number")); its presses are kept without a window",
                messageChinese: "\(line) 上的硬件已更换（现为 \(now ?? "无序列号")，原为 \(was ?? "无序列号")）；其评价暂不归属任何窗口",
                hint: "'hallgate devices confirm' if it stands at this window, or plug the earlier one back",
                hintChinese: "如果它确在本窗口，请执行 hallgate devices confirm；否则请插回原设备")
        case .ambiguous(let line, let ports):
            GatewayStatus.Trouble(
                code: "device.ambiguous",
                message: "several devices can be the one of \(line), on \(ports.joined(separator: " and ")); "
                    + "none of them is used",
                messageChinese: "有多台设备符合 \(line) 的条件，位于 \(ports.joined(separator: "、"))；均未启用",
                hint: "unplug the wrong one, or add 'port' or 'interface' to the match",
                hintChinese: "请拔下不需要的设备，或在 match 中补充 'port' 或 'interface'")
        }
    }
}

extension DevicePlacement {
    /// The line to open for a configured one: itself, or the node that its match stands for now.
    ///
    /// Throws `device.missing`, `device.ambiguous` or `device.swapped` where there is none.
    func opened(_ line: DeviceLine) throws(GatewayError) -> DeviceLine {
        guard line.match != nil else { return line }
        switch resolutions[line.path] {
        case .node(let node):
            return DeviceLine(path: node, baud: line.baud, kind: line.kind)
        case .ambiguous(let devices):
            throw GatewayError(
                "device.ambiguous",
                LocalText("several devices fit \(line.path)", "有多台设备符合 \(line.path)"),
                cause: devices.map { "\($0.node) on \($0.portPath ?? "an unknown port")" }.joined(separator: ", "),
                hint: LocalText(
                    "unplug the wrong one, or add 'port' or 'interface' to the match",
                    "请拔下不需要的设备，或在 match 中补充 'port' 或 'interface'"))
        case .taken(let other):
            throw GatewayError(
                "device.swapped",
                LocalText("at \(line.path) is the device of \(other)", "\(line.path) 处接的是 \(other) 的设备"),
                hint: LocalText("plug each device where it was", "请将设备插回原处"))
        case .missing:
            throw GatewayError(
                "device.missing", LocalText("there is no device with \(line.path)", "没有符合 \(line.path) 的设备"),
                hint: LocalText(
                    "check the cable and the pad's power; it is taken up by itself once it is there",
                    "请检查连线和评价器电源；设备出现后会自动接入"))
        case .unknown, nil:
            throw GatewayError(
                "device.missing", LocalText("nothing is known of the system's devices", "尚未获知系统中的设备"),
                hint: LocalText(
                    "a 'match' needs udev; where there is none, as in a container, name the device by 'path'",
                    "match 需要 udev；在没有 udev 的环境（如容器）中请用 path 指定设备"))
        }
    }
}
