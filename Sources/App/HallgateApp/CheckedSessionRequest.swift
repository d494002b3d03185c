// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel
import WindowSessions

/// A session request whose fields are within their limits.
struct CheckedSessionRequest: Sendable {
    let window: WindowID
    let caseReference: CaseReference?
    let staff: String?
    let timeout: Duration?
    let ticket: String?
    /// What pads may show of it beside the question.
    let transactor, item: String?

    init(_ request: SessionRequest) throws(GatewayError) {
        try Self.check([
            request.window, request.projectNumber, request.serviceNumber, request.staff, request.ticket,
            request.transactor, request.item,
        ])
        switch (request.projectNumber, request.serviceNumber) {
        case (let project?, let service?): caseReference = CaseReference(projectNumber: project, serviceNumber: service)
        case (nil, nil): caseReference = nil
        default: throw .badSessionRequest("projectNumber and serviceNumber go together")
        }
        timeout = try Self.timeout(request.timeoutSeconds)
        window = WindowID(request.window)
        staff = request.staff
        ticket = request.ticket
        (transactor, item) = (request.transactor, request.item)
    }

    /// Takes what a key or a code asked for; its texts were read within the same limits.
    init(_ opening: SessionOpening) {
        window = opening.window
        caseReference = opening.caseReference
        staff = opening.staff
        timeout = nil
        ticket = opening.ticket
        (transactor, item) = (nil, nil)
    }

    /// Throws where a text is empty or too long.
    static func check(_ texts: [String?]) throws(GatewayError) {
        guard texts.allSatisfy({ $0.map { !$0.isEmpty && $0.utf8.count <= Limits.identifierBytes } ?? true }) else {
            throw .badSessionRequest("a text is empty or longer than \(Limits.identifierBytes) bytes")
        }
    }

    /// The seconds as a time, within their range.
    static func timeout(_ seconds: Int?) throws(GatewayError) -> Duration? {
        guard let seconds else { return nil }
        guard (5...600).contains(seconds) else { throw .badSessionRequest("timeoutSeconds is not within 5 to 600") }
        return .seconds(seconds)
    }
}

extension GatewayError {
    static func unknownWindow(_ window: WindowID) -> GatewayError {
        GatewayError(
            "session.unknown-window",
            LocalText("the configuration names no window \(window)", "配置中没有窗口 \(window)"),
            hint: LocalText("use a window's id as written under `windows`", "请使用 windows 下所写的窗口编号"))
    }

    static func unknownSession(_ number: PromptNumber) -> GatewayError {
        GatewayError(
            "session.unknown",
            LocalText("no window remembers session \(number)", "没有窗口记得会话 \(number)"),
            hint: LocalText(
                "each window remembers its newest sessions; ask sooner, or open another",
                "每个窗口只记住最近的会话；请及时查询，或另开会话"))
    }

    static func badSessionRequest(_ cause: String) -> GatewayError {
        GatewayError(
            "session.bad-request", LocalText("the session request is not valid", "会话请求无效"), cause: cause,
            hint: LocalText("correct the field and ask again", "请修正该字段后重试"))
    }
}
