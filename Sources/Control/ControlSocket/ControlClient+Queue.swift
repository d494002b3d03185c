// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI
public import RatingModel

extension ControlClient {
    /// Where every rating is, and a page of those that wait; the auditor's socket answers it too.
    public func queue(_ request: QueueRequest) async throws(GatewayError) -> QueueReport {
        try await ask(ControlMethod.listQueue.rawValue, request)
    }

    /// Everything the gateway knows of one record; the auditor's socket answers it too.
    public func why(_ id: String) async throws(GatewayError) -> WhyReport {
        try await ask(ControlMethod.why.rawValue, WhyRequest(id: id))
    }

    /// Has everything recounted; the auditor's socket answers it too. A large journal takes minutes.
    public func verifyQueue() async throws(GatewayError) -> QueueVerification {
        try await ask(ControlMethod.verifyQueue.rawValue, WhyRequest?.none)
    }

    /// Has ratings sent again that have stopped.
    public func retry(_ request: RetryRequest) async throws(GatewayError) -> QueueStepReport {
        try await ask(ControlMethod.retry.rawValue, request)
    }

    /// Proposes to set a rating aside.
    public func proposeSetAside(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        try await ask(ControlMethod.proposeSetAside.rawValue, request)
    }

    /// Sets a record aside that cannot be read.
    public func discard(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        try await ask(ControlMethod.discard.rawValue, request)
    }

    /// Agrees to set a rating aside; only the auditor's socket answers it.
    public func confirmSetAside(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        try await ask(AuditorMethod.confirmSetAside.rawValue, request)
    }

    private func ask<Result: Decodable & Sendable>(
        _ method: String, _ parameters: (some Encodable & Sendable)?
    ) async throws(GatewayError) -> Result {
        let connection = try await connect()
        defer { connection.hangUp() }
        return try await connection.call(named: method, parameters)
    }
}
