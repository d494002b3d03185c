// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import Glibc
import Logging
import RatingModel

/// `hallgate-web`: the process that serves pages, kiosks and the pads that connect in.
public struct HallgateWeb: AsyncParsableCommand {
    /// What `--help` says.
    public static let configuration = CommandConfiguration(
        commandName: "hallgate-web",
        abstract: "Serve the hall's pages, kiosk screens and WebSocket pads. / 提供大厅网页、评价屏与 WebSocket 评价器接入。",
        discussion: """
            It reads the section 'web' and control.web_socket of the gateway's configuration, and speaks to the gateway by that
            socket alone. A listening socket that systemd hands over counts before web.listen. SIGTERM stops it once the
            requests under way are answered.
            """)

    @Option(help: ArgumentHelp("The gateway's configuration file. / 网关的配置文件。", valueName: "file"))
    var config = "/etc/hallgate/hallgate.yaml"

    @Option(help: ArgumentHelp("Least important messages logged. / 记录的最低日志级别。", valueName: "level"))
    var logLevel = Logger.Level.info.rawValue

    /// For the argument parser.
    public init() {}

    /// Runs the command of this process and ends it with its exit code.
    public static func start() async { await main() }

    /// Refuses what is no level.
    public func validate() throws {
        guard Logger.Level(rawValue: logLevel) != nil else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(logLevel)' is no log level; there are \(levels).")
        }
    }

    /// Serves until it is told to stop.
    public func run() async throws {
        var logger = Logger(label: "hallgate-web", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        do throws(GatewayError) {
            try await runWeb(configurationPath: config, logger: logger)
        } catch {
            let names: [String] = ["LC_ALL", "LC_MESSAGES", "LANG"]
            let values = names.compactMap { name in getenv(name).map { String(cString: $0) } }
            let locale = values.first { !$0.isEmpty } ?? ""
            logger.critical(
                "\(error.message.text(for: locale))",
                metadata: [
                    "code": "\(error.code)", "cause": "\(error.cause ?? "")", "hint": "\(error.hint.text(for: locale))",
                ])
            throw ExitCode(1)
        }
    }
}
