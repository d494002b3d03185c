// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import Glibc
import OperatorAPI
import RatingModel

/// What an auditor states to see levels.
struct RevealOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            say(
                "Show levels; the daemon must allow it, and records who asked and why.", "显示等级；须守护进程允许，并记录查看人和理由。")))
    var reveal = false

    @Option(help: ArgumentHelp(say("Why levels are to be shown.", "查看等级的理由。"), valueName: "text"))
    var reason: String?

    func validate() throws {
        guard reveal == (reason != nil) else {
            throw ValidationError(say("--reveal and --reason go together.", "--reveal 与 --reason 须同时使用。"))
        }
    }
}

/// Reads a line's traffic piece by piece.
struct TapReader {
    let client: ControlClient
    let place: String
    let reason: String?
    private var cursor: TapCursor?

    init(client: ControlClient, place: String, reason: String?) {
        self.client = client
        self.place = place
        self.reason = reason
    }

    /// What came since the last call.
    mutating func next() async throws(GatewayError) -> TapPage {
        let request = TapRequest(place: place, after: cursor)
        let page =
            if let reason {
                try await client.reveal(RevealRequest(tap: request, user: operatorName(), reason: reason))
            } else {
                try await client.tap(request)
            }
        cursor = page.cursor
        return page
    }
}

/// Who types, by the system's word; a hint for the log, no proof.
func operatorName() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "uid \(getuid())" }
    return String(cString: name)
}

/// `hallgate devices tap W3`
struct DevicesTapCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "tap",
        abstract: say("Watch what goes over a line.", "查看线路上的收发内容。"),
        discussion: say(
            "Levels are masked as ●, their bytes as ··. ← is what the device said, → what it was told.",
            "等级以 ● 显示，其字节以 ·· 显示。← 为设备发来，→ 为发给设备。"))

    @Argument(help: ArgumentHelp(say("A window, a line's path or a device's name.", "窗口、线路路径或设备名。")))
    var place: String

    @Flag(help: ArgumentHelp(say("Show bytes.", "显示字节。")))
    var hex = false

    @Flag(help: ArgumentHelp(say("Show what the driver made of them.", "显示驱动的解读。")))
    var decode = false

    @Flag(help: ArgumentHelp(say("Go on until interrupted.", "持续显示，直到中断。")))
    var follow = false

    @OptionGroup var revealing: RevealOptions
    @OptionGroup var daemon: DaemonOptions

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let shows: TapLines.Parts = hex == decode ? [.bytes, .events] : hex ? .bytes : .events
        var reader = TapReader(client: daemon.client, place: place, reason: revealing.reason)
        repeat {
            let lines = TapLines(console, shows: shows).lines(of: try await reader.next())
            if !lines.isEmpty { console.write(lines.joined(separator: "\n")) }
            if follow { try? await Task.sleep(for: .milliseconds(250)) }
        } while follow && !Task.isCancelled
        return .well
    }
}
