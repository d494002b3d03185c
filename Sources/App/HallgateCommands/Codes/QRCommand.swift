// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigurationFile
import ControlSocket
import OperatorAPI
import RatingModel

/// `hallgate qr`: the codes that citizens scan; without a further word it lists keys and signs.
struct QRCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qr",
        abstract: say("Print signs with a QR code, and look after the keys of codes.", "打印二维码标牌，管理二维码密钥。"),
        subcommands: [
            QRListCommand.self, QRSheetCommand.self, QRRevokeCommand.self, QRRotateCommand.self,
        ], defaultSubcommand: QRListCommand.self)
}

/// `hallgate qr ls`
struct QRListCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: say("List the keys of codes and the printed signs.", "列出二维码密钥和已打印的标牌。"))

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await daemon.client.codes()
        console.write(json ? encodedJSON(report) : CodesPage(report, console).text)
        return .well
    }
}

/// `hallgate qr revoke --sign NUMBER | --key N`
struct QRRevokeCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: say("Refuse a printed sign, or everything made with an earlier key.", "停用一张标牌，或停用旧密钥生成的全部二维码。"),
        discussion: say(
            "It takes effect at once and cannot be undone. Ratings that came by it stay.",
            "立即生效且不可撤销。此前通过它提交的评价保持不变。"))

    @Option(
        help: ArgumentHelp(
            say("The number that stands on the sign, or its first digits.", "标牌上的编号，或其前几位。"), valueName: "number"))
    var sign: String?

    @Option(help: ArgumentHelp(say("An earlier key by its number.", "旧密钥的编号。"), valueName: "number"))
    var key: UInt8?

    @Option(help: ArgumentHelp(say("Why, in your own words; it is recorded.", "理由，会记录在案。"), valueName: "text"))
    var reason: String?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func validate() throws {
        guard (sign == nil) != (key == nil) else {
            throw ValidationError(say("Take one of --sign and --key.", "请在 --sign 和 --key 中选择一项。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await daemon.client.revokeCodes(
            RevokeCodesRequest(key: key, sign: sign, user: operatorName(), reason: reason))
        console.write(json ? encodedJSON(report) : CodesPage(report, console).text)
        return .well
    }
}

/// `hallgate qr rotate [--overlap 90d]`
struct QRRotateCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: say("Make codes with a new key from now on.", "从现在起用新密钥生成二维码。"),
        discussion: say(
            "Signs on the walls were made with earlier keys. They count until the overlap ends; without --overlap they "
                + "go on counting until somebody revokes their key.",
            "已张贴的标牌使用旧密钥，在重叠期内继续有效；不指定 --overlap 时一直有效，直到停用其密钥。"))

    @Option(
        help: ArgumentHelp(
            say("For how long codes of earlier keys still count: 12h, 90d.", "旧密钥的二维码继续有效的时长：12h、90d。"),
            valueName: say("duration", "时长")))
    var overlap: String?

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func validate() throws {
        guard overlap == nil || overlap.flatMap(DevicesFlagsCommand.seconds) != nil else {
            throw ValidationError(say("--overlap takes a duration such as 90d.", "--overlap 须为时长，例如 90d。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await daemon.client.rotateCodes(
            RotateCodesRequest(
                overlapSeconds: overlap.flatMap(DevicesFlagsCommand.seconds), user: operatorName()))
        console.write(json ? encodedJSON(report) : CodesPage(report, console).text)
        return .well
    }
}

/// Keys and signs for people, a line each.
struct CodesPage {
    private let report: CodesReport
    private let console: Console

    init(_ report: CodesReport, _ console: Console) {
        self.report = report
        self.console = console
    }

    private func say(_ english: String, _ chinese: String) -> String { console.isChinese ? chinese : english }

    /// The whole page.
    var text: String {
        var keys = Columns([.left, .left, .left, .left])
        for key in report.keys {
            let until = key.honouredUntilMilliseconds.map { say("until ", "至 ") + DecisionLines.time($0) } ?? ""
            keys.add([
                say("key \(key.id)", "密钥 \(key.id)"), state(key.state), DecisionLines.time(key.madeAtMilliseconds),
                until,
            ])
        }
        var signs = Columns([.left, .left, .left, .left, .left, .left])
        for sign in report.signs {
            signs.add([
                sign.number, sign.window.map { shortened($0, to: 16) } ?? say("hall", "大厅"), state(sign.state),
                DecisionLines.time(sign.madeAtMilliseconds), say("key \(sign.key)", "密钥 \(sign.key)"),
                shortened(sign.user, to: 32),
            ])
        }
        let title = say("Gateway \(report.gateway)", "网关 \(report.gateway)")
        let none = say("No sign was made yet: hallgate qr sheet --window …", "尚未制作标牌：hallgate qr sheet --window …")
        return
            ([title] + keys.lines.map { "  " + $0 } + [say("Signs", "标牌")]
            + (signs.lines.isEmpty ? [none] : signs.lines).map { "  " + $0 }).joined(separator: "\n")
    }

    private func state(_ state: CodesReport.State) -> String {
        switch state {
        case .current: say("in use", "当前使用")
        case .counts: say("counts", "有效")
        case .ended: say("ended", "已到期")
        case .revoked: say("revoked", "已停用")
        }
    }
}
