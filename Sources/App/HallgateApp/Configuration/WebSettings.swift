// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// The web process's socket: where it is, and who may connect to it.
struct WebSettings: Sendable, Hashable {
    /// The socket's path, absolute.
    var socket: String
    /// The group that may connect, beside the daemon's own user; `nil` leaves the daemon's group.
    var group: String?

    /// Reads the keys of the section `control`; `nil` where no socket is named.
    static func read(_ section: ConfigurationSection) -> WebSettings? {
        let socket = section.value("web_socket", .absolutePath(atMost: 107))
        let group = section.value("web_group", .identifier)
        if section.has("web_group"), !section.has("web_socket") {
            section.report(
                LocalText("'web_socket' is missing", "缺少 'web_socket'"),
                hint: LocalText("name the socket the web process is to use", "请填写网页进程使用的套接字路径"), at: "web_group")
        }
        return socket.map { WebSettings(socket: $0, group: group) }
    }
}
