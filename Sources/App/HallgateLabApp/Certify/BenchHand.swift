// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Who presses the keys and cuts the power: programs that were named, or else the person at the terminal.
struct BenchHand: Sendable {
    /// How a thing is done at the pad.
    enum Means: Sendable {
        /// A command for the shell.
        case command(String)
        /// The person at the terminal is asked.
        case person
        /// A pad in this process.
        case call(@Sendable () async -> Void)

        var isPerson: Bool { if case .person = self { true } else { false } }
    }

    /// Presses any rating key once.
    var pressing: Means?
    /// Takes the power away and gives it back.
    var cutting: Means?

    /// How long what was asked for may take.
    var pressLimit: Duration { pressing?.isPerson == true ? .seconds(60) : .seconds(5) }
    var powerLimit: Duration { cutting?.isPerson == true ? .seconds(120) : .seconds(15) }

    func press(_ times: Int = 1) async throws(GatewayError) {
        if pressing?.isPerson == true {
            return ask(
                times == 1
                    ? LocalText("▸ Press any rating key once.", "▸ 请按一次任意评价键。")
                    : LocalText("▸ Press rating keys \(times) times, one after another.", "▸ 请依次按评价键 \(times) 次。"))
        }
        for _ in 0..<times { try await apply(pressing) }
    }

    func cutPower() async throws(GatewayError) {
        if cutting?.isPerson == true {
            return ask(
                LocalText("▸ Take the pad's power away for 2 s, then give it back.", "▸ 请将评价器断电 2 秒后重新上电。"))
        }
        try await apply(cutting)
    }

    private func apply(_ means: Means?) async throws(GatewayError) {
        switch means {
        case .command(let command): try await run(command)
        case .call(let call): await call()
        case .person, nil: break
        }
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
