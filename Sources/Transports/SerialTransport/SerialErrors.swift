// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension GatewayError {
    static func notATerminal(_ line: DeviceLine) -> GatewayError {
        GatewayError(
            "device.not-a-terminal",
            LocalText("\(line.path) is not a serial line", "\(line.path) 不是串口"),
            hint: LocalText(
                "name a serial port under devices, such as /dev/ttyUSB0 or a link to one",
                "请在 devices 中填写串口，例如 /dev/ttyUSB0 或其链接"))
    }

    static func badSpeed(_ line: DeviceLine, actual: Int?) -> GatewayError {
        GatewayError(
            "device.bad-speed",
            LocalText(
                "\(line.path) cannot run at \(line.baud) bit/s", "\(line.path) 不支持波特率 \(line.baud)"),
            cause: actual.map { "the port settled on \($0) bit/s" },
            hint: LocalText(
                "set `baud` to the pad's speed, usually 9600 or 115200", "请将 baud 设为评价器的波特率，通常为 9600 或 115200"))
    }
}
