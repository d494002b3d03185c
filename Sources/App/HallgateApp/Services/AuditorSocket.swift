// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Logging

/// The server of the auditor's socket; `nil` where there is no such socket.
func auditorServer(
    _ configuration: GatewayConfiguration, _ inherited: InheritedSockets, _ service: GatewayOperator, logger: Logger
) -> ControlServer? {
    let socket = inherited.socket(of: .auditor, configured: configuration.auditor?.socket, logger: logger)
    guard let path = socket?.path ?? configuration.auditor?.socket else { return nil }
    return ControlServer(
        path: path, auditor: GatewayAuditor(service: service), group: configuration.auditor?.group, logger: logger
    ).adopting(socket?.descriptor)
}
