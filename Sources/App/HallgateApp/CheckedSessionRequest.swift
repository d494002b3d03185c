// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel

/// A session request whose fields are within their limits.
struct CheckedSessionRequest: Sendable {
    let window: WindowID
    let caseReference: CaseReference?
    let staff: String?
    let timeout: Duration?

    init(_ request: SessionRequest) throws(GatewayError) {
        let texts = [request.window, request.projectNumber, request.serviceNumber, request.staff].compactMap { $0 }
        guard texts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= Limits.identifierBytes }) else {
            throw .badSessionRequest("a text is empty or longer than \(Limits.identifierBytes) bytes")
        }
        switch (request.projectNumber, request.serviceNumber) {
        case (let project?, let service?): caseReference = CaseReference(projectNumber: project, serviceNumber: service)
        case (nil, nil): caseReference = nil
        default: throw .badSessionRequest("projectNumber and serviceNumber go together")
        }
        if let seconds = request.timeoutSeconds, !(5...600).contains(seconds) {
            throw .badSessionRequest("timeoutSeconds is not within 5 to 600")
        }
        window = WindowID(request.window)
        staff = request.staff
        timeout = request.timeoutSeconds.map { .seconds($0) }
    }
}

extension GatewayError {
    static func unknownWindow(_ window: WindowID) -> GatewayError {
        GatewayError(
            "session.unknown-window",
            LocalText("the configuration names no window \(window)", "配置中没有窗口 \(window)"),
            hint: LocalText("use a window's id as written under `windows`", "请使用 windows 下所写的窗口编号"))
    }

    static func badSessionRequest(_ cause: String) -> GatewayError {
        GatewayError(
            "session.bad-request", LocalText("the session request is not valid", "会话请求无效"), cause: cause,
            hint: LocalText("correct the field and ask again", "请修正该字段后重试"))
    }
}
