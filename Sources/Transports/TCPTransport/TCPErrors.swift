// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Glibc
import RatingModel

extension GatewayError {
    static func unreachable(_ line: DeviceLine, cause: String) -> GatewayError {
        GatewayError(
            "device.unreachable",
            LocalText("the serial server at \(line.path) does not answer", "串口服务器 \(line.path) 无应答"),
            cause: cause,
            hint: LocalText(
                "check its power, its network cable and that nothing between filters the port; "
                    + "it is taken up by itself once it answers",
                "请检查其电源、网线以及中间是否有防火墙拦截该端口；恢复后会自动接入"))
    }

    static func refused(_ line: DeviceLine) -> GatewayError {
        GatewayError(
            "device.refused",
            LocalText("the serial server at \(line.path) refuses the connection", "串口服务器 \(line.path) 拒绝连接"),
            cause: String(cString: strerror(ECONNREFUSED)),
            hint: LocalText(
                "check the port number, that the server passes this line to TCP clients, and that no other client holds it",
                "请检查端口号、服务器是否已将该串口开放为 TCP 服务端，以及是否被其他客户端占用"))
    }

    static func unknownHost(_ line: DeviceLine, cause: String) -> GatewayError {
        GatewayError(
            "device.unknown-host",
            LocalText("no address is known for \(line.path)", "无法解析 \(line.path) 的地址"),
            cause: cause,
            hint: LocalText(
                "write the serial server's address as numbers, such as 192.0.2.7:4001, or check the name service",
                "请直接填写串口服务器的 IP 地址，例如 192.0.2.7:4001，或检查域名解析"))
    }

    /// The error for what connecting ended with.
    static func notConnected(_ line: DeviceLine, _ errno: Int32) -> GatewayError {
        errno == ECONNREFUSED
            ? .refused(line) : .unreachable(line, cause: String(cString: strerror(errno)))
    }
}
