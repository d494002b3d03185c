// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// How progress is written: in which language, in colour or not.
struct ProgressText: Hashable {
    /// A language tag in the form of `LC_MESSAGES`.
    var locale = "en"
    var hasColour = false

    /// The live view, a line each.
    func lines(_ picture: ProgressPicture) -> [String] {
        var lines = [
            word("Hallgate demo", "Hallgate 演示")
                + "  \(picture.pads) \(word("pads", "台评价器")) · \(picture.goal) \(word("ratings", "条评价"))"
                + " · \(word("seed", "种子")) \(picture.seed) · \(clock(picture.elapsed))",
            row("pads", "在线", bar(picture.padsOnLine, of: picture.pads), padCount(picture)),
            row("pressed", "按键", bar(picture.pressed, of: picture.goal), "\(picture.pressed) / \(picture.goal)"),
            row("recorded", "落盘", bar(picture.recorded, of: picture.goal), count(picture.recorded)),
            row("delivered", "送达", bar(picture.delivered, of: picture.goal), deliveredText(picture)),
            row("thanks", "致谢", "", thanksText(picture)),
        ]
        if !picture.faults.isEmpty {
            let fired = DemoFault.allCases.compactMap { fault in
                picture.faults[fault].map { "\(fault.rawValue) \($0)" }
            }
            for (index, part) in fired.chunked(4).enumerated() {
                lines.append(row(index == 0 ? "faults" : "", index == 0 ? "故障" : "", part.joined(separator: " · "), ""))
            }
        }
        if picture.killsWanted > 0 {
            lines.append(
                row(
                    "kills", "强杀", bar(picture.kills, of: picture.killsWanted),
                    "\(picture.kills) / \(picture.killsWanted)"))
        }
        return lines
    }

    /// The same in one plain line, for a log.
    func line(_ picture: ProgressPicture) -> String {
        var parts = [
            clock(picture.elapsed), "pads \(picture.padsOnLine)/\(picture.pads)",
            "pressed \(picture.pressed)/\(picture.goal)", "recorded \(count(picture.recorded))",
            "delivered \(count(picture.delivered))", "lag \(count(picture.lag))", "unthanked \(picture.waiting)",
        ]
        let faults = picture.faults.values.reduce(0, +)
        if faults > 0 { parts.append("faults \(faults)") }
        if picture.killsWanted > 0 { parts.append("kills \(picture.kills)/\(picture.killsWanted)") }
        if !picture.isDaemonUp { parts.append("daemon down") }
        return parts.joined(separator: "  ")
    }

    // MARK: Parts

    private func padCount(_ picture: ProgressPicture) -> String {
        let text = "\(picture.padsOnLine) / \(picture.pads)"
        return picture.isDaemonUp ? text : text + "  " + colour(31, word("daemon down", "守护进程已停"))
    }

    private func deliveredText(_ picture: ProgressPicture) -> String {
        guard let lag = picture.lag else { return count(picture.delivered) }
        return "\(count(picture.delivered))  \(word("lag", "积压")) " + (lag > 0 ? colour(33, "\(lag)") : "\(lag)")
    }

    private func thanksText(_ picture: ProgressPicture) -> String {
        guard let median = picture.acknowledgementMedian, let worst = picture.acknowledgementWorst else { return "–" }
        return "p50 \(milliseconds(median))  p99 \(milliseconds(worst))  \(word("waiting", "等待")) \(picture.waiting)"
    }

    private func row(_ english: String, _ chinese: String, _ bar: String, _ text: String) -> String {
        let label = word(english, chinese)
        let blanks = String(repeating: " ", count: max(1, 11 - ProgressText.columns(of: label)))
        return "  \(label)\(blanks)\(bar)\(bar.isEmpty || text.isEmpty ? "" : "  ")\(text)"
    }

    private func bar(_ value: Int?, of goal: Int) -> String {
        let width = 24
        let filled = goal > 0 ? min(width, max(0, (value ?? 0) * width / goal)) : 0
        return colour(32, String(repeating: "█", count: filled)) + String(repeating: "░", count: width - filled)
    }

    private func word(_ english: String, _ chinese: String) -> String { LocalText(english, chinese).text(for: locale) }

    private func colour(_ code: Int, _ text: String) -> String {
        hasColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private func count(_ value: Int?) -> String { value.map(String.init) ?? "–" }

    private func clock(_ time: Duration) -> String {
        let seconds = max(0, time.components.seconds)
        return [seconds / 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
    }

    private func milliseconds(_ value: Double) -> String { "\(rounded(value, digits: 1)) ms" }

    /// How many columns a terminal gives a text: two for each ideograph.
    static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 && $1.value < 0xFFE0 ? 2 : 1) }
    }
}

/// A number with so many digits behind the point.
func rounded(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    var factor: Int64 = 1
    for _ in 0..<digits { factor *= 10 }
    let scaled = Int64((value * Double(factor)).rounded())
    let whole = scaled / factor
    guard digits > 0 else { return "\(whole)" }
    let rest = String(abs(scaled % factor))
    let sign = scaled < 0 && whole == 0 ? "-" : ""
    return "\(sign)\(whole).\(String(repeating: "0", count: digits - rest.count))\(rest)"
}

extension Array {
    /// The elements in groups of at most so many.
    fileprivate func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
