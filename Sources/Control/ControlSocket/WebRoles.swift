// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import OperatorAPI

/// Who comes by way of the web process with a key of their own: the business system, and the desks of clerks.
public struct WebRoles: Sendable {
    /// Answers the business system; `nil` where nobody does.
    public var business: (any BusinessDoor)?
    /// Answers the clerks' pages; `nil` where nobody does.
    public var desks: (any DeskService)?

    /// Takes who answers.
    public init(business: (any BusinessDoor)? = nil, desks: (any DeskService)? = nil) {
        self.business = business
        self.desks = desks
    }
}

/// What the business system asks on the web process's socket: the closed list of its own socket without `version`. The
/// parameters are those of the methods there, with `client`, `key` and `address` beside them.
enum BusinessDoorMethod: String, Sendable, CaseIterable {
    case openSession = "business.session.open"
    case prompt = "business.session.prompt"
    case cancel = "business.session.cancel"
    case close = "business.session.close"
    case result = "business.session.result"
    case code = "business.session.code"
    case pause = "business.window.pause"
    case resume = "business.window.resume"
    case callTicket = "business.ticket.call"
}

/// The parameters of such a request: who asks, and what.
struct CallerParameters<Asked: Encodable & Sendable>: Encodable, Sendable {
    let caller: BusinessCaller
    let asked: Asked

    func encode(to encoder: any Encoder) throws {
        try caller.encode(to: encoder)
        try asked.encode(to: encoder)
    }
}
