// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HallgateApp
import Logging
import RatingModel

/// `hallgate run`: the daemon, in the foreground.
struct RunCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: say("Run the daemon in the foreground.", "在前台运行守护进程。"),
        discussion: say(
            "A missing file means safe built-in defaults. SIGHUP reloads, SIGTERM stops after what was pressed is on disk.",
            "缺少配置文件时使用安全的内置默认值。SIGHUP 重新加载，SIGTERM 在已按评价落盘后停止。"))

    @OptionGroup var configuration: ConfigurationOptions

    @Option(
        help: ArgumentHelp(
            say(
                "Least important messages logged: \(levels.joined(separator: ", ")).",
                "记录的最低日志级别：\(levels.joined(separator: ", "))。"), valueName: "level"))
    var logLevel: String = Logger.Level.info.rawValue

    private static let levels = Logger.Level.allCases.map(\.rawValue)

    func validate() throws {
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError(
                say(
                    "'\(logLevel)' is no log level; there are \(Self.levels.joined(separator: ", ")).",
                    "没有日志级别 '\(logLevel)'；可用：\(Self.levels.joined(separator: ", "))。"))
        }
    }

    func run(_ console: Console) async throws -> ExitStatus {
        var logger = Logger(label: "hallgate", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        do throws(GatewayError) {
            try await runGateway(configurationPath: configuration.path, logger: logger)
            return .well
        } catch {
            console.complain(error)
            return .unwell
        }
    }
}
