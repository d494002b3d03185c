// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Times of one kind, in microseconds.
struct TimeSample: Hashable {
    private(set) var microseconds: [UInt32] = []

    var count: Int { microseconds.count }

    mutating func add(_ more: [UInt32]) { microseconds += more }

    /// The time that `share` of them took at most, in milliseconds; 0 without any.
    func milliseconds(_ share: Double) -> Double {
        let sorted = microseconds.sorted()
        guard let last = sorted.indices.last else { return 0 }
        let rank = Int((Double(sorted.count) * share).rounded(.up)) - 1
        return Double(sorted[min(max(0, rank), last)]) / 1000
    }
}

/// What `hallgate-lab bench pads` measured.
struct PadsBenchReport {
    let plan: PadsBench.Plan
    /// From a press's frame to its acknowledgement, one press at a time.
    var presses = TimeSample()
    /// A frame there and back through the bare loop.
    var echo = TimeSample()
    /// A frame there and back through the loop that commits rows like a press's before it writes back.
    var bare = TimeSample()
    /// An append and its fdatasync.
    var disk = TimeSample()
    /// From key to acknowledgement, all at the same moment.
    var burst = TimeSample()
    /// As many frames at once through the bare loop.
    var burstEcho = TimeSample()
    /// As many frames at once through the loop that commits.
    var burstBare = TimeSample()
    /// Processor seconds of the daemon and the seconds they took, one entry a turn.
    var use: [(processor: Double, seconds: Double)] = []
    /// The daemon's memory at the end, in bytes.
    var resident = 0
    var anonymous = 0
    var pressed = 0
    var unacknowledged = 0

    /// What a press at one press a second may take for 99 of 100: three times the bare loop, and the disk.
    var goal: Double { 3 * echo.milliseconds(0.99) + disk.milliseconds(0.99) }
    /// What a press among many at the same moment may take, in milliseconds.
    static let burstGoal = 100.0

    /// Share of one processor the daemon used, in percent.
    var processorPercent: Double {
        let seconds = use.reduce(0) { $0 + $1.seconds }
        return seconds > 0 ? use.reduce(0) { $0 + $1.processor } / seconds * 100 : 0
    }

    /// Whether every press was acknowledged.
    var isWell: Bool {
        unacknowledged == 0 && presses.count == plan.pads * plan.seconds && burst.count == plan.burst * plan.bursts
            && pressed == presses.count + burst.count
    }

    private var times: [(name: String, english: String, chinese: String, sample: TimeSample)] {
        [
            ("ack", "frame to acknowledgement", "按键帧到确认", presses),
            ("echo", "bare echo of a frame", "裸回显", echo),
            ("bare", "bare commit between", "裸提交后回显", bare),
            ("fdatasync", "append and fdatasync", "追加并 fdatasync", disk),
            ("burst_ack", "\(plan.burst) presses at once", "同时 \(plan.burst) 次按键", burst),
            ("burst_echo", "\(plan.burst) echoes at once", "同时 \(plan.burst) 次回显", burstEcho),
            ("burst_bare", "\(plan.burst) bare commits at once", "同时 \(plan.burst) 次裸提交", burstBare),
        ]
    }

    /// The last line of the output.
    var json: String {
        var fields: [(String, String)] = [
            ("pads", "\(plan.pads)"), ("seconds", "\(plan.seconds)"), ("pressed", "\(pressed)"),
            ("unacknowledged", "\(unacknowledged)"),
        ]
        for time in times {
            for (word, share) in [("p50", 0.5), ("p99", 0.99), ("max", 1)] {
                fields.append(("\(time.name)_\(word)_ms", rounded(time.sample.milliseconds(share), digits: 3)))
            }
        }
        fields += [
            ("goal_p99_ms", rounded(goal, digits: 3)), ("meets_goal", "\(presses.milliseconds(0.99) <= goal)"),
            ("burst_goal_p99_ms", rounded(Self.burstGoal, digits: 0)),
            ("meets_burst_goal", "\(burst.milliseconds(0.99) <= Self.burstGoal)"),
            ("cpu_percent", rounded(processorPercent, digits: 1)),
            ("rss_mib", rounded(Double(resident) / 1_048_576, digits: 1)),
            ("anonymous_mib", rounded(Double(anonymous) / 1_048_576, digits: 1)), ("well", "\(isWell)"),
        ]
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// The same for people, in their language.
    func summary(locale: String) -> [String] {
        func text(_ english: String, _ chinese: String) -> String { LocalText(english, chinese).text(for: locale) }
        var lines = [
            text(
                "\(plan.pads) pads, one press a second each for \(plan.seconds) s: \(pressed) pressed, \(unacknowledged) not acknowledged",
                "\(plan.pads) 台评价器每秒各按一次，共 \(plan.seconds) 秒：按键 \(pressed)，未确认 \(unacknowledged)"),
            text(
                "daemon: \(rounded(processorPercent, digits: 1)) % of one processor, resident \(rounded(Double(resident) / 1_048_576, digits: 1)) MiB, anonymous \(rounded(Double(anonymous) / 1_048_576, digits: 1)) MiB",
                "守护进程：单核占用 \(rounded(processorPercent, digits: 1)) %，常驻内存 \(rounded(Double(resident) / 1_048_576, digits: 1)) MiB，匿名内存 \(rounded(Double(anonymous) / 1_048_576, digits: 1)) MiB"
            ),
        ]
        for time in times {
            let figures = [("p50", 0.5), ("p99", 0.99), ("max", 1)].map {
                "\($0.0) \(rounded(time.sample.milliseconds($0.1), digits: 2)) ms"
            }
            lines.append("  \(text(time.english, time.chinese)): \(figures.joined(separator: ", "))")
        }
        lines.append(
            text("goal for p99", "p99 目标") + ": 3 × echo + fdatasync = \(rounded(goal, digits: 2)) ms, "
                + text("met: ", "达标：") + (presses.milliseconds(0.99) <= goal ? text("yes", "是") : text("no", "否")))
        return lines
    }
}
