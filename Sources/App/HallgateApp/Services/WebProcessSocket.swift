// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import DeviceAPI
import Logging
import RatingModel
import RelayTransport

/// The server of the web process's socket; `nil` where there is no such socket.
func webServer(
    _ configuration: GatewayConfiguration, _ inherited: InheritedSockets, _ gateway: Gateway, logger: Logger
) -> ControlServer? {
    let socket = inherited.socket(of: .web, configured: configuration.web?.socket, logger: logger)
    guard var settings = configuration.web ?? socket.map({ WebSettings(socket: $0.path) }) else { return nil }
    settings.socket = socket?.path ?? settings.socket
    return settings.server(for: gateway, logger: logger).adopting(socket?.descriptor)
}

extension WebSettings {
    /// The server of the socket.
    func server(for gateway: Gateway, logger: Logger) -> ControlServer {
        ControlServer(
            path: socket, web: GatewayWeb(pads: gateway.pads, supervision: gateway.supervision), hall: gateway.hall,
            roles: roles(of: gateway, logger: logger), questionnaires: gateway.questionnairePages,
            group: group, logger: logger
        ).ingesting(gateway.ingest)
    }
}

extension GatewayConfiguration {
    /// The pads that may connect in.
    ///
    /// A key file is read whenever a pad shows a key, so that a pad can be given another key while the daemon runs.
    func expectedPads(logger: Logger) -> [ExpectedPad] {
        devices.compactMap { device in
            guard device.line.kind == .web, let file = device.padKeyFile else { return nil }
            let name = device.line.path
            return ExpectedPad(name: name) { offered in
                PadChannelKey.fits(offered, file: file, of: "pad", name, logger: logger)
            }
        }
    }
}

/// The key by which whoever comes by the web process is let in: a pad, a screen, a kiosk, a desk, a source of ratings.
enum PadChannelKey {
    /// Whether a key is the one in a file, which is read each time, so that a key can be exchanged while the daemon runs. A
    /// file that cannot be read fits nobody, and the log says whose it is.
    static func fits(_ offered: String, file: String, of kind: String, _ name: String, logger: Logger) -> Bool {
        do throws(GatewayError) { return try load(file, pad: name).fits(offered) } catch {
            logger.error("\(error.message.english)", metadata: [kind: "\(name)", "file": "\(file)"])
            return false
        }
    }

    /// Reads the key of a file that only the daemon's user and group read; throws `pad.key-file` where there is none.
    static func load(_ path: String, pad: String) throws(GatewayError) -> ControlClientKey {
        let text = String(decoding: try PadKeys.bytes(of: path), as: UTF8.self)
        let word = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        guard let key = ControlClientKey(name: pad, key: word) else {
            throw PadKeys.trouble(path, "it holds no key of 16 to 1024 bytes")
        }
        return key
    }
}
