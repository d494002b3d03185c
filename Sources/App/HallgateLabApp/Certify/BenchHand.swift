// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Who presses the keys and cuts the power: programs that were named, or else the person at the terminal.
struct BenchHand: Sendable {
    /// Run by the shell for each press.
    var pressCommand: String?
    /// Run by the shell to take the power away and give it back.
    var powerCommand: String?
    /// Whether somebody sits at the terminal.
    var hasPerson: Bool

    var canPress: Bool { pressCommand != nil || hasPerson }
    var canCutPower: Bool { powerCommand != nil || hasPerson }

    /// How long what was asked for may take.
    var pressLimit: Duration { pressCommand != nil ? .seconds(5) : .seconds(60) }
    var powerLimit: Duration { powerCommand != nil ? .seconds(15) : .seconds(120) }

    func press(_ times: Int = 1) async throws(GatewayError) {
        guard let pressCommand else {
            return ask(
                times == 1
                    ? LocalText("▸ Press any rating key once.", "▸ 请按一次任意评价键。")
                    : LocalText("▸ Press rating keys \(times) times, one after another.", "▸ 请依次按评价键 \(times) 次。"))
        }
        for _ in 0..<times { try await run(pressCommand) }
    }

    func cutPower() async throws(GatewayError) {
        guard let powerCommand else {
            return ask(
                LocalText("▸ Take the pad's power away for 2 s, then give it back.", "▸ 请将评价器断电 2 秒后重新上电。"))
        }
        try await run(powerCommand)
    }

    private func ask(_ text: LocalText) { writeError(text.text(for: operatorLocale()) + "\n") }

    private func run(_ command: String) async throws(GatewayError) {
        let process = try ChildProcess("/bin/sh", ["-c", command], log: "/dev/null")
        let status = await process.waitForEnd(within: .seconds(10))
        process.end()
        guard status == 0 else {
            throw GatewayError(
                "lab.hand", LocalText("“\(command)” failed", "“\(command)” 执行失败"),
                cause: status.map { "wait status \($0)" } ?? "10 s",
                hint: LocalText("the command must end with 0 within 10 s", "命令须在 10 秒内以 0 结束"))
        }
    }
}
