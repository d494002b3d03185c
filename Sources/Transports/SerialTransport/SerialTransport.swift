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
        let descriptor = try await Self.prepare(line)
        return try await loop.attach(descriptor, driver: driver)
    }

    /// Opening an adapter and setting its speed are transfers on the bus: they may take milliseconds, which must hold
    /// up neither the loop nor the caller's actor.
    @concurrent
    private static func prepare(_ line: DeviceLine) async throws(GatewayError) -> OwnedDescriptor {
        try SerialPort.open(line)
    }
}
