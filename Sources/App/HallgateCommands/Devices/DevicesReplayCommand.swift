// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigurationFile
import FoundationEssentials
import HallgateApp
import RatingModel

/// `hallgate devices replay FILE`
struct DevicesReplayCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: say("Run a trace through a driver, without a device.", "不接设备，用驱动重放跟踪文件。"),
        discussion: say(
            "Every press counts as recorded at once. A masked byte makes its read useless: it is passed over and counted.",
            "每次按键视为立即记录。含遮盖字节的读取无法使用，会跳过并计数。"))

    @Argument(help: ArgumentHelp(say("The trace.", "跟踪文件。"), valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp(say("The driver, where the trace names none.", "驱动（跟踪文件未注明时）。")))
    var driver: String?

    @Flag(
        help: ArgumentHelp(
            say(
                "Print the trace as a test of the driver: with what it made of it as what is expected.",
                "将跟踪输出为驱动测试：以驱动的结果作为预期。")))
    var asTest = false

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        guard let data = try? Data(contentsOf: URL(filePath: file)), data.count <= 16 * 1024 * 1024 else {
            throw GatewayError(
                "replay.no-file", LocalText("\(file) cannot be read", "无法读取 \(file)"),
                hint: LocalText("name a trace of at most 16 MiB", "请指定不超过 16 MiB 的跟踪文件"))
        }
        let replay = try replayTrace(String(decoding: data, as: UTF8.self), driver: driver)
        guard !asTest else {
            console.write(replay.test)
            return .well
        }
        for line in replay.lines { console.write(shortened(line.text(for: console.locale), to: 480)) }
        console.write(
            LocalText(
                "presses: \(replay.presses), reads: \(replay.reads), of them masked and passed over: \(replay.masked)",
                "按键 \(replay.presses) 次，读取 \(replay.reads) 次，其中 \(replay.masked) 次被遮盖而跳过"
            ).text(for: console.locale))
        return .well
    }
}
