// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import DeviceLoop
public import RatingModel

/// Opens serial lines, USB adapters included, and runs their drivers on a ``DeviceLoop``.
public struct SerialTransport: DeviceTransport {
    private let loop: DeviceLoop

    /// Opens lines for the loop.
    public init(loop: DeviceLoop) { self.loop = loop }

    /// Opens a line: raw, 8N1, at its speed, for this process alone, with what was waiting in it thrown away.
    ///
    /// Throws `device.missing`, `.busy`, `.no-permission`, `.not-a-terminal`, `.bad-speed` or `.cannot-open`.
    public func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        try await loop.attach(line, driver: driver) { line throws(GatewayError) in try SerialPort.open(line) }
    }
}
