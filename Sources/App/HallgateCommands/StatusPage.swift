// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import OperatorAPI

/// The gateway as a page for people: the verdict first, then where things are; never a level (G9).
struct StatusPage {
    let status: GatewayStatus
    let words: StatusWords
    let usesColor: Bool

    init(_ status: GatewayStatus, locale: String, usesColor: Bool) {
        self.status = status
        self.usesColor = usesColor
        words = StatusWords(isChinese: locale.hasPrefix("zh"))
    }

    /// The whole page.
    var text: String {
        var lines = verdict
        lines += ["", heading(words.journal)] + indented([journal])
        lines += ["", heading(words.uplinks)] + indented(status.uplinks.isEmpty ? [words.noUplinks] : uplinks)
        lines += ["", heading(words.devices + deviceCounts)]
        lines += indented(status.devices.isEmpty ? [words.noDevices] : devices)
        if !status.flagsToday.isEmpty {
            lines += ["", heading(FlagWords(isChinese: words.isChinese).today)] + indented(flagsToday)
        }
        if !status.decisions.isEmpty {
            let decided = DecisionLines(isChinese: words.isChinese)
            lines += ["", heading(decided.title)] + indented(decided.lines(of: status.decisions))
        }
        return lines.joined(separator: "\n")
    }

    // MARK: Verdict

    private var verdict: [String] {
        let hall = safe(status.hall)
        let mark = status.isWell ? painted("✓", .green) : painted("✗", .red)
        let summary = status.isWell ? words.well : words.unwell(status.troubles.count)
        var lines = ["\(mark) \(painted(summary, .bold))\(hall.isEmpty ? "" : "  \(hall)")"]
        for trouble in status.troubles {
            let (message, hint) =
                words.isChinese
                ? (trouble.messageChinese, trouble.hintChinese) : (trouble.message, trouble.hint)
            lines.append("")
            lines.append("  \(painted(safe(message), .red))  \(painted(safe(trouble.code), .dim))")
            lines.append("  → \(safe(hint))")
        }
        for warning in status.warnings {
            let (message, hint) =
                words.isChinese
                ? (warning.messageChinese, warning.hintChinese) : (warning.message, warning.hint)
            lines.append("")
            lines.append("  \(painted(safe(message), .yellow))  \(painted(safe(warning.code), .dim))")
            lines.append("  → \(safe(hint))")
        }
        let uptime = Double(status.takenAtMilliseconds) - Double(status.startedAtMilliseconds)
        let age = ageText(seconds: uptime / 1000, isChinese: words.isChinese)
        return lines + ["", painted("hallgate \(safe(status.version))\(words.comma)\(words.running(age))", .dim)]
    }

    // MARK: Journal

    private var journal: String {
        let parts = status.journal.chainHead.split(separator: ":", maxSplits: 1).map(String.init)
        let head = parts.count == 2 ? "\(parts[0]):\(parts[1].prefix(12))…" : status.journal.chainHead
        return [
            words.records(grouped(status.journal.lastSequence)), sizeText(status.journal.bytesOnDisk),
            words.head(safe(head)),
        ].joined(separator: words.comma)
    }

    // MARK: Uplinks

    private var uplinks: [String] {
        status.uplinks.flatMap { uplink in
            let answer =
                uplink.secondsSinceAnswer.map { words.answered(ageText(seconds: $0, isChinese: words.isChinese)) }
                ?? words.neverAnswered
            var lines = [
                "\(painted(safe(uplink.name), .bold))  \(painted(words.state(uplink.state), color(of: uplink.state)))\(words.comma)\(answer)",
                "  " + conservation(of: uplink),
            ]
            if let queue = status.invitations.first(where: { $0.name == uplink.name }), queue.recorded > 0 {
                lines.append("  " + words.invitations + words.colon + conservation(of: queue))
            }
            if let mirror = status.mirrors.first(where: { $0.uplink == uplink.name }) {
                lines.append("  " + painted(words.mirrored(mirror), .dim))
            }
            if let profile = uplink.unverifiedProfile {
                lines.append("  " + painted(words.unverified(safe(profile)), .yellow))
            }
            if let failure = uplink.lastFailure { lines.append("  " + painted(safe(failure, to: 200), .red)) }
            return lines
        }
    }

    /// The equation of G2; terms that are nothing are left out.
    private func conservation(of uplink: GatewayStatus.Uplink) -> String {
        let reasons = uplink.held.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        let held = reasons.reduce(Int64(0)) { $0.addingReportingOverflow($1.value).partialValue }
        let why = reasons.map { words.held(safe($0.key), grouped($0.value)) }.joined(separator: words.comma)
        var terms: [String] = []
        for (count, name) in [
            (uplink.delivered, words.delivered), (uplink.pending, words.pending), (uplink.inFlight, words.inFlight),
            (uplink.unknown, words.unknown), (uplink.parked, words.parked), (uplink.setAside, words.setAside),
        ] where count != 0 { terms.append("\(grouped(count)) \(name)") }
        if held != 0 { terms.append("\(grouped(held)) \(words.heldName)\(words.parenthesised(why))") }
        if uplink.recorded == 0, terms.isEmpty { return words.nothingRecorded }
        let sign = uplink.isConserved ? "=" : painted("≠", .red)
        let sum = terms.isEmpty ? "0" : terms.joined(separator: " + ")
        return "\(grouped(uplink.recorded)) \(words.recorded) \(sign) \(sum)"
    }

    private func color(of state: GatewayStatus.Uplink.State) -> Paint {
        switch state {
        case .idle, .delivering: .green
        case .backingOff: .yellow
        case .outage: .red
        }
    }

    private func heading(_ text: String) -> String { painted(text, .bold) }

    private func indented(_ lines: [String]) -> [String] { lines.map { "  " + $0 } }
}
