// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HallgateApp
import RatingModel

/// `hallgate devices replace W7`
struct DevicesReplaceCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace",
        abstract: say("Put a new device in the place of another.", "用新设备替换原设备。"),
        discussion: say(
            "Plug the new one in first. Everything but its port or serial number stays as it was configured.",
            "请先接上新设备。除接口或序列号外，其余配置不变。"))

    @Argument(help: ArgumentHelp(say("The window, or the old line's path.", "窗口，或原线路的路径。")))
    var place: String

    @Option(help: ArgumentHelp(say("The new device's line.", "新设备的线路。")))
    var path: String?

    @Option(help: ArgumentHelp(say("The new device's USB serial number.", "新设备的 USB 序列号。")))
    var serial: String?

    @Flag(help: ArgumentHelp(say("Write a drop-in beside the configuration.", "写入配置旁的附加文件。")))
    var write = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard path == nil || serial == nil else {
            throw ValidationError(say("Take --path or --serial, not both.", "--path 与 --serial 只能选一个。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let new = path.map(DeviceStanza.Place.path) ?? serial.map { .serial($0) }
        let stanza = try replacement(at: place, by: new, configurationPath: configuration.path)
        try deliver(stanza, name: "\(place)-replaced", write: write, configuration, console)
        return .well
    }
}

/// `hallgate devices pair W7`
struct DevicesPairCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "pair",
        abstract: say("Enter the key on a pad's label.", "录入评价器标签上的密钥。"),
        discussion: say(
            "Reads the 64 digits from the standard input, so that they are in no history, and writes them to a file that only its owner reads.",
            "从标准输入读取 64 位密钥（不会留在命令历史中），写入仅所有者可读的文件。"))

    @Argument(help: ArgumentHelp(say("The window, or the line's path.", "窗口，或线路路径。")))
    var place: String

    @Option(help: ArgumentHelp(say("Where the key is kept.", "密钥存放位置。"), valueName: "path"))
    var keyFile: String

    @Flag(help: ArgumentHelp(say("Write a drop-in beside the configuration.", "写入配置旁的附加文件。")))
    var write = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard keyFile.hasPrefix("/") else {
            throw ValidationError(say("--key-file takes an absolute path.", "--key-file 须为绝对路径。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let stanza = try pairing(at: place, keyFile: keyFile, configurationPath: configuration.path)
        console.complain(
            LocalText("The 64 digits on the label, then Enter:", "请输入标签上的 64 位密钥并回车：").text(for: console.locale))
        let key = try PadKey(readLine() ?? "")
        try PlainFile.create(keyFile, with: key.digits + "\n", mode: 0o600)
        try deliver(stanza, name: "\(place)-paired", write: write, configuration, console)
        return .well
    }
}
