// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

extension DeviceLoop {
    /// Opens a device node by `open` and runs a driver on it.
    ///
    /// Opening wakes a device on its bus, and setting an adapter's speed are transfers there: they may take
    /// milliseconds, which must hold up neither the loop nor the caller's actor, so `open` runs on neither. Throws what
    /// it throws, and `device.cannot-open` where the loop takes no more.
    public nonisolated func attach(
        _ line: DeviceLine, driver: any DeviceDriver,
        opening open: @escaping @Sendable (DeviceLine) throws(GatewayError) -> OwnedDescriptor
    ) async throws(GatewayError) -> any DeviceConnection {
        let descriptor = try await Self.opened(line, open)
        return try await attach(descriptor, driver: driver)
    }

    @concurrent
    private static func opened(
        _ line: DeviceLine, _ open: @escaping @Sendable (DeviceLine) throws(GatewayError) -> OwnedDescriptor
    ) async throws(GatewayError) -> OwnedDescriptor {
        try open(line)
    }
}
