// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI

extension MethodTable {
    /// The web process's methods, for one of its connections.
    static func web(_ service: any WebService, _ pads: RelayedPads) -> MethodTable {
        MethodTable(WebMethod.allCases.map { ($0.rawValue, method($0, of: service, pads)) })
    }

    private static func method(_ method: WebMethod, of service: any WebService, _ pads: RelayedPads) -> Method {
        switch method {
        case .version: { _ in await service.version() }
        case .connect: { line in try await pads.connect(parameters(of: line)) }
        case .message: { line in try pads.take(parameters(of: line)) }
        case .gone: { line in try await pads.gone(parameters(of: line)) }
        }
    }
}
