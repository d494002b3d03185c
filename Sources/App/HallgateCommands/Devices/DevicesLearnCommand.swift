// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigurationFile
import FoundationEssentials
import Glibc
import HallgateApp
import RatingModel

/// `hallgate devices learn`
struct DevicesLearnCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: say("Press a key: says which port and driver that is.", "按一下键：识别接口和驱动。"),
        discussion: say(
            """
            Listens on the lines that are not configured, and on what is plugged in meanwhile, and writes the stanza \
            for the configuration. A press made meanwhile is not recorded by Hallgate: a pad with a log keeps it, \
            another pad loses it. Keyboards are listened on when they are plugged in now, named, or with --keyboards. \
            A pad whose keys nothing is known of needs --keys.
            """,
            "监听未配置的线路以及期间插入的设备，并写出配置片段。期间的按键不会被记录：有日志的评价器会保留，其他评价器会丢失。键盘型设备须在此时插入、用 --path 指定或使用 --keyboards。按键含义未知的评价器需要 --keys。"
        ))

    @Option(help: ArgumentHelp(say("A line to listen on; may be repeated.", "要监听的线路，可重复。")))
    var path: [String] = []

    @Option(
        help: ArgumentHelp(
            say("A serial server to listen to; may be repeated.", "要监听的串口服务器，可重复。"), valueName: "host:port"))
    var address: [String] = []

    @Flag(help: ArgumentHelp(say("The servers speak RFC 2217.", "串口服务器使用 RFC 2217。")))
    var rfc2217 = false

    @Flag(help: ArgumentHelp(say("Listen on every keyboard, yours included.", "监听所有键盘，包括您的键盘。")))
    var keyboards = false

    @Option(help: ArgumentHelp(say("The only driver to try.", "只尝试该驱动。")))
    var driver: String?

    @Option(
        help: ArgumentHelp(
            say("A description of frames to try as well.", "同时尝试的帧描述文件。"), valueName: "file"))
    var frames: String?

    @Option(help: ArgumentHelp(say("The only line speed to try.", "只尝试该波特率。"), valueName: "bit/s"))
    var baud: Int?

    @Option(
        help: ArgumentHelp(
            say(
                "The device's window; for pads that share a line several, in the order of their press.",
                "设备所在窗口；共用线路的多台评价器按按键顺序填写。"),
            valueName: "window,…"))
    var window: String?

    @Option(
        help: ArgumentHelp(
            say("The levels of the keys, in the order in which you press them.", "按键的等级，按您按键的顺序。"), valueName: "level,…"
        ))
    var keys: String?

    @Option(help: ArgumentHelp(say("How long to wait for a press.", "等待按键的秒数。"), valueName: "seconds"))
    var wait = 60

    @Option(
        help: ArgumentHelp(
            say("Where to keep what no driver understands.", "无法识别的数据的存放位置。"), valueName: "file"))
    var capture: String?

    @Flag(help: ArgumentHelp(say("Write a drop-in beside the configuration.", "写入配置旁的附加文件。")))
    var write = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (1...3600).contains(wait) else {
            throw ValidationError(say("--wait takes 1 to 3600 seconds.", "--wait 应为 1 到 3600 秒。"))
        }
        guard baud.map({ (1200...4_000_000).contains($0) }) ?? true else {
            throw ValidationError(say("--baud takes 1200 to 4000000.", "--baud 应为 1200 到 4000000。"))
        }
        let words = Set(SatisfactionLevel.allCases.map(\.word))
        let levels = keys.map(Self.items) ?? []
        guard levels.allSatisfy(words.contains), Set(levels).count == levels.count, keys == nil || !levels.isEmpty
        else {
            throw ValidationError(
                say(
                    "--keys takes levels such as very_satisfied,satisfied,dissatisfied, each once.",
                    "--keys 应为各不相同的等级，例如 very_satisfied,satisfied,dissatisfied。"))
        }
    }

    private static func items(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    /// What the operator wishes; what is written has to hold wherever the daemon was started.
    var request: LearnRequest {
        let here = FileManager.default.currentDirectoryPath
        let absolute = { (path: String) in path.hasPrefix("/") ? path : "\(here)/\(path)" }
        var request = LearnRequest(configurationPath: configuration.path)
        request.paths = path.map(absolute)
        request.addresses = address
        request.isRFC2217 = rfc2217
        request.includesKeyboards = keyboards
        request.driver = driver
        request.frames = frames.map(absolute)
        request.baud = baud
        request.windows = window.map(Self.items) ?? []
        let levels = Dictionary(uniqueKeysWithValues: SatisfactionLevel.allCases.map { ($0.word, $0) })
        request.keys = keys.map(Self.items)?.compactMap { levels[$0] } ?? []
        request.patience = .seconds(wait)
        return request
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        switch try await learnDevice(request, notice: { console.complain(words(for: $0, console)) }) {
        case .learned(let learned):
            console.complain(words(for: learned, console))
            let stanza = try WindowQuestion(console, configuration.path).answered(learned.stanza)
            let name = stanza.window ?? stanza.addresses.first?.window ?? learned.evidence.path
            try deliver(stanza, name: name, write: write, configuration, console)
            return .well
        case .notUnderstood(let captures):
            try keep(captures, console)
            return .unwell
        }
    }

    /// Keeps what was heard for `devices infer`, and says so.
    private func keep(_ captures: [LineCapture], _ console: Console) throws(GatewayError) {
        guard let best = LearnedCapture.likeliest(of: captures) else { throw .nobodyPressed }
        let file = capture ?? "hallgate-capture-\(getpid()).hex"
        try PlainFile.create(file, with: best.text, mode: 0o600)
        console.complain(
            LocalText(
                "No driver understands the pad on \(best.path): \(best.bytes) bytes are kept in \(file). 'hallgate devices infer \(file)' drafts a description; for more, run this again with --path \(best.path)\(best.baud.map { " --baud \($0)" } ?? "") and press every key several times.",
                "没有驱动能识别 \(best.path) 上的评价器：\(best.bytes) 字节已存入 \(file)。可用 hallgate devices infer \(file) 起草描述；如需更多数据，请加 --path \(best.path)\(best.baud.map { " --baud \($0)" } ?? "") 重新运行并将每个按键多按几次。"
            ).text(for: console.locale))
    }

    private func words(for notice: LearnNotice, _ console: Console) -> String {
        let text: LocalText =
            switch notice {
            case .listening(let paths, let drivers):
                paths.isEmpty
                    ? LocalText("Plug the pad in and press a key.", "请插入评价器并按键。")
                    : LocalText(
                        "Listening on \(paths.count == 1 ? paths[0] : "\(paths.count) lines") for \(drivers.joined(separator: ", ")). Press a key of the pad, several times.",
                        "正在监听 \(paths.count) 条线路（\(drivers.joined(separator: "、"))）。请按评价器上的键，多按几次。")
            case .pluggedIn(let path): LocalText("  \(path) was plugged in", "  已插入 \(path)")
            case .cannotOpen(let path, let error):
                LocalText(
                    "  \(path): \(error.message.english) (\(error.hint.english))",
                    "  \(path)：\(error.message.chinese)（\(error.hint.chinese)）")
            case .answered(let evidence):
                LocalText(
                    "  \(evidence.path): \(evidence.device ?? evidence.driver) answers",
                    "  \(evidence.path)：\(evidence.device ?? evidence.driver) 有应答")
            case .pressed(let evidence, let left):
                LocalText(
                    "  \(shortened(evidence.distinction)) was pressed, \(left) to go",
                    "  已按下 \(shortened(evidence.distinction))，还剩 \(left) 个")
            }
        return text.text(for: console.locale)
    }

    private func words(for learned: LearnedDevice, _ console: Console) -> String {
        let evidence = learned.evidence
        let what: LocalText =
            switch evidence.kind {
            case .press(let key, let label):
                learned.wasPressed
                    ? LocalText("Key \(key) (\(shortened(label)))", "按键 \(key)（\(shortened(label))）")
                    : LocalText("An earlier press", "先前的按键")
            case .staffKey: LocalText("A staff key", "员工键")
            case .code(let code): LocalText("The code \(shortened(code))", "码 \(shortened(code))")
            case .reports(let values):
                LocalText("\(values.count) keys of a HID device", "HID 设备的 \(values.count) 个按键")
            case .entry, .identity: LocalText("A device that answers", "有应答的设备")
            }
        let place = evidence.address.map { (" address \($0)", "，地址 \($0)") } ?? ("", "")
        let speed = evidence.baud.map { (" at \($0) bit/s", "，波特率 \($0)") } ?? ("", "")
        return LocalText(
            "\(what.english) on \(evidence.path)\(place.0): driver \(evidence.driver)\(speed.0).",
            "\(what.chinese)：\(evidence.path)\(place.1)，驱动 \(evidence.driver)\(speed.1)。"
        ).text(for: console.locale)
    }
}

extension OperatorCommand {
    /// Prints a stanza, or writes it beside the configuration and says where.
    func deliver(
        _ stanza: DeviceStanza, name: String, write: Bool, _ configuration: ConfigurationOptions, _ console: Console
    ) throws(GatewayError) {
        guard write else { return console.write(stanza.yaml) }
        let file = try DropIn.write(stanza, name: name, beside: configuration.path)
        console.write(
            LocalText(
                "Written to \(file). 'hallgate reload' makes the daemon take it up.",
                "已写入 \(file)。执行 hallgate reload 后生效。"
            ).text(for: console.locale))
    }
}
