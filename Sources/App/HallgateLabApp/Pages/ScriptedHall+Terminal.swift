// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel

/// The terminal of another maker in the script: the source `t1`, which may open every code that is not `foreign`.
extension ScriptedHall {
    static let terminal = "t1"

    func openTerminal(_ request: TerminalRequest) throws(GatewayError) -> TerminalVisit {
        try checkPresence()
        guard request.source == Self.terminal, !request.code.hasPrefix("foreign") else { throw .notOfSource }
        return TerminalVisit(back: back, returnAfterSeconds: 60)
    }
}
