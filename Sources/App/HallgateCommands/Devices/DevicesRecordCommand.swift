// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Glibc
import HallgateApp
import OperatorAPI
import RatingModel

/// `hallgate devices record W3 FILE`
struct DevicesRecordCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: say("Write what goes over a line into a trace.", "将线路收发内容录制为跟踪文件。"),
        discussion: say(
            """
            Ends after --wait seconds, or when interrupted. A trace with levels can be replayed and become a test, and \
            needs --reveal; without them every byte that would tell one is written as ··.
            """,
            "在 --wait 秒后或被中断时结束。含等级的跟踪可以重放并成为测试，需要 --reveal；不含等级时相关字节写作 ··。"))

    @Argument(help: ArgumentHelp(say("A window, a line's path or a device's name.", "窗口、线路路径或设备名。")))
    var place: String

    @Argument(help: ArgumentHelp(say("The trace; it must not exist.", "跟踪文件，不得已存在。"), valueName: "file"))
    var file: String

    @Flag(help: ArgumentHelp(say("Leave levels out.", "去除等级。")))
    var withoutLevels = false

    @Option(help: ArgumentHelp(say("How long to record.", "录制秒数。"), valueName: "seconds"))
    var wait = 60

    @OptionGroup var revealing: RevealOptions
    @OptionGroup var daemon: DaemonOptions

    func validate() throws {
        guard withoutLevels != revealing.reveal else {
            throw ValidationError(
                say("Take --without-levels, or --reveal with --reason.", "请选择 --without-levels，或 --reveal 加 --reason。"))
        }
        guard (1...86_400).contains(wait) else {
            throw ValidationError(say("--wait takes 1 to 86400 seconds.", "--wait 应为 1 到 86400 秒。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        var reader = TapReader(client: daemon.client, place: place, reason: revealing.reason)
        // What is kept from before begins somewhere in a conversation.
        let first = try await reader.next()
        var trace = RecordedTrace(driver: first.driver, path: first.path, isMasked: withoutLevels)
        let end = ContinuousClock.now + .seconds(wait)
        while ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(100))
            trace.add(try await reader.next())
        }
        try PlainFile.create(file, with: trace.text, mode: 0o600)
        console.write(
            LocalText("\(trace.frames) frames are in \(file).", "\(file) 中有 \(trace.frames) 帧。").text(
                for: console.locale))
        if trace.missed > 0 {
            console.complain(
                LocalText("\(trace.missed) frames were missed.", "漏录 \(trace.missed) 帧。").text(for: console.locale))
        }
        return trace.missed == 0 ? .well : .unwell
    }
}

/// A trace being written, in the format of `Tests/Traces/README.md`.
struct RecordedTrace {
    private(set) var text: String
    private(set) var frames = 0
    private(set) var missed: UInt64 = 0
    private var lastAt: Int64?

    init(driver: String, path: String, isMasked: Bool) {
        text = "# Recorded by hallgate devices.\n% driver \(driver)\n"
        if isMasked { text += "# Bytes that would tell a level are left out: ··\n" }
    }

    /// Adds what came since.
    mutating func add(_ page: TapPage) {
        missed &+= page.missed
        if page.missed > 0 { text += "# \(page.missed) frames were missed here.\n" }
        for frame in page.frames {
            if let lastAt, frame.isReceived, frame.atMilliseconds - lastAt >= 100 {
                text += "! wait \(frame.atMilliseconds - lastAt)ms\n"
            }
            lastAt = frame.atMilliseconds
            text += (frame.isReceived ? "< " : "> ") + frame.bytes.uppercased()
            if frame.count > frame.bytes.split(separator: " ").count { text += " # cut: \(frame.count) bytes in all" }
            text += "\n"
            frames += 1
        }
    }
}
