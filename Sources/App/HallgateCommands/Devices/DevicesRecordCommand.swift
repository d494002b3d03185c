// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import OperatorAPI
import RatingModel

/// `hallgate devices record W3 FILE`
struct DevicesRecordCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: say("Write what goes over a line into a trace.", "将线路收发内容录制为跟踪文件。"),
        discussion: say(
            """
            Ends after --wait seconds, at --most MiB, or when interrupted; the file is whole at every moment. Levels are \
            left out: every byte that would tell one is written as ··, and replaying passes over the reads that hold \
            such bytes. With --reveal they are in the file, which only its owner can read: the daemon must allow it to \
            the auditor, logs who asked and why, and the trace can be replayed whole and become a test.
            """,
            "在 --wait 秒后、达到 --most MiB 或被中断时结束；文件在任何时刻都完整。默认去除等级：相关字节写作 ··，重放时跳过含此类字节的读取。使用 --reveal 时文件含等级，仅所有者可读：须守护进程允许审计员查看，并记录何人因何查看；此类跟踪可完整重放并成为测试。"
        ))

    @Argument(help: ArgumentHelp(say("A window, a line's path or a device's name.", "窗口、线路路径或设备名。")))
    var place: String

    @Argument(help: ArgumentHelp(say("The trace; it must not exist.", "跟踪文件，不得已存在。"), valueName: "file"))
    var file: String

    @Flag(help: ArgumentHelp(say("Leave levels out, as without --reveal.", "去除等级（未使用 --reveal 时即如此）。")))
    var withoutLevels = false

    @Option(help: ArgumentHelp(say("How long to record.", "录制秒数。"), valueName: "seconds"))
    var wait = 60

    @Option(help: ArgumentHelp(say("Largest file.", "文件大小上限。"), valueName: "MiB"))
    var most = 16

    @OptionGroup var revealing: RevealOptions
    @OptionGroup var daemon: DaemonOptions

    func validate() throws {
        guard !withoutLevels || !revealing.reveal else {
            throw ValidationError(
                say("Take --without-levels or --reveal, not both.", "--without-levels 与 --reveal 只能选一个。"))
        }
        guard (1...64).contains(most) else {
            throw ValidationError(say("--most takes 1 to 64 MiB.", "--most 应为 1 到 64 MiB。"))
        }
        guard (1...86_400).contains(wait) else {
            throw ValidationError(say("--wait takes 1 to 86400 seconds.", "--wait 应为 1 到 86400 秒。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        var reader = TapReader(client: daemon.client, place: place, reason: revealing.reason)
        // What is kept from before begins somewhere in a conversation.
        let first = try await reader.next()
        if revealing.reveal {
            console.complain(
                LocalText(
                    "Levels are being written to \(file); the daemon has logged who asked and why.",
                    "等级将写入 \(file)；守护进程已记录何人因何查看。"
                ).text(for: console.locale))
        }
        var trace = RecordedTrace(driver: first.driver, isMasked: !revealing.reveal)
        let output = try TraceFile(file, atMost: most * 1024 * 1024)
        try output.append(trace.heading)
        let end = ContinuousClock.now + .seconds(wait)
        while ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(100))
            guard try output.append(trace.text(of: try await reader.next())) else { break }
        }
        console.write(
            LocalText("\(trace.frames) frames are in \(file).", "\(file) 中有 \(trace.frames) 帧。").text(
                for: console.locale))
        if output.isFull {
            console.complain(
                LocalText("It has reached \(most) MiB; nothing more was recorded.", "已达到 \(most) MiB，未再录制。").text(
                    for: console.locale))
        }
        if trace.missed > 0 {
            console.complain(
                LocalText("\(trace.missed) frames were missed.", "漏录 \(trace.missed) 帧。").text(for: console.locale))
        }
        return trace.missed == 0 && !output.isFull ? .well : .unwell
    }
}
