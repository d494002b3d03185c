// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HallgateApp

/// `hallgate check`: every mistake of a configuration, a line each.
struct CheckCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: say("Check a configuration and the files it names.", "检查配置及其引用的文件。"),
        discussion: say(
            "Every mistake is a line: file:line:column: message (hint). Exits with 1 where there is one.",
            "每个错误一行：文件:行:列: 说明（建议）。有错误时退出码为 1。"))

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    @Flag(
        help: ArgumentHelp(
            say("Print udev rules for the configured devices.", "输出所配置设备的 udev 规则。")))
    var printUdev = false

    @Flag(
        help: ArgumentHelp(
            say("Print the unit's drop-in that allows the configured addresses.", "输出允许所配置地址的服务单元 drop-in。")))
    var printDropin = false

    func run(_ console: Console) async throws -> ExitStatus {
        let reading = GatewayConfiguration.read(file: configuration.path, examiningCertificates: true)
        let report = CheckReport(reading: reading, path: configuration.path, isNamed: configuration.given != nil)
        if printUdev, let configuration = reading.configuration {
            console.write(configuration.udevRules)
            return .well
        }
        if printDropin, let configuration = reading.configuration {
            let dropIn = UnitDropIn(configuration)
            console.write(dropIn.text)
            return dropIn.unknownHosts.isEmpty ? .well : .unwell
        }
        console.write(json ? report.json : report.text(for: console.locale))
        return report.isWell ? .well : .unwell
    }
}
