// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import FoundationEssentials
import HallgateApp
import OperatorAPI
import RatingModel

/// `hallgate devices update W3 --image FILE`
struct DevicesUpdateCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: say("Renew the firmware of a pad.", "升级评价器固件。"),
        discussion: say(
            """
            The daemon carries the image between presses, and goes on by itself when the pad was away. Interrupting this \
            command ends nothing: without --image it shows how the update stands.
            """,
            "守护进程在按键间隙传送固件，评价器断开后重新接上会自动续传。中断本命令不影响升级；不带 --image 时显示升级进度。"))

    @Argument(help: ArgumentHelp(say("A window, a line's path or a device's name.", "窗口、线路路径或设备名。")))
    var place: String

    @Option(help: ArgumentHelp(say("The maker's firmware file.", "厂家的固件文件。"), valueName: "file"))
    var image: String?

    @Flag(help: ArgumentHelp(say("Take the update back.", "取消升级。")))
    var cancel = false

    @Flag(help: ArgumentHelp(say("Print JSON, a line for each step.", "输出 JSON，每步一行。")))
    var json = false

    @OptionGroup var daemon: DaemonOptions

    func validate() throws {
        guard image == nil || !cancel else {
            throw ValidationError(say("Take --image or --cancel, not both.", "--image 与 --cancel 只能选一个。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let client = daemon.client
        if cancel {
            let request = CancelUpdateRequest(place: place, user: operatorName())
            show(try await client.cancelUpdate(request), console)
            return .well
        }
        if let image {
            let bytes = try Self.contents(of: image)
            _ = try FirmwareFile(bytes)
            let name = try FirmwareFile.name(of: bytes)
            try await client.upload(bytes, name: name)
            _ = try await client.update(UpdateRequest(place: place, file: name, user: operatorName()))
        }
        return try await follow(client, console)
    }

    /// Says each step, until nothing more comes of it.
    private func follow(_ client: ControlClient, _ console: Console) async throws(GatewayError) -> ExitStatus {
        var shown: UpdateReport?
        while true {
            let report = try await client.updateReport(at: place)
            if report != shown { show(report, console) }
            shown = report
            if report.isOver { break }
            do { try await Task.sleep(for: .milliseconds(250)) } catch { return .unwell }
        }
        guard let shown, [.refused, .wentBack].contains(shown.state) else { return .well }
        throw .notUpdated(shown)
    }

    private func show(_ report: UpdateReport, _ console: Console) {
        if json {
            // A line each, so that a script reads them as they come.
            let line = encodedJSON(report).split(whereSeparator: \.isNewline)
            console.write(line.map { $0.drop { $0 == " " } }.joined(separator: " "))
        } else {
            console.write(UpdateWords.text(of: report).text(for: console.locale))
        }
    }

    private static func contents(of path: String) throws(GatewayError) -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe),
            data.count <= FirmwareFile.mostBytes
        else {
            throw GatewayError(
                "update.unreadable", LocalText("\(path) cannot be read", "无法读取 \(path)"),
                hint: LocalText(
                    "it must be a file of at most 16 MiB that you may read", "必须是您可读取的文件，且不超过 16 MiB"))
        }
        return Array(data)
    }
}

/// How an update stands, in words.
enum UpdateWords {
    static func text(of report: UpdateReport) -> LocalText {
        switch report.state {
        case .waiting:
            return LocalText(
                "\(report.device): away after \(bytes(report).english); goes on by itself when it is back",
                "\(report.device)：已断开，已确认 \(bytes(report).chinese)，重新接上后自动续传")
        case .offered:
            return LocalText(
                "\(report.device): told of \(report.version), runs \(report.runs)",
                "\(report.device)：已告知版本 \(report.version)，正在运行 \(report.runs)")
        case .receiving:
            let from =
                report.resumedAt.map { (", resumed at \(grouped(Int64($0)))", "，从 \(grouped(Int64($0))) 续传") } ?? (
                    "", ""
                )
            return LocalText(
                "\(report.device): \(bytes(report).english) acknowledged\(from.0)",
                "\(report.device)：已确认 \(bytes(report).chinese)\(from.1)")
        case .verified:
            return LocalText("\(report.device): verified", "\(report.device)：已核验")
        case .restarting:
            return LocalText("\(report.device): installs and restarts", "\(report.device)：正在安装并重新启动")
        case .installed:
            return LocalText(
                "\(report.device): restarted as version \(report.runs)", "\(report.device)：已以版本 \(report.runs) 重新启动")
        case .wentBack:
            return LocalText(
                "\(report.device): came back as version \(report.runs)", "\(report.device)：以版本 \(report.runs) 重新启动")
        case .refused:
            return LocalText("\(report.device): not updated", "\(report.device)：未升级")
        case .cancelled:
            return LocalText("\(report.device): taken back", "\(report.device)：已取消")
        }
    }

    private static func bytes(_ report: UpdateReport) -> LocalText {
        let percent = report.size > 0 ? Int(Double(report.received) * 100 / Double(report.size)) : 0
        let (received, size) = (grouped(Int64(report.received)), grouped(Int64(report.size)))
        return LocalText("\(received) of \(size) bytes (\(percent) %)", "\(received) / \(size) 字节（\(percent) %）")
    }
}
