// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import FoundationEssentials
import Logging
import RatingModel

/// The server of the business system's socket; `nil` where there is no such socket.
///
/// A socket that systemd made is served even where the configuration names no client: whoever connects is refused then,
/// and does not wait for ever.
func businessServer(
    _ configuration: GatewayConfiguration, _ inherited: InheritedSockets, _ business: GatewayBusiness, logger: Logger
) -> ControlServer? {
    let socket = inherited.socket(of: .business, configured: configuration.business?.socket, logger: logger)
    let settings = configuration.business ?? BusinessSettings()
    guard let path = socket?.path ?? settings.socket else { return nil }
    return settings.server(at: path, for: business, logger: logger).adopting(socket?.descriptor)
}

extension BusinessSettings {
    /// The server of the socket, with the keys that can be read.
    func server(at path: String, for business: GatewayBusiness, logger: Logger) -> ControlServer {
        ControlServer(
            path: path, business: business, clients: keys(logger: logger), group: group, logger: logger)
    }

    /// The keys that can be read; a client whose key cannot is left out and named.
    func keys(logger: Logger) -> [ControlClientKey] {
        var clients: [ControlClientKey] = []
        for (name, path) in keyFiles.sorted(by: { $0.key < $1.key }) {
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            let key = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
            if let client = ControlClientKey(name: name, key: key) {
                clients.append(client)
            } else {
                logger.error(
                    "a client of the business system has no key: its file is missing, or holds fewer than 16 bytes",
                    metadata: ["client": "\(name)", "file": "\(path)"])
            }
        }
        return clients
    }
}
