// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import DeviceLoop
public import RatingModel

/// Opens HID devices by their raw reports (`/dev/hidraw…`) and runs their drivers on a ``DeviceLoop``.
///
/// Each `.received` of the driver is one input report and each `.send` one output report, its report number first (0
/// where the device numbers none). Input reports are read up to ``DeviceLoop/readBytes`` bytes; the rest of a longer
/// one is lost, and no pad has one.
public struct HIDTransport: DeviceTransport {
    private let loop: DeviceLoop

    /// Opens lines for the loop.
    public init(loop: DeviceLoop) { self.loop = loop }

    /// Opens a node for this gateway alone.
    ///
    /// Throws `device.missing`, `.busy`, `.no-permission`, `.not-a-hid` or `.cannot-open`.
    public func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        let node = try await Self.prepare(line)
        let writer = try ReportWriter.start(on: node.number, of: line)
        return try await loop.attach(node, reports: writer, driver: driver)
    }

    /// Opening wakes the device on its bus, which must hold up neither the loop nor the caller's actor.
    @concurrent
    private static func prepare(_ line: DeviceLine) async throws(GatewayError) -> OwnedDescriptor {
        try HIDNode.open(line)
    }
}
