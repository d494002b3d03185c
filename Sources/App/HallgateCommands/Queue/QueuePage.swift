// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import OperatorAPI

/// The queue for people: the equation of each uplink, then the ratings by their states.
struct QueuePage {
    private let report: QueueReport
    private let words: QueueWords
    private let usesColor: Bool

    init(_ report: QueueReport, _ console: Console) {
        self.report = report
        words = QueueWords(isChinese: console.isChinese)
        usesColor = console.usesColor
    }

    /// The whole page.
    var text: String {
        guard !report.uplinks.isEmpty else { return words.noUplinks }
        var lines = CounterLines(words: words, usesColor: usesColor).lines(of: report.uplinks)
        lines.append("")
        if report.records.isEmpty { lines.append(words.nothing) }
        var rest = report.records[...]
        while let first = rest.first {
            let group = rest.prefix { $0.uplink == first.uplink && $0.state == first.state }
            rest = rest.dropFirst(group.count)
            let title = "\(words.state(first.state)) · \(shortened(first.uplink, to: 40))"
            lines.append(Paint.bold.painted(title, usesColor))
            lines += table(Array(group)).map { "  " + $0 }
        }
        if report.isCut { lines += ["", words.more(continuation)] }
        return lines.joined(separator: "\n")
    }

    private func table(_ records: [QueueReport.Record]) -> [String] {
        var columns = Columns([.left, .left, .left, .left, .right])
        columns.add(words.columns)
        for record in records {
            columns.add([
                shortened(record.id, to: 36), record.window.map { shortened($0, to: 12) } ?? "–",
                record.device.map { shortened($0, to: 24) } ?? "–", words.time(record.sinceMilliseconds),
                "\(record.moves)",
            ])
        }
        let rows = columns.lines
        var lines = rows.prefix(1).map { Paint.dim.painted($0, usesColor) }
        for (record, row) in zip(records, rows.dropFirst()) {
            lines.append(row)
            if record.device == nil { lines.append("  ↳ " + words.unreadable) }
            if let answer = record.answer {
                lines.append("  ↳ " + (answer == "●" ? words.masked : shortened(answer, to: 160)))
            }
        }
        return lines
    }

    private var continuation: String? {
        guard let next = report.next, let last = report.records.last else { return nil }
        let state = last.state == "in-flight" ? "pending" : last.state
        return "hallgate queue ls --uplink \(shortened(last.uplink, to: 40)) --state \(state) --after \(next)"
    }
}

/// Counters of uplinks, two lines each.
struct CounterLines {
    let words: QueueWords
    let usesColor: Bool

    func lines(of uplinks: [QueueReport.Counters]) -> [String] {
        uplinks.flatMap { counters in
            let order = ["delivered", "pending", "in-flight", "unknown", "parked", "set-aside"]
            let rest = counters.states.keys.filter { !order.contains($0) }.sorted()
            let terms = (order + rest).compactMap { word in
                counters.states[word].map { "\(grouped($0)) \(words.state(word))" }
            }
            let sign = counters.holds ? "=" : Paint.red.painted("≠", usesColor)
            let sum = terms.isEmpty ? "0" : terms.joined(separator: " + ")
            var lines = [
                Paint.bold.painted(shortened(counters.uplink, to: 40), usesColor),
                "  \(grouped(counters.recorded)) \(words.recorded) \(sign) \(sum)",
            ]
            if !counters.holds { lines.append("  " + Paint.red.painted(words.doNotAdd, usesColor)) }
            return lines
        }
    }
}

/// What a check of the journal found, for people.
struct VerificationPage {
    private let report: QueueVerification
    private let console: Console

    init(_ report: QueueVerification, _ console: Console) {
        self.report = report
        self.console = console
    }

    /// The whole page.
    var text: String {
        let words = QueueWords(isChinese: console.isChinese)
        let count = grouped(report.records)
        let verdict =
            report.findings.isEmpty
            ? (console.isChinese ? "已核对 \(count) 条记录，全部相符。" : "\(count) records checked, all is well.")
            : (console.isChinese
                ? "已核对 \(count) 条记录，发现 \(report.findings.count) 处不符："
                : "\(count) records checked, \(report.findings.count) findings:")
        let color: Paint = report.findings.isEmpty ? .green : .red
        var lines = [color.painted(verdict, console.usesColor)]
        lines += report.findings.prefix(50).map { "  " + shortened($0, to: 300) }
        return (lines + CounterLines(words: words, usesColor: console.usesColor).lines(of: report.uplinks))
            .joined(separator: "\n")
    }
}
