// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Logging
import RatingModel
import WebConfiguration

/// What the web process takes of the gateway's configuration; the rest of the file is the gateway's to read.
struct WebSetup: Sendable, Hashable {
    var process: WebProcessSettings
    /// The core's socket for the web process.
    var coreSocket: String

    /// Where systemd makes the core's socket.
    static let standardSocket = "/run/hallgate/web.sock"

    /// Reads the file. Throws `web.configuration` where its part is wrong: a process without a hall to record for may
    /// refuse to start, and then says at once what to correct.
    static func read(_ path: String, logger: Logger) throws(GatewayError) -> WebSetup {
        let outcome = ConfigurationFile.read(path) { file in
            for key in file.givenKeys where !["web", "control"].contains(key) { file.leave(key) }
            let socket = file.section("control") { control in
                for key in control.givenKeys where key != "web_socket" { control.leave(key) }
                return control.value("web_socket", .absolutePath(atMost: 107))
            }
            return WebSetup(
                process: WebProcessSettings.read(in: file), coreSocket: (socket ?? nil) ?? standardSocket)
        }
        let errors = outcome.diagnostics.filter { $0.severity == .error }
        guard let first = errors.first else { return outcome.value }
        for error in errors { logger.error("\(error)") }
        throw GatewayError(
            "web.configuration", LocalText("the configuration is not accepted", "配置未被接受"), cause: "\(first)",
            hint: LocalText("see every mistake with 'hallgate check'", "请用 'hallgate check' 查看所有错误"))
    }
}
