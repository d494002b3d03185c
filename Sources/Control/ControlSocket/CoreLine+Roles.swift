// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import OperatorAPI
public import RatingModel

extension CoreLine: BusinessDoor, DeskService {
    /// How long an answer of the core's memory may take, and one that waits for the disk.
    fileprivate static let (lookTime, stepTime) = (Duration.seconds(5), Duration.seconds(20))

    public func admit(_ caller: BusinessCaller) async throws(GatewayError) -> any BusinessOperations {
        RemoteBusiness(line: self, caller: caller)
    }

    public func desk(_ step: DeskStep, _ request: DeskRequest) async throws(GatewayError) -> DeskState {
        try await connection().call(
            step.rawValue, request, within: step == .look ? Self.lookTime : Self.stepTime)
    }
}

/// The business system's methods over the line to the core, each with the caller's name and key.
private struct RemoteBusiness: BusinessOperations {
    let line: CoreLine
    let caller: BusinessCaller

    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        try await call(.openSession, request)
    }

    func prompt(_ request: PromptRequest) async throws(GatewayError) -> SessionTicket {
        try await call(.prompt, request)
    }

    func cancel(_ request: SessionName) async throws(GatewayError) -> SessionState { try await call(.cancel, request) }
    func close(_ request: SessionName) async throws(GatewayError) -> SessionState { try await call(.close, request) }
    func result(_ request: SessionName) async throws(GatewayError) -> SessionState { try await call(.result, request) }
    func code(_ request: SessionCodeRequest) async throws(GatewayError) -> SessionCode {
        try await call(.code, request)
    }
    func pause(_ request: WindowName) async throws(GatewayError) -> WindowState { try await call(.pause, request) }
    func resume(_ request: WindowName) async throws(GatewayError) -> WindowState { try await call(.resume, request) }
    func callTicket(_ request: TicketCall) async throws(GatewayError) -> WindowState {
        try await call(.callTicket, request)
    }

    private func call<Answered: Decodable & Sendable>(
        _ method: BusinessDoorMethod, _ asked: some Encodable & Sendable
    ) async throws(GatewayError) -> Answered {
        try await line.connection().call(
            method.rawValue, CallerParameters(caller: caller, asked: asked),
            within: method == .result ? CoreLine.lookTime : CoreLine.stepTime)
    }
}
