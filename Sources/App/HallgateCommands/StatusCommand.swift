// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import OperatorAPI
import RatingModel

/// `hallgate status`: whether the gateway is well, and where every rating is.
struct StatusCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: say("Show whether the gateway is well, and where every rating is.", "查看网关是否正常，以及每条评价的去向。"))

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    @Flag(help: ArgumentHelp(say("Print the figures in Prometheus' text format.", "以 Prometheus 文本格式输出指标。")))
    var metrics = false

    func validate() throws {
        guard !(json && metrics) else {
            throw ValidationError(say("Take --json or --metrics, not both.", "--json 与 --metrics 只能选一个。"))
        }
    }

    func run(_ console: Console) async throws -> ExitStatus {
        do throws(GatewayError) {
            let client = daemon.client
            if metrics {
                console.write(try await client.metrics())
                return .well
            }
            let status = try await client.status()
            console.write(
                json
                    ? encodedJSON(status)
                    : StatusPage(status, locale: console.locale, usesColor: console.usesColor).text)
            return status.isWell ? .well : .unwell
        } catch {
            console.complain(error)
            return error.isUnreachable ? .unreachable : .unwell
        }
    }
}

/// `hallgate reload`: has the daemon read its configuration anew.
struct ReloadCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: say("Have the daemon read its configuration anew.", "让守护进程重新读取配置。"),
        discussion: say(
            "A configuration with mistakes is refused, and the daemon runs on with the last one it accepted.",
            "有错误的配置会被拒绝，守护进程继续使用上次接受的配置。"))

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func run(_ console: Console) async throws -> ExitStatus {
        do throws(GatewayError) {
            let report = try await daemon.client.reload(by: operatorName())
            console.write(json ? encodedJSON(report) : text(of: report, console))
            return .well
        } catch {
            console.complain(error)
            return error.isUnreachable ? .unreachable : .unwell
        }
    }

    private func text(of report: ReloadReport, _ console: Console) -> String {
        let isChinese = console.isChinese
        var lines = report.changes
        if lines.isEmpty { lines.append(isChinese ? "配置没有变化。" : "Nothing has changed.") }
        if !report.needsRestart.isEmpty {
            lines.append(isChinese ? "重启后生效：" : "After a restart:")
            lines += report.needsRestart.map { "  " + $0 }
        }
        return lines.joined(separator: "\n")
    }
}

extension GatewayError {
    /// Whether there is no daemon to ask, as against one that refuses.
    var isUnreachable: Bool { ["control.unreachable", "control.no-answer"].contains(code) }
}
