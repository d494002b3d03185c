// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel
import WindowSessions

/// Answers the business system's socket for a running gateway.
struct GatewayBusiness: BusinessService {
    let reception: PressReception
    /// Gives the codes of sessions; `nil` for who opens sessions and prints nothing.
    var hall: GatewayHall?

    func version() async -> VersionAnswer { VersionAnswer(version: HallgateVersion.current) }

    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        let (session, prompted) = try await reception.open(CheckedSessionRequest(request))
        return SessionTicket(session: session.number, promptedPads: prompted)
    }

    func prompt(_ request: PromptRequest) async throws(GatewayError) -> SessionTicket {
        let timeout = try CheckedSessionRequest.timeout(request.timeoutSeconds)
        _ = try await reception.answer(of: request.session)
        let usual = await reception.promptTimeout
        let prompted = await reception.handle(.askedAgain(request.session, timeout: timeout ?? usual))
        return SessionTicket(session: request.session, promptedPads: prompted)
    }

    func cancel(_ request: SessionName) async throws(GatewayError) -> SessionState {
        await reception.handle(.cancelled(request.session))
        return try await result(request)
    }

    func close(_ request: SessionName) async throws(GatewayError) -> SessionState {
        await reception.handle(.closed(request.session))
        return try await result(request)
    }

    func result(_ request: SessionName) async throws(GatewayError) -> SessionState {
        let answer = try await reception.answer(of: request.session)
        return SessionState(session: request.session, result: answer.shown)
    }

    func code(_ request: SessionCodeRequest) async throws(GatewayError) -> SessionCode {
        guard let hall else { throw .unknownSession(request.session) }
        return try await hall.slipCode(request)
    }

    func pause(_ request: WindowName) async throws(GatewayError) -> OperatorAPI.WindowState {
        try await handle(request.window) { .paused($0) }
    }

    func resume(_ request: WindowName) async throws(GatewayError) -> OperatorAPI.WindowState {
        try await handle(request.window) { .resumed($0) }
    }

    func callTicket(_ request: TicketCall) async throws(GatewayError) -> OperatorAPI.WindowState {
        if let waiting = request.waiting, !(0...999).contains(waiting) {
            throw .badSessionRequest("waiting is not within 0 to 999")
        }
        try CheckedSessionRequest.check([request.ticket])
        return try await handle(request.window) {
            .ticketCalled($0, ticket: request.ticket, waiting: request.waiting)
        }
    }

    private func handle(
        _ name: String, _ event: @Sendable (WindowID) -> SessionEvent
    ) async throws(GatewayError) -> OperatorAPI.WindowState {
        let window = WindowID(name)
        try await reception.check(window)
        await reception.handle(event(window))
        return await reception.state(of: window)
    }
}

extension SessionAnswer {
    /// The same answer as the business system sees it.
    fileprivate var shown: SessionState.Result {
        switch self {
        case .waiting: .waiting
        case .answered: .answered
        case .noAnswer: .noAnswer
        case .cancelled: .cancelled
        }
    }
}
