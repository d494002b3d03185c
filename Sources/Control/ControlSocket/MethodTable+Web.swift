// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import OperatorAPI
import RatingModel

extension MethodTable {
    /// The web process's methods, for one of its connections; without `calls` the gateway serves no pages.
    static func web(
        _ service: any WebService, _ pads: RelayedPads, _ calls: HallCalls?,
        _ questionnaires: (any QuestionnaireService)? = nil, _ roles: WebRoles = WebRoles(),
        _ ingest: (any IngestService)? = nil
    ) -> MethodTable {
        var methods = WebMethod.allCases.map { ($0.rawValue, method($0, of: service, pads)) }
        if let calls { methods += HallMethod.allCases.map { ($0.rawValue, method($0, calls)) } }
        if let calls, let questionnaires {
            methods += QuestionnaireMethod.allCases.map { ($0.rawValue, $0.method(questionnaires, calls)) }
        }
        if let calls { methods += Self.methods(of: roles, calls) }
        if let calls, let ingest { methods += ingestMethods(calls, ingest) }
        return MethodTable(methods)
    }

    private static func method(_ method: WebMethod, of service: any WebService, _ pads: RelayedPads) -> Method {
        switch method {
        case .version: { _ in await service.version() }
        case .connect: { line in try await pads.connect(parameters(of: line)) }
        case .message: { line in try pads.take(parameters(of: line)) }
        case .gone: { line in try await pads.gone(parameters(of: line)) }
        }
    }

    private static func method(_ method: HallMethod, _ calls: HallCalls) -> Method {
        let hall = calls.hall
        return switch method {
        case .describe: { line in try calls.describe(line) }
        case .openPage:
            beside(calls) { (request: PageRequest) async throws(GatewayError) in try await hall.openPage(request) }
        case .openTerminal:
            beside(calls) { (request: TerminalRequest) async throws(GatewayError) in
                try await hall.openTerminal(request)
            }
        case .submitRating:
            beside(calls) { (submission: RatingSubmission) async throws(GatewayError) in
                try await hall.submitRating(submission)
            }
        case .checkReceipt:
            beside(calls) { (request: ReceiptRequest) async throws(GatewayError) in
                try await hall.checkReceipt(request)
            }
        case .watchScreen: { line in try calls.watch(parameters(of: line)) }
        case .leaveScreen: { line in try calls.leave(parameters(of: line)) }
        case .checkKiosk:
            beside(calls) { (request: KioskRequest) async throws(GatewayError) -> Done in
                try await hall.checkKiosk(request)
                return Done()
            }
        case .findVisit:
            beside(calls) { (search: KioskSearch) async throws(GatewayError) in try await hall.findVisit(search) }
        case .chooseWindow:
            beside(calls) { (choice: KioskChoice) async throws(GatewayError) in try await hall.chooseWindow(choice) }
        }
    }

    /// A method that is carried out beside the connection's other requests.
    static func beside<Asked: Decodable & Sendable, Result: Encodable & Sendable>(
        _ calls: HallCalls, _ carryOut: @escaping @Sendable (Asked) async throws(GatewayError) -> Result
    ) -> Method {
        { line in
            let asked: Asked = try parameters(of: line)
            return try calls.beside { () async throws(GatewayError) in try await carryOut(asked) }
        }
    }
}
