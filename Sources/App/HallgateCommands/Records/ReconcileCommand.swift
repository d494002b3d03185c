// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigurationFile
import ControlSocket
import OperatorAPI
import RatingModel

/// `hallgate reconcile --date 2026-11-24`: the day's ratings here against the region's.
struct ReconcileCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: say("Compare a day's delivered ratings with what the region holds.", "将某日已送达的评价与上级平台对账。"),
        discussion: say(
            "Differences are listed by id, without levels; the exit status is 1 where there are any.",
            "差异按编号列出，不显示等级；存在差异时退出码为 1。"))

    @Option(help: ArgumentHelp(say("The day, such as 2026-11-24.", "日期，例如 2026-11-24。"), valueName: "yyyy-MM-dd"))
    var date: String

    @Option(help: ArgumentHelp(say("The uplink; not needed where there is one.", "上行通道；仅有一个时可省略。")))
    var uplink: String?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func run(_ console: Console) async throws -> ExitStatus {
        do throws(GatewayError) {
            let report = try await daemon.client.reconcile(ReconcileRequest(date: date, uplink: uplink))
            console.write(json ? encodedJSON(report) : ReconciliationPage(report, isChinese: console.isChinese).text)
            return report.isClean ? .well : .unwell
        } catch {
            console.complain(error)
            return error.isUnreachable ? .unreachable : .unwell
        }
    }
}

/// A comparison for people: the figures, then what differs by id.
struct ReconciliationPage {
    private let report: ReconciliationReport
    private let isChinese: Bool

    init(_ report: ReconciliationReport, isChinese: Bool) {
        self.report = report
        self.isChinese = isChinese
    }

    var text: String {
        var lines = [say("\(report.uplink), \(report.date)", "\(report.uplink)，\(report.date)"), ""]
        lines += table
        lines.append("")
        lines += list(say("missing there", "上级缺少"), report.missing)
        lines += list(say("unknown here", "本厅没有"), report.unknown)
        lines += list(
            say("altered", "已被更改"), report.altered.map { "\($0.id)  \($0.parts.map(word).joined(separator: ", "))" })
        lines += list(say("held there, not settled here yet", "上级已有，本厅尚未确认"), report.unsettled)
        lines.append(
            report.isClean
                ? say("No differences.", "没有差异。")
                : say("\(report.differences) differences.", "共 \(report.differences) 处差异。"))
        return lines.joined(separator: "\n")
    }

    private var table: [String] {
        let none = "–"
        let heads =
            isChinese ? ["窗口", "等级", "渠道", "已送达", "上级持有"] : ["window", "level", "channel", "delivered", "held"]
        let rows =
            [heads]
            + report.counts.map {
                [$0.window ?? none, $0.level ?? none, $0.channel ?? none, "\($0.delivered)", "\($0.held)"]
            }
        return rows.map { $0.map { shortened($0, to: 40) }.joined(separator: "\t") }
    }

    private func list(_ heading: String, _ items: [String]) -> [String] {
        items.isEmpty ? [] : ["\(heading): \(items.count)"] + items.map { "  " + shortened($0, to: 120) } + [""]
    }

    private func word(_ part: ReconciliationReport.Alteration.Part) -> String {
        switch part {
        case .level: say("level", "等级")
        case .channel: say("channel", "渠道")
        case .caseReference: say("case", "办件")
        case .day: say("day", "日期")
        case .twice: say("counted twice", "重复计数")
        }
    }

    private func say(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }
}
