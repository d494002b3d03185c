// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// The auditor's socket: where it is, and who may use it.
struct AuditorSettings: Sendable, Hashable {
    /// The socket's path, absolute.
    var socket: String
    /// The group that may connect, beside the daemon's own user; `nil` leaves the daemon's group.
    var group: String?

    /// Reads the keys of the section `control`; `nil` where no socket is named.
    static func read(_ section: ConfigurationSection) -> AuditorSettings? {
        let socket = section.value("auditor_socket", .absolutePath(atMost: 107))
        let group = section.value("auditor_group", .identifier)
        guard let socket else {
            if section.has("auditor_group"), !section.has("auditor_socket") {
                section.report(
                    LocalText("'auditor_socket' is missing", "缺少 'auditor_socket'"),
                    hint: LocalText("name the socket auditors are to use", "请填写审计员使用的套接字路径"),
                    at: "auditor_group")
            }
            return nil
        }
        return AuditorSettings(socket: socket, group: group)
    }
}

extension GatewayConfiguration {
    /// Where auditors find their socket: as a configuration says, else where systemd's unit makes it.
    public static func auditorSocket(file path: String) -> String {
        read(file: path).configuration?.auditor?.socket ?? "/run/hallgate/auditor.sock"
    }
}
