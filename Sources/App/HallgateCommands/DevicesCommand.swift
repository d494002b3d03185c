// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import OperatorAPI
import RatingModel

/// `hallgate devices`: the devices of the hall; without a further word it lists them.
struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: say("See, find, learn and replace the devices of the hall.", "查看、查找、学习和更换大厅设备。"),
        subcommands: subcommands, defaultSubcommand: DevicesListCommand.self)

    /// Every command of the group; the only list of them.
    private static var subcommands: [any ParsableCommand.Type] {
        [
            DevicesListCommand.self, DevicesShowCommand.self, DevicesTapCommand.self, DevicesIdentifyCommand.self,
            DevicesLearnCommand.self, DevicesReplaceCommand.self, DevicesPairCommand.self, DevicesConfirmCommand.self,
            DevicesApproveCommand.self, DevicesUpdateCommand.self, DevicesFlagsCommand.self,
            DevicesRecordCommand.self, DevicesReplayCommand.self, DevicesInferCommand.self,
        ]
    }
}

/// A command that asks the daemon: what goes wrong is said with its hint, and the exit status tells which way.
protocol DaemonCommand: OperatorCommand {
    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus
}

extension DaemonCommand {
    func run(_ console: Console) async throws -> ExitStatus {
        do throws(GatewayError) {
            return try await ask(console)
        } catch {
            console.complain(error)
            return error.isUnreachable ? .unreachable : .unwell
        }
    }
}

/// `hallgate devices list`
struct DevicesListCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("List every line with its device.", "列出各线路及其设备。"))

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let devices = try await daemon.client.devices()
        console.write(json ? encodedJSON(devices) : DevicesPage(devices, console).text)
        return devices.allSatisfy { $0.isWorking && !$0.places.contains(where: \.isAbsent) } ? .well : .unwell
    }
}

/// `hallgate devices show W3`
struct DevicesShowCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: say("Show a device: what it can do, how it is, its last frames.", "查看设备：能力、状况和最近的帧。"),
        discussion: say("Levels are masked as ●, their bytes as ··.", "等级以 ● 显示，其字节以 ·· 显示。"))

    @Argument(help: ArgumentHelp(say("A window, a line's path or a device's name.", "窗口、线路路径或设备名。")))
    var place: String

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let reports = try await daemon.client.devices(at: place)
        console.write(
            json
                ? encodedJSON(reports)
                : reports.map { DevicePage($0, console).text }.joined(separator: "\n\n"))
        return reports.allSatisfy(\.device.isWorking) ? .well : .unwell
    }
}

/// `hallgate devices identify W3`
struct DevicesIdentifyCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify", abstract: say("Have a device blink, to find it.", "让设备闪烁，以便查找。"))

    @Argument(help: ArgumentHelp(say("A window, a line's path or a device's name.", "窗口、线路路径或设备名。")))
    var place: String

    @OptionGroup var daemon: DaemonOptions

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await daemon.client.identify(at: place)
        console.write(
            LocalText(
                report.devices == 1 ? "1 device was told to blink." : "\(report.devices) devices were told to blink.",
                "已通知 \(report.devices) 台设备闪烁。"
            ).text(for: console.locale))
        return .well
    }
}

/// `hallgate devices confirm W3`
struct DevicesConfirmCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: say("Confirm moved, swapped or new hardware where it is.", "确认已移动、互换或更换的硬件的当前位置。"),
        discussion: say(
            "Until then a stranger's presses are kept without the window. Look at the pad before you confirm it.",
            "确认之前，陌生设备的评价不归属该窗口。确认前请到现场核对评价器。"))

    @Argument(help: ArgumentHelp(say("A window, a line's path or a device's name.", "窗口、线路路径或设备名。")))
    var place: String

    @OptionGroup var daemon: DaemonOptions

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await daemon.client.confirm(ConfirmRequest(place: place, user: operatorName()))
        console.write(
            LocalText("What is on \(report.path) belongs there from now on.", "已确认 \(report.path) 上的设备。").text(
                for: console.locale))
        return .well
    }
}

/// `hallgate devices approve DEVICE`
struct DevicesApproveCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: say("Release what a quarantined device pressed.", "放行被隔离设备的按键。"),
        discussion: say(
            "Presses of a pad that is not paired are kept and held back. Approve them once you know whose pad it is.",
            "未配对评价器的按键会保留但不上送。确认评价器来源后再放行。"))

    @Argument(help: ArgumentHelp(say("The device's name.", "设备名。")))
    var device: String

    @OptionGroup var daemon: DaemonOptions

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await daemon.client.approve(ApproveRequest(device: device, user: operatorName()))
        console.write(
            LocalText("\(report.released) ratings are released.", "已放行 \(report.released) 条评价。").text(
                for: console.locale))
        return .well
    }
}
