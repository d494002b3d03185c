// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI
public import RatingModel

extension ControlClient {
    /// Every configured line and how its device is.
    public func devices() async throws(GatewayError) -> [GatewayStatus.Device] {
        try await ask(.listDevices, PlaceRequest?.none)
    }

    /// The lines at a place, each with its last traffic, masked.
    public func devices(at place: String) async throws(GatewayError) -> [DeviceReport] {
        try await ask(.showDevices, PlaceRequest(place: place))
    }

    /// What went over a line after a cursor, masked.
    public func tap(_ request: TapRequest) async throws(GatewayError) -> TapPage { try await ask(.tapDevice, request) }

    /// The same with levels, where the daemon's configuration allows it; every answer is logged there.
    public func reveal(_ request: RevealRequest) async throws(GatewayError) -> TapPage {
        try await ask(.revealDevice, request)
    }

    /// Has the devices at a place blink.
    public func identify(at place: String) async throws(GatewayError) -> IdentifyReport {
        try await ask(.identifyDevices, PlaceRequest(place: place))
    }

    /// Says that what is at a place now belongs there.
    public func confirm(_ request: ConfirmRequest) async throws(GatewayError) -> ConfirmReport {
        try await ask(.confirmDevice, request)
    }

    /// Releases what a quarantined device pressed.
    public func approve(_ request: ApproveRequest) async throws(GatewayError) -> ApproveReport {
        try await ask(.approveDevice, request)
    }

    private func ask<Result: Decodable & Sendable>(
        _ method: ControlMethod, _ parameters: (some Encodable & Sendable)?
    ) async throws(GatewayError) -> Result {
        let connection = try await connect()
        defer { connection.hangUp() }
        return try await connection.call(method, parameters)
    }
}
