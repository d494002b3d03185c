// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI
public import RatingModel

extension ControlClient {
    /// The keys and printed signs of the codes that citizens scan.
    public func codes() async throws(GatewayError) -> CodesReport {
        try await ask(.listCodes, WhyRequest?.none)
    }

    /// Makes the code of a sign for print.
    public func mintSign(_ request: MintSignRequest) async throws(GatewayError) -> MintedSign {
        try await ask(.mintSign, request)
    }

    /// Has a sign, or everything made with an earlier key, refused from now on.
    public func revokeCodes(_ request: RevokeCodesRequest) async throws(GatewayError) -> CodesReport {
        try await ask(.revokeCodes, request)
    }

    /// Has codes made with a new key from now on.
    public func rotateCodes(_ request: RotateCodesRequest) async throws(GatewayError) -> CodesReport {
        try await ask(.rotateCodes, request)
    }

    private func ask<Result: Decodable & Sendable>(
        _ method: ControlMethod, _ parameters: (some Encodable & Sendable)?
    ) async throws(GatewayError) -> Result {
        let connection = try await connect()
        defer { connection.hangUp() }
        return try await connection.call(method, parameters)
    }
}
