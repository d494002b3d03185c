// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI

extension MethodTable {
    /// The auditor's methods: they look, and agree to what an operator proposed. They change nothing by themselves.
    static func auditing(_ service: any AuditorService) -> MethodTable {
        MethodTable(AuditorMethod.allCases.map { ($0.rawValue, method($0, of: service)) })
    }

    private static func method(_ method: AuditorMethod, of service: any AuditorService) -> Method {
        switch method {
        case .listQueue: { line in try await service.queue(parameters(of: line)) }
        case .why: { line in try await service.why(parameters(of: line)) }
        case .verifyQueue: { _ in try await service.verifyQueue() }
        case .confirmSetAside: { line in try await service.confirmSetAside(parameters(of: line)) }
        }
    }
}
