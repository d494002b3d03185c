// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import OperatorAPI
import RatingModel

/// `hallgate queue retry ID`
struct QueueRetryCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: say("Send ratings again that have stopped.", "重新上送已停滞的评价。"),
        discussion: say(
            "Use it once the cause is gone: a profile was corrected, a case was filed, the region says it never came.",
            "请在原因消除后使用，例如已更正配置、已补报办件，或上级系统确认未收到。"))

    @Argument(help: ArgumentHelp(say("One rating by its id.", "单条评价的编号。")))
    var id: String?

    @Flag(help: ArgumentHelp(say("All that are parked.", "全部已搁置的评价。")))
    var allParked = false

    @Flag(help: ArgumentHelp(say("All whose arrival is not known.", "全部结果不明的评价。")))
    var unknown = false

    @Option(help: ArgumentHelp(say("One uplink; without it all.", "指定上行链路；省略则为全部。"), valueName: "name"))
    var uplink: String?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func validate() throws {
        guard [id != nil, allParked, unknown].count(where: { $0 }) == 1 else {
            throw ValidationError(
                say("Take one of ID, --all-parked and --unknown.", "请在编号、--all-parked 和 --unknown 中选择一项。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let state = allParked ? "parked" : unknown ? "unknown" : nil
        let report = try await daemon.client.retry(
            RetryRequest(id: id, state: state, uplink: uplink, user: operatorName()))
        console.write(
            json
                ? encodedJSON(report)
                : LocalText(
                    report.ratings == 1 ? "1 rating is sent again." : "\(report.ratings) ratings are sent again.",
                    "已重新上送 \(report.ratings) 条评价。"
                ).text(for: console.locale))
        return .well
    }
}

/// `hallgate queue set-aside ID --reason TEXT [--confirm]`
struct QueueSetAsideCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-aside",
        abstract: say("Propose, or agree, that a rating is never delivered.", "提议或确认不再上送某条评价。"),
        discussion: say(
            "It takes two people of two roles, each with a reason: an operator proposes, an auditor agrees with --confirm "
                + "on the auditor's socket. The rating stays in the journal, is counted and listed, and can be sent after all.",
            "须由两个角色的两人分别说明理由：操作员提议，审计员通过审计套接字用 --confirm 确认。该评价仍保存在日志库中并计数、列出，之后仍可上送。"))

    @Argument(help: ArgumentHelp(say("The rating's id.", "评价编号。")))
    var id: String

    @Option(help: ArgumentHelp(say("Why, in your own words; it is recorded.", "理由，会记录在案。"), valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp(say("The uplink, where several have it.", "上行链路（该评价属于多个链路时）。"), valueName: "name"))
    var uplink: String?

    @Flag(help: ArgumentHelp(say("Agree to a proposal, as an auditor.", "以审计员身份确认提议。")))
    var confirm = false

    @OptionGroup var options: QueueOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let request = SetAsideRequest(id: id, uplink: uplink, user: operatorName(), reason: reason)
        let report =
            confirm
            ? try await options.auditing.confirmSetAside(request)
            : try await options.daemon.client.proposeSetAside(request)
        let said =
            confirm
            ? LocalText("The rating is set aside.", "该评价已剔置。")
            : LocalText(
                "Proposed. An auditor has to agree: hallgate queue set-aside \(id) --confirm --reason TEXT",
                "已提议。须由审计员确认：hallgate queue set-aside \(id) --confirm --reason 理由")
        console.write(json ? encodedJSON(report) : said.text(for: console.locale))
        return .well
    }
}

/// `hallgate queue discard ID --reason TEXT`
struct QueueDiscardCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: say("Set a record aside that nobody can read any more.", "剔置一条已无法读取的记录。"),
        discussion: say("A record that can be read is never discarded.", "可以读取的记录不得丢弃。"))

    @Argument(help: ArgumentHelp(say("The record's id.", "记录编号。")))
    var id: String

    @Option(help: ArgumentHelp(say("Why; it is recorded.", "理由，会记录在案。"), valueName: "text"))
    var reason: String

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await daemon.client.discard(
            SetAsideRequest(id: id, user: operatorName(), reason: reason))
        console.write(
            json
                ? encodedJSON(report)
                : LocalText("The record is set aside.", "该记录已剔置。").text(for: console.locale))
        return .well
    }
}
