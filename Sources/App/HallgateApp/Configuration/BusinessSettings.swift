// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// The business system's socket: where it is, and who may use it.
struct BusinessSettings: Sendable, Hashable {
    /// The socket's path, absolute.
    var socket: String
    /// The group that may connect, beside the daemon's own user; `nil` leaves the daemon's group.
    var group: String?
    /// The clients by name, each with the file that holds its key.
    var keyFiles: [String: String] = [:]

    /// Reads the keys of the section `control`; `nil` where no socket is named.
    static func read(_ section: ConfigurationSection) -> BusinessSettings? {
        let socket = section.value("business_socket", .absolutePath(atMost: 107))
        let group = section.value("business_group", .identifier)
        var names = UniqueNames()
        var keyFiles: [String: String] = [:]
        _ = section.list("business_clients", atMost: 32) { client -> Bool? in
            let name = client.required("name", .identifier)
            let file = client.required("key_file", .absolutePath())
            if let name {
                names.add(name, key: "name", in: client, noun: LocalText("the client", "客户端"))
                if let file { keyFiles[name] = file }
            }
            return nil
        }
        guard let socket else {
            if section.has("business_clients") || section.has("business_group"), !section.has("business_socket") {
                section.report(
                    LocalText("'business_socket' is missing", "缺少 'business_socket'"),
                    hint: LocalText("name the socket the clients are to use", "请填写客户端使用的套接字路径"))
            }
            return nil
        }
        if keyFiles.isEmpty {
            section.report(
                LocalText("nobody may use the business socket", "没有可使用业务套接字的客户端"),
                hint: LocalText("add a client under 'business_clients'", "请在 'business_clients' 下添加客户端"),
                at: "business_socket")
        }
        return BusinessSettings(socket: socket, group: group, keyFiles: keyFiles)
    }
}
