// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import DeviceLoop
public import RatingModel

/// Gives pads that connected in to their lines, and runs their drivers on a ``DeviceLoop`` as those of other lines.
///
/// The line is one end of a socket within the computer, the other is held by whoever relays the pad's messages; so the
/// line reads as slowly as its presses are recorded, and ends when either end is closed.
public struct RelayTransport: DeviceTransport {
    private let loop: DeviceLoop
    private let exchange: PadExchange

    /// Opens lines for the loop to the pads that the exchange lets in.
    public init(loop: DeviceLoop, exchange: PadExchange) {
        self.loop = loop
        self.exchange = exchange
    }

    /// Takes the pad that waits for the line; throws `device.missing` where none has connected in.
    public func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        guard let (connection, descriptor) = exchange.take(line.path) else { throw .notConnectedIn(line) }
        let opened = try await loop.attach(OwnedDescriptor(descriptor), driver: driver)
        // Another pad may have taken its place by now, or it may have gone.
        if !exchange.note(opened, of: connection) { await opened.close() }
        return opened
    }
}

extension GatewayError {
    static func notConnectedIn(_ line: DeviceLine) -> GatewayError {
        GatewayError(
            "device.missing", LocalText("pad '\(line.path)' has not connected in", "评价器 '\(line.path)' 尚未连入"),
            hint: LocalText(
                "check the pad's network and the address and key it is set to, and that hallgate-web runs",
                "请检查评价器的网络、所填的地址和密钥，以及 hallgate-web 是否在运行"))
    }

    static let unknownPad = GatewayError(
        "web.unknown-pad",
        LocalText("no pad of this name has this key", "没有使用该名称和密钥的评价器"),
        hint: LocalText(
            "compare the pad's settings with 'pad' and 'key_file' in the gateway's configuration",
            "请将评价器的设置与网关配置中的 pad 和 key_file 核对"))

    static func noSocket(_ cause: String) -> GatewayError {
        GatewayError(
            "web.no-socket", LocalText("no line can be opened for a pad", "无法为评价器打开线路"), cause: cause,
            hint: LocalText("raise LimitNOFILE of the unit", "请提高服务单元的 LimitNOFILE"))
    }
}
