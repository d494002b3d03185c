// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel

extension MethodTable {
    /// What self-service kiosks ask.
    static func kiosk(_ method: HallMethod, _ calls: HallCalls) -> Method {
        let hall = calls.hall
        return switch method {
        case .findVisit:
            { line in
                let search: KioskSearch = try parameters(of: line)
                return try calls.beside { () async throws(GatewayError) in try await hall.findVisit(search) }
            }
        case .chooseWindow:
            { line in
                let choice: KioskChoice = try parameters(of: line)
                return try calls.beside { () async throws(GatewayError) in try await hall.chooseWindow(choice) }
            }
        default:
            { line in
                let request: KioskRequest = try parameters(of: line)
                return try calls.beside { () async throws(GatewayError) -> Done in
                    try await hall.checkKiosk(request)
                    return Done()
                }
            }
        }
    }
}
