// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import RatingModel

/// What became of a check.
struct CertificationFinding: Sendable {
    enum Verdict: String, Sendable {
        case passed
        case failed
        /// The pad's level does not ask for it.
        case notApplicable = "not-applicable"
        /// It takes longer than was asked for.
        case skipped
    }

    let check: CertificationCheck
    let verdict: Verdict
    /// What the pad said, in the words of firmware-protocol.md.
    let evidence: String
}

/// What a pad was found to do.
struct CertificationReport: Sendable {
    /// The pad's last hello; `nil` where it said none.
    var hello: Hello?
    var findings: [CertificationFinding] = []
    /// Whether only some checks were asked for: then no level is concluded.
    var isPartial = false

    /// The level the pad says it has.
    var stated: UInt8 { hello?.conformance ?? 0 }

    /// The highest level whose checks, and those of all below, did not fail; `nil` where not even L0 is met.
    var reached: UInt8? {
        guard let hello, hello.conformance <= 3 else { return nil }
        let failed = findings.filter { $0.verdict == .failed }.map(\.check.level).min() ?? 4
        return failed == 0 ? nil : min(hello.conformance, failed - 1)
    }

    /// Whether the pad does what it says it does.
    var isWell: Bool {
        isPartial
            ? !findings.isEmpty && findings.allSatisfy { $0.verdict != .failed } : reached == stated && hello != nil
    }

    /// How many of the checks up to a level passed, of those that were made.
    func passed(upTo level: UInt8) -> (passed: Int, of: Int) {
        let made = findings.filter { $0.check.level <= level && [.passed, .failed].contains($0.verdict) }
        return (made.count { $0.verdict == .passed }, made.count)
    }

    /// The report as lines for people.
    func lines(locale: String) -> [String] {
        func text(_ english: String, _ chinese: String) -> String { LocalText(english, chinese).text(for: locale) }
        var lines: [String] = []
        if let hello {
            lines.append(
                text("Pad ", "评价器 ") + padded(hello.padID) + ": " + printable(hello.model) + " "
                    + printable(hello.firmware) + ", L\(hello.conformance)")
        }
        for (section, findings) in bySection {
            lines.append(text("Section \(section)", "第 \(section) 节"))
            for finding in findings {
                lines.append("  \(mark(finding.verdict)) \(finding.check.id): \(finding.check.title.text(for: locale))")
                if finding.verdict == .failed {
                    lines.append("      " + text("heard: ", "收到：") + finding.evidence)
                    lines.append(
                        "      → "
                            + text(
                                "see firmware-protocol.md section \(section)", "参见 firmware-protocol.md 第 \(section) 节")
                    )
                } else if finding.verdict != .passed {
                    lines.append("      " + finding.evidence)
                }
            }
        }
        let figure = passed(upTo: stated)
        let verdict = isWell ? text("passed", "通过") : text("failed", "未通过")
        lines.append(
            "L\(stated): \(verdict) " + text("(\(figure.passed) of \(figure.of))", "（\(figure.passed)/\(figure.of)）"))
        if !isPartial {
            lines.append(text("level reached: ", "达到的级别：") + (reached.map { "L\($0)" } ?? text("none", "无")))
        }
        return lines
    }

    /// The report for scripts, one line.
    var json: String {
        let figure = passed(upTo: stated)
        let checks = findings.map { finding in
            "{\"id\":\(quoted(finding.check.id)),\"section\":\(quoted(finding.check.section)),"
                + "\"level\":\(finding.check.level),\"verdict\":\(quoted(finding.verdict.rawValue)),"
                + "\"evidence\":\(quoted(finding.evidence))}"
        }
        let pad = hello.map {
            "\"pad\":\(quoted(padded($0.padID))),\"model\":\(quoted(printable($0.model))),"
                + "\"firmware\":\(quoted(printable($0.firmware))),"
        }
        return "{\(pad ?? "")\"stated\":\(stated),\"reached\":\(reached.map { "\($0)" } ?? "null"),"
            + "\"passed\":\(figure.passed),\"of\":\(figure.of),\"partial\":\(isPartial),\"well\":\(isWell),"
            + "\"checks\":[\(checks.joined(separator: ","))]}"
    }

    private var bySection: [(String, [CertificationFinding])] {
        var order: [String] = []
        var groups: [String: [CertificationFinding]] = [:]
        // What the pad's level does not ask for is nobody's matter.
        for finding in findings where finding.verdict != .notApplicable {
            if groups[finding.check.section] == nil { order.append(finding.check.section) }
            groups[finding.check.section, default: []].append(finding)
        }
        return order.sorted { $0.numbers.lexicographicallyPrecedes($1.numbers) }.map { ($0, groups[$0] ?? []) }
    }

    private func mark(_ verdict: CertificationFinding.Verdict) -> String {
        switch verdict {
        case .passed: "✔"
        case .failed: "✘"
        case .notApplicable, .skipped: "–"
        }
    }

    private func padded(_ id: UInt64) -> String {
        let digits = String(id, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
    }

    /// A text of the pad's own, without what would disturb a terminal.
    private func printable(_ bytes: [UInt8]) -> String {
        String(
            String.UnicodeScalarView(
                String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
        }
        return result + "\""
    }
}

extension String {
    /// The numbers of a section, such as 2 and 10 of "2.10".
    fileprivate var numbers: [Int] { split(separator: ".").map { Int($0) ?? 0 } }
}
