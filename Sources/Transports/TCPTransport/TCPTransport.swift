// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import DeviceLoop
public import RatingModel

/// Connects to serial servers over TCP, raw or by RFC 2217, and runs their drivers on a ``DeviceLoop``.
///
/// A server that closes, restarts or dies without a word ends the line within the times of ``TCPPatience``, and the
/// line is opened anew as any other is.
public struct TCPTransport: DeviceTransport {
    private let loop: DeviceLoop
    private let patience: TCPPatience

    /// Opens lines for the loop.
    public init(loop: DeviceLoop, patience: TCPPatience = TCPPatience()) {
        self.loop = loop
        self.patience = patience
    }

    /// Connects to the server of a line; on a line of the kind `rfc2217` the driver begins once the port is set.
    ///
    /// Throws `device.unknown-host`, `.refused` or `.unreachable`.
    public func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        let connector = Connector(line: line, server: try ServerAddress(line), patience: patience)
        let descriptor = try await Attempt().run(connector)
        return try await loop.attach(
            descriptor, driver: line.kind == .rfc2217 ? RFC2217Line(driver, baud: line.baud) : driver)
    }
}
