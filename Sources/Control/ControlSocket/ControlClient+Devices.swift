// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
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

    /// The same with levels, where the daemon's configuration allows it; it records who asked and why first.
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

    /// Sends a file piece by piece, since a line of the socket is limited; `name` is what it is called from then on.
    /// After each piece `progress` hears how many bytes are there.
    public func upload(
        _ bytes: [UInt8], name: String, progress: (Int) -> Void = { _ in }
    ) async throws(GatewayError) {
        let connection = try await connect()
        defer { connection.hangUp() }
        var sent = 0
        while sent < bytes.count {
            let piece = bytes[sent..<min(sent + UploadRequest.mostBytes, bytes.count)]
            let request = UploadRequest(
                file: name, size: bytes.count, offset: sent, data: Data(piece).base64EncodedString())
            let report: UploadReport = try await connection.call(.uploadFirmware, request)
            guard report.received == sent + piece.count else {
                throw .uploadBroken("\(report.received) bytes of \(bytes.count) are there")
            }
            sent = report.received
            progress(sent)
        }
    }

    /// Begins to renew the firmware of a device with an uploaded file.
    public func update(_ request: UpdateRequest) async throws(GatewayError) -> UpdateReport {
        try await ask(.updateDevice, request)
    }

    /// How the last update at a place stands.
    public func updateReport(at place: String) async throws(GatewayError) -> UpdateReport {
        try await ask(.reportUpdate, PlaceRequest(place: place))
    }

    /// Takes an update back that is not installed yet.
    public func cancelUpdate(_ request: CancelUpdateRequest) async throws(GatewayError) -> UpdateReport {
        try await ask(.cancelUpdate, request)
    }

    /// What an auditor may want to look at.
    public func flags(_ request: FlagsRequest) async throws(GatewayError) -> FlagsReport {
        try await ask(.flags, request)
    }

    private func ask<Result: Decodable & Sendable>(
        _ method: ControlMethod, _ parameters: (some Encodable & Sendable)?
    ) async throws(GatewayError) -> Result {
        let connection = try await connect()
        defer { connection.hangUp() }
        return try await connection.call(method, parameters)
    }
}
