// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// How a demo ended, with the figures everyone may check.
struct DemoReport: Hashable {
    var plan: DemoPlan
    var verdict: OracleVerdict
    /// By the daemon's last word; the oracle does not count it.
    var recorded: Int
    /// What the daemon said of itself does not fit together, or it did not deliver everything in time.
    var complaints: [String] = []
    /// Prompts that ended without a level.
    var unrated = 0
    var acknowledgementMedian: Double?
    var acknowledgementWorst: Double?
    var seconds = 0.0
    var faults: [DemoFault: Int] = [:]
    var kills = 0
    var killsWithPress = 0
    var killsWithBacklog = 0

    /// Whether nothing was lost, doubled, altered or invented, and everything wanted happened.
    var isWell: Bool {
        verdict.isClean && recorded == verdict.pressed && verdict.pressed >= plan.ratings && complaints.isEmpty
            && faultsMissing.isEmpty
    }

    /// Faults of the schedule that fired less often than promised.
    var faultsMissing: [DemoFault] {
        guard plan.hasFaults else { return [] }
        return DemoFault.allCases.filter { (faults[$0] ?? 0) < FaultSchedule.leastOfEach }
    }

    /// The last line of the output.
    var json: String {
        var fields: [(String, String)] = [
            ("pressed", "\(verdict.pressed)"), ("recorded", "\(recorded)"), ("delivered", "\(verdict.delivered)"),
            ("lost", "\(verdict.lost.count)"), ("duplicated", "\(verdict.duplicated.count)"),
            ("altered", "\(verdict.altered.count)"), ("invented", "\(verdict.invented.count)"),
            ("ack_p50_ms", number(acknowledgementMedian)), ("ack_p99_ms", number(acknowledgementWorst)),
            ("seconds", rounded(seconds, digits: 1)), ("pads", "\(plan.pads)"), ("unrated", "\(unrated)"),
            ("seed", "\(plan.seed)"), ("well", "\(isWell)"),
        ]
        if plan.kills > 0 {
            fields.append(("kills", "\(kills)"))
            fields.append(("kills_with_unacknowledged_press", "\(killsWithPress)"))
            fields.append(("kills_with_backlog", "\(killsWithBacklog)"))
        }
        let fired = DemoFault.allCases.compactMap { fault in faults[fault].map { "\"\(fault.rawValue)\":\($0)" } }
        fields.append(("faults", "{" + fired.joined(separator: ",") + "}"))
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// The same for people, in their language.
    func summary(locale: String) -> [String] {
        func text(_ english: String, _ chinese: String) -> String { LocalText(english, chinese).text(for: locale) }
        var lines = [
            text(
                "pressed \(verdict.pressed) (pads' memories) · recorded \(recorded) (journal) · delivered \(verdict.delivered) (region's store)",
                "按键 \(verdict.pressed)（评价器存储）· 落盘 \(recorded)（日志库）· 送达 \(verdict.delivered)（平台库）"),
            text(
                "lost \(verdict.lost.count) · duplicated \(verdict.duplicated.count) · altered \(verdict.altered.count) · invented \(verdict.invented.count)",
                "丢失 \(verdict.lost.count) · 重复 \(verdict.duplicated.count) · 改变 \(verdict.altered.count) · 无中生有 \(verdict.invented.count)"
            ),
        ]
        if let median = acknowledgementMedian, let worst = acknowledgementWorst {
            lines.append(
                text("key to thanks", "按键到致谢")
                    + ": p50 \(rounded(median, digits: 1)) ms, p99 \(rounded(worst, digits: 1)) ms")
        }
        if !faults.isEmpty {
            lines.append(text("faults fired:", "发生的故障："))
            for fault in DemoFault.allCases where faults[fault] ?? 0 > 0 || plan.hasFaults {
                lines.append("  \(fault.rawValue) \(faults[fault] ?? 0)")
            }
        }
        if plan.kills > 0 {
            lines.append(
                text(
                    "SIGKILLs \(kills): \(killsWithPress) with a press not yet acknowledged, \(killsWithBacklog) with a backlog",
                    "强杀 \(kills) 次：其中 \(killsWithPress) 次有未确认的按键，\(killsWithBacklog) 次有积压"))
        }
        for (english, chinese, places) in [
            ("lost", "丢失", verdict.lost.map(\.description)),
            ("duplicated", "重复", verdict.duplicated.map(\.description)),
            ("altered", "改变", verdict.altered.map(\.description)), ("invented", "无中生有", verdict.invented),
        ] where !places.isEmpty {
            lines.append(text(english, chinese) + ": " + places.prefix(10).joined(separator: ", "))
        }
        lines += complaints
        return lines
    }

    private func number(_ value: Double?) -> String { value.map { rounded($0, digits: 3) } ?? "null" }
}
