// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import OperatorAPI

/// The methods of a role's socket: a closed list, each with what carries it out. What is not in it cannot be asked.
struct MethodTable: Sendable {
    /// Carries out a request and answers its result; the request is the whole line.
    typealias Method = @Sendable (_ line: Data) async throws -> any Encodable & Sendable

    /// The names, in the order they are told to whoever asks for another.
    let names: [String]
    private let methods: [String: Method]

    init(_ methods: [(name: String, carryOut: Method)]) {
        names = methods.map(\.name)
        self.methods = Dictionary(methods.map { ($0.name, $0.carryOut) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(name: String) -> Method? { methods[name] }

    /// The operator's methods.
    static func operating(_ service: any OperatorService) -> MethodTable {
        MethodTable(ControlMethod.allCases.map { ($0.rawValue, method($0, of: service)) })
    }

    /// The business system's methods.
    static func business(_ service: any BusinessService) -> MethodTable {
        MethodTable(BusinessMethod.allCases.map { ($0.rawValue, method($0, of: service)) })
    }

    private static func method(_ method: ControlMethod, of service: any OperatorService) -> Method {
        switch method {
        case .status: { _ in await service.status() }
        case .metrics: { _ in await service.metrics() }
        case .reload:
            { line in
                // Scripts need not say who asks.
                let request = try JSONDecoder().decode(OptionalParameters<ReloadRequest>.self, from: line).params
                guard let request else { return try await service.reload() }
                return try await service.reload(by: request.user)
            }
        case .openSession: { line in try await service.openSession(parameters(of: line)) }
        case .listDevices: { _ in await service.devices() }
        case .showDevices: { line in try await service.devices(at: parameters(of: line, as: PlaceRequest.self).place) }
        case .tapDevice: { line in try await service.tap(parameters(of: line)) }
        case .revealDevice: { line in try await service.reveal(parameters(of: line)) }
        case .identifyDevices:
            { line in try await service.identify(at: parameters(of: line, as: PlaceRequest.self).place) }
        case .confirmDevice: { line in try await service.confirm(parameters(of: line)) }
        case .approveDevice: { line in try await service.approve(parameters(of: line)) }
        case .uploadFirmware: { line in try await service.upload(parameters(of: line)) }
        case .updateDevice: { line in try await service.update(parameters(of: line)) }
        case .reportUpdate:
            { line in try await service.updateReport(at: parameters(of: line, as: PlaceRequest.self).place) }
        case .cancelUpdate: { line in try await service.cancelUpdate(parameters(of: line)) }
        case .flags: { line in try await service.flags(parameters(of: line)) }
        case .listQueue: { line in try await service.queue(parameters(of: line)) }
        case .why: { line in try await service.why(parameters(of: line)) }
        case .verifyQueue: { _ in try await service.verifyQueue() }
        case .retry: { line in try await service.retry(parameters(of: line)) }
        case .proposeSetAside: { line in try await service.proposeSetAside(parameters(of: line)) }
        case .discard: { line in try await service.discard(parameters(of: line)) }
        case .reconcile: { line in try await service.reconcile(parameters(of: line)) }
        case .listCodes: { _ in try await service.codes() }
        case .mintSign: { line in try await service.mintSign(parameters(of: line)) }
        case .revokeCodes: { line in try await service.revokeCodes(parameters(of: line)) }
        case .rotateCodes: { line in try await service.rotateCodes(parameters(of: line)) }
        }
    }

    private static func method(_ method: BusinessMethod, of service: any BusinessService) -> Method {
        switch method {
        case .version: { _ in await service.version() }
        case .openSession: { line in try await service.openSession(parameters(of: line)) }
        case .prompt: { line in try await service.prompt(parameters(of: line)) }
        case .cancel: { line in try await service.cancel(parameters(of: line)) }
        case .close: { line in try await service.close(parameters(of: line)) }
        case .result: { line in try await service.result(parameters(of: line)) }
        case .code: { line in try await service.code(parameters(of: line)) }
        case .pause: { line in try await service.pause(parameters(of: line)) }
        case .resume: { line in try await service.resume(parameters(of: line)) }
        case .callTicket: { line in try await service.callTicket(parameters(of: line)) }
        }
    }

    /// What a request asks for.
    static func parameters<Parameters: Decodable>(
        of line: Data, as type: Parameters.Type = Parameters.self
    ) throws -> Parameters {
        try JSONDecoder().decode(RequestParameters<Parameters>.self, from: line).params
    }
}
