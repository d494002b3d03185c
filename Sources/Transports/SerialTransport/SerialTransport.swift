// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
public import DeviceAPI
public import DeviceLoop
public import RatingModel
public struct SerialTransport: DeviceTransport {
    private let loop: DeviceLoop
    public init(loop: DeviceLoop) { self.loop = loop }
    public func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        throw GatewayError("device.missing", LocalText("", ""), hint: LocalText("", ""))
    }
}
