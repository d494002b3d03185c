// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import OperatorAPI
import RatingModel

extension MethodTable {
    /// What is asked with keys of the business system and of desks. It is carried out beside other requests: whoever waits
    /// for the disk, or shows a wrong key, holds up no pad.
    static func methods(of roles: WebRoles, _ calls: HallCalls) -> [(String, Method)] {
        var methods: [(String, Method)] = []
        if let door = roles.business {
            methods += BusinessDoorMethod.allCases.map { ($0.rawValue, method($0, of: door, calls)) }
        }
        if let desks = roles.desks {
            methods += DeskStep.allCases.map { step in
                let carryOut = beside(calls) { (request: DeskRequest) async throws(GatewayError) in
                    try await desks.desk(step, request)
                }
                return (step.rawValue, carryOut)
            }
        }
        return methods
    }

    private static func method(
        _ method: BusinessDoorMethod, of door: any BusinessDoor, _ calls: HallCalls
    ) -> Method {
        switch method {
        case .openSession:
            asking(door, calls, SessionRequest.self) { business, request async throws(GatewayError) in
                try await business.openSession(request)
            }
        case .prompt:
            asking(door, calls, PromptRequest.self) { business, request async throws(GatewayError) in
                try await business.prompt(request)
            }
        case .cancel:
            asking(door, calls, SessionName.self) { business, session async throws(GatewayError) in
                try await business.cancel(session)
            }
        case .close:
            asking(door, calls, SessionName.self) { business, session async throws(GatewayError) in
                try await business.close(session)
            }
        case .result:
            asking(door, calls, SessionName.self) { business, session async throws(GatewayError) in
                try await business.result(session)
            }
        case .code:
            asking(door, calls, SessionCodeRequest.self) { business, request async throws(GatewayError) in
                try await business.code(request)
            }
        case .pause:
            asking(door, calls, WindowName.self) { business, window async throws(GatewayError) in
                try await business.pause(window)
            }
        case .resume:
            asking(door, calls, WindowName.self) { business, window async throws(GatewayError) in
                try await business.resume(window)
            }
        case .callTicket:
            asking(door, calls, TicketCall.self) { business, call async throws(GatewayError) in
                try await business.callTicket(call)
            }
        }
    }

    /// Lets the caller in and carries out what it asks for; the key is looked at before anything else is.
    private static func asking<Asked: Decodable & Sendable, Result: Encodable & Sendable>(
        _ door: any BusinessDoor, _ calls: HallCalls, _ type: Asked.Type,
        _ carryOut: @escaping @Sendable (any BusinessOperations, Asked) async throws(GatewayError) -> Result
    ) -> Method {
        { line in
            let caller: BusinessCaller = try parameters(of: line)
            let asked: Asked = try parameters(of: line)
            return try calls.beside { () async throws(GatewayError) in
                try await carryOut(try await door.admit(caller), asked)
            }
        }
    }
}
