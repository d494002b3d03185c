// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI
public import RatingModel

extension ControlClient {
    /// Compares what was delivered of a day with what the region holds; it waits for the region.
    public func reconcile(_ request: ReconcileRequest) async throws(GatewayError) -> ReconciliationReport {
        let connection = try await connect()
        defer { connection.hangUp() }
        return try await connection.call(.reconcile, request)
    }
}
