// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// Who the business system is: its socket, its clients, and which of them may come over HTTP.
struct BusinessSettings: Sendable, Hashable {
    /// The socket's path, absolute; `nil` where it comes over HTTP alone.
    var socket: String?
    /// The group that may connect, beside the daemon's own user; `nil` leaves the daemon's group.
    var group: String?
    /// The clients by name, each with the file that holds its key.
    var keyFiles: [String: String] = [:]
    /// The clients that may come over HTTP, by way of the web process.
    var overHTTP: Set<String> = []

    /// Reads the keys of the section `control`; `nil` where nobody can come.
    static func read(_ section: ConfigurationSection) -> BusinessSettings? {
        let socket = section.value("business_socket", .absolutePath(atMost: 107))
        let group = section.value("business_group", .identifier)
        var names = UniqueNames()
        var keyFiles: [String: String] = [:]
        var overHTTP: Set<String> = []
        _ = section.list("business_clients", atMost: 32) { client -> Bool? in
            let name = client.required("name", .identifier)
            let file = client.required("key_file", .absolutePath())
            let comesOverHTTP = client.value("http", .choice(["yes": true, "no": false]), default: false)
            if let name {
                if comesOverHTTP { overHTTP.insert(name) }
                names.add(name, key: "name", in: client, noun: LocalText("the client", "客户端"))
                if let file { keyFiles[name] = file }
            }
            return nil
        }
        if !overHTTP.isEmpty, !section.has("web_socket") {
            section.report(
                LocalText("'web_socket' is missing: nobody comes over HTTP", "缺少 'web_socket'：无法通过 HTTP 接入"),
                hint: LocalText("name the socket the web process is to use", "请填写网页进程使用的套接字路径"),
                at: "business_clients")
        }
        guard let socket else {
            let isForSocket = section.has("business_clients") && keyFiles.keys.contains { !overHTTP.contains($0) }
            if isForSocket || section.has("business_group"), !section.has("business_socket") {
                section.report(
                    LocalText("'business_socket' is missing", "缺少 'business_socket'"),
                    hint: LocalText("name the socket the clients are to use", "请填写客户端使用的套接字路径"))
            }
            return keyFiles.isEmpty ? nil : BusinessSettings(keyFiles: keyFiles, overHTTP: overHTTP)
        }
        if keyFiles.isEmpty {
            section.report(
                LocalText("nobody may use the business socket", "没有可使用业务套接字的客户端"),
                hint: LocalText("add a client under 'business_clients'", "请在 'business_clients' 下添加客户端"),
                at: "business_socket")
        }
        return BusinessSettings(socket: socket, group: group, keyFiles: keyFiles, overHTTP: overHTTP)
    }
}
