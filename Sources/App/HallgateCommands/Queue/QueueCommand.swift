// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import OperatorAPI
import RatingModel

/// `hallgate queue`: what waits for the region; without a further word it lists what has stopped.
struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: say("See what waits for the region, and what has stopped.", "查看等待上送和已停滞的评价。"),
        subcommands: [
            QueueListCommand.self, QueueShowCommand.self, QueueExportCommand.self, QueueRetryCommand.self,
            QueueVerifyCommand.self, QueueSetAsideCommand.self, QueueDiscardCommand.self,
        ], defaultSubcommand: QueueListCommand.self)
}

/// Which ratings are meant.
struct QueueSelection: ParsableArguments {
    @Option(help: ArgumentHelp(say("One uplink; without it all.", "指定上行链路；省略则为全部。"), valueName: "name"))
    var uplink: String?

    @Option(
        help: ArgumentHelp(
            say(
                "pending, in-flight, unknown, parked, set-aside, held or held:REASON.",
                "pending、in-flight、unknown、parked、set-aside、held 或 held:原因。"), valueName: "state"))
    var state: String?
}

/// `hallgate queue ls`
struct QueueListCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: say("List the ratings that have stopped.", "列出已停滞的评价。"),
        discussion: say(
            "Counts are of everything. Levels are never shown, nor words of the region that speak of one (●).",
            "计数涵盖全部评价。不显示等级，也不显示上级系统透露等级的答复（●）。"))

    @OptionGroup var selection: QueueSelection

    @Option(
        help: ArgumentHelp(
            say("Most records, up to \(QueueRequest.mostRecords).", "最多条数，上限 \(QueueRequest.mostRecords)。"),
            valueName: "count"))
    var limit = 50

    @Option(
        help: ArgumentHelp(
            say("Go on behind this position; needs --uplink and --state.", "从此位置之后继续；须指定 --uplink 和 --state。"),
            valueName: "position"))
    var after: Int64?

    @OptionGroup var options: QueueOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func validate() throws {
        guard (1...QueueRequest.mostRecords).contains(limit) else {
            throw ValidationError(
                say(
                    "--limit takes a number from 1 to \(QueueRequest.mostRecords).",
                    "--limit 须为 1 到 \(QueueRequest.mostRecords) 之间的数。"))
        }
        guard after == nil || selection.uplink != nil && selection.state != nil else {
            throw ValidationError(say("--after needs --uplink and --state.", "--after 须与 --uplink 和 --state 一起使用。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await options.client.queue(
            QueueRequest(uplink: selection.uplink, state: selection.state, after: after, limit: limit))
        console.write(json ? encodedJSON(report) : QueuePage(report, console).text)
        return report.uplinks.allSatisfy(\.isWell) ? .well : .unwell
    }
}

extension QueueReport.Counters {
    /// Whether nothing needs a person.
    var isWell: Bool { holds && states["parked"] == nil && states["unknown"] == nil }
}

/// `hallgate queue show ID`
struct QueueShowCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: say("Show one record, as 'hallgate why' does.", "查看一条记录，与 hallgate why 相同。"))

    @Argument(help: ArgumentHelp(say("The record's id.", "记录编号。")))
    var id: String

    @OptionGroup var options: QueueOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        try await options.tellStory(of: id, asJSON: json, console)
    }
}

/// `hallgate why ID`
struct WhyCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: say("Tell one record's story, from the wire to the region.", "说明一条记录从按键到上级系统的全过程。"),
        discussion: say(
            "Levels are masked as ●, their bytes as ··; words of the region that speak of a level are ● too.",
            "等级以 ● 显示，其字节以 ·· 显示；上级系统透露等级的答复也以 ● 显示。"))

    @Argument(help: ArgumentHelp(say("The record's id.", "记录编号。")))
    var id: String

    @OptionGroup var options: QueueOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        try await options.tellStory(of: id, asJSON: json, console)
    }
}

/// `hallgate queue verify`
struct QueueVerifyCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: say("Recount everything and check the whole chain.", "重新清点并核对整条链。"),
        discussion: say(
            "Ratings are recorded and delivered meanwhile. A million records take about a minute.",
            "核对期间照常记录和上送。一百万条记录约需一分钟。"))

    @OptionGroup var options: QueueOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await options.client.waiting(atMost: .seconds(3600)).verifyQueue()
        console.write(json ? encodedJSON(report) : VerificationPage(report, console).text)
        return report.findings.isEmpty && report.uplinks.allSatisfy(\.holds) ? .well : .unwell
    }
}
