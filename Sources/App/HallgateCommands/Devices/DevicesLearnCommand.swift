// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigurationFile
import FoundationEssentials
import HallgateApp
import RatingModel

/// `hallgate devices learn`
struct DevicesLearnCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: say("Press a key: says which port and driver that is.", "按一下键：识别接口和驱动。"),
        discussion: say(
            """
            Listens on the serial lines that are not configured and writes the stanza for the configuration. A press \
            made meanwhile is not recorded by Hallgate: a pad with a log keeps it, another pad loses it.
            """,
            "监听未配置的串口并写出配置片段。期间的按键不会被记录：有日志的评价器会保留，其他评价器会丢失。"))

    @Option(help: ArgumentHelp(say("A line to listen on; may be repeated.", "要监听的线路，可重复。")))
    var path: [String] = []

    @Option(help: ArgumentHelp(say("The only driver to try.", "只尝试该驱动。")))
    var driver: String?

    @Option(help: ArgumentHelp(say("The window the device stands at.", "设备所在窗口。")))
    var window: String?

    @Option(help: ArgumentHelp(say("How long to wait for a press.", "等待按键的秒数。"), valueName: "seconds"))
    var wait = 60

    @Flag(help: ArgumentHelp(say("Write a drop-in beside the configuration.", "写入配置旁的附加文件。")))
    var write = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (1...3600).contains(wait) else {
            throw ValidationError(say("--wait takes 1 to 3600 seconds.", "--wait 应为 1 到 3600 秒。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        // What is written has to hold wherever the daemon was started.
        let here = FileManager.default.currentDirectoryPath
        let paths = path.map { $0.hasPrefix("/") ? $0 : "\(here)/\($0)" }
        let request = LearnRequest(
            configurationPath: configuration.path, paths: paths, driver: driver, patience: .seconds(wait))
        let learned = try await learnDevice(request) { notice in console.complain(words(for: notice, console)) }
        console.complain(words(for: learned, console))
        var stanza = learned.stanza
        stanza.window = window
        try deliver(stanza, name: window ?? learned.evidence.path, write: write, configuration, console)
        return .well
    }

    private func words(for notice: LearnNotice, _ console: Console) -> String {
        let text: LocalText =
            switch notice {
            case .listening(let paths, let drivers):
                LocalText(
                    "Listening on \(paths.count == 1 ? paths[0] : "\(paths.count) lines") for \(drivers.joined(separator: ", ")). Press a key of the pad.",
                    "正在监听 \(paths.count) 条线路（\(drivers.joined(separator: "、"))）。请按评价器上的键。")
            case .cannotOpen(let path, let error):
                LocalText(
                    "  \(path): \(error.message.english) (\(error.hint.english))",
                    "  \(path)：\(error.message.chinese)（\(error.hint.chinese)）")
            case .answered(let evidence):
                LocalText(
                    "  \(evidence.path): \(evidence.device ?? evidence.driver) answers",
                    "  \(evidence.path)：\(evidence.device ?? evidence.driver) 有应答")
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
            case .entry, .identity: LocalText("A device that answers", "有应答的设备")
            }
        let place = evidence.address.map { (" address \($0)", "，地址 \($0)") } ?? ("", "")
        return LocalText(
            "\(what.english) on \(evidence.path)\(place.0): driver \(evidence.driver) at \(evidence.baud) bit/s.",
            "\(what.chinese)：\(evidence.path)\(place.1)，驱动 \(evidence.driver)，波特率 \(evidence.baud)。"
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
