// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import OperatorAPI

/// One record's story for people: frame, press, commit, then each region with every attempt and move.
struct WhyPage {
    private let report: WhyReport
    private let words: QueueWords
    private let usesColor: Bool

    init(_ report: WhyReport, _ console: Console) {
        self.report = report
        words = QueueWords(isChinese: console.isChinese)
        usesColor = console.usesColor
    }

    /// The whole page.
    var text: String {
        var lines = ["\(Paint.bold.painted(shortened(report.id, to: 36), usesColor))  \(words.kind(report.kind))"]
        var columns = Columns([.left, .left])
        if let press = report.press {
            for (index, line) in frameLines(press).enumerated() { columns.add([index == 0 ? words.frame : "", line]) }
            columns.add([words.press, pressText(press)])
            columns.add(["", ([words.proof(press.proof)] + press.marks.map(words.mark)).joined(separator: words.comma)])
            if let channel = press.channel, press.source == nil {
                columns.add([words.channel, words.channel(channel)])
            }
            columns.add([words.window, placeText(press)])
        }
        if let response = report.response {
            columns.add([words.questionnaire, responseText(response)])
            columns.add([words.channel, words.channel(response.channel)])
        }
        if let invitation = report.invitation { columns.add([words.invitation, invitationText(invitation)]) }
        columns.add([words.commit, commitText])
        if let statement = report.statement { columns.add([words.statement, besideText(statement)]) }
        lines += columns.lines.map { "  " + $0 }
        for delivery in report.deliveries {
            let title = "\(shortened(delivery.uplink, to: 40))  \(words.state(delivery.state))"
            lines += ["", Paint.bold.painted(title, usesColor)]
            lines += deliveryLines(delivery).map { "  " + $0 }
        }
        if ["rating", "questionnaire", "invitation"].contains(report.kind), report.deliveries.isEmpty {
            lines += ["", words.notDelivered]
        }
        if !report.beside.isEmpty {
            lines += ["", Paint.bold.painted(words.beside, usesColor)]
            lines += report.beside.map { "  \(words.time($0.atMilliseconds))  \(besideText($0))" }
        }
        return lines.joined(separator: "\n")
    }

    /// Sixteen bytes a line: it stays within 80 columns.
    private func frameLines(_ press: WhyReport.Press) -> [String] {
        let bytes = press.frame.split(separator: " ").map(String.init)
        let rows = stride(from: 0, to: bytes.count, by: 16).map { start in
            bytes[start..<min(start + 16, bytes.count)].joined(separator: " ")
        }
        guard let source = press.source else { return rows + [words.driver(shortened(press.driver, to: 40))] }
        let (name, channel) = (shortened(source.name, to: 40), words.channel(press.channel ?? "–"))
        return rows + [source.hasPage ? words.sourcePage(name, channel) : words.ingest(name, channel)]
    }

    private func pressText(_ press: WhyReport.Press) -> String {
        let place = "\(shortened(press.device, to: 48)) \(shortened(press.log, to: 16))/\(press.number)"
        return [words.outcome(press.outcome), place, words.time(press.pressedAtMilliseconds)].joined(
            separator: words.comma)
    }

    private func placeText(_ press: WhyReport.Press) -> String {
        var parts = [
            press.window.map { shortened($0, to: 40) } ?? "–", press.session.map(words.session) ?? words.unbound,
        ]
        if let reference = press.caseReference { parts.append(words.reference(shortened(reference, to: 80))) }
        return parts.joined(separator: words.comma)
    }

    private func responseText(_ response: WhyReport.Response) -> String {
        var parts = [
            "\(shortened(response.questionnaire, to: 40)) \(response.version)", words.answers(response.answers),
            words.time(response.answeredAtMilliseconds),
        ]
        if let window = response.window { parts.append(shortened(window, to: 40)) }
        if let reference = response.caseReference { parts.append(words.reference(shortened(reference, to: 80))) }
        return parts.joined(separator: words.comma)
    }

    private func invitationText(_ invitation: WhyReport.Invitation) -> String {
        let (asked, ended) = (words.time(invitation.askedAtMilliseconds), words.time(invitation.endedAtMilliseconds))
        return [
            words.unanswered(asked, ended), shortened(invitation.window, to: 40), words.session(invitation.session),
            words.reference(shortened(invitation.caseReference, to: 80)),
        ].joined(separator: words.comma)
    }

    private var commitText: String {
        let time = words.time(report.commit.atMilliseconds) + (report.commit.isTimeTrusted ? "" : words.untrusted)
        return [
            words.record(grouped(report.commit.sequence)), time, words.head(String(report.commit.head.prefix(16))),
        ].joined(separator: words.comma)
    }

    /// Attempts and moves in the order of their times.
    private func deliveryLines(_ delivery: WhyReport.Delivery) -> [String] {
        let attempts = delivery.attempts.map { attempt in
            let word = [attempt.code, attempt.answer].compactMap { $0 }.map(answer).joined(separator: " ")
            return (
                attempt.atMilliseconds, 0,
                "\(words.attempt(attempt.result, ratings: attempt.ratings))\(words.fromMemory)"
                    + (word.isEmpty ? "" : words.colon + word)
            )
        }
        let moves = delivery.receipts.map { move in
            let extra = move.wasDuplicate ? words.comma + words.duplicate : ""
            return (
                move.atMilliseconds, 1,
                "→ \(words.state(move.state))\(extra)" + (move.answer.isEmpty ? "" : words.colon + answer(move.answer))
            )
        }
        let lines = (attempts + moves).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        let story = lines.isEmpty ? [words.neverMoved] : lines.map { "\(words.time($0.0))  \($0.2)" }
        return story
            + [delivery.systemText].compactMap { $0 }.map { words.systemText + words.colon + shortened($0, to: 150) }
    }

    private func answer(_ text: String) -> String { text == "●" ? words.masked : shortened(text, to: 200) }

    private func besideText(_ beside: WhyReport.Beside) -> String {
        let what = beside.what ?? ""
        switch beside.kind {
        case "decision":
            let who = shortened(beside.who ?? beside.way ?? "–", to: 32)
            return "\(who) \(words.decision(what, beside.count ?? 1))"
        case "verdict": return words.verdict(shortened(what, to: 80), number: shortened(beside.who ?? "–", to: 40))
        case "conflict": return "\(words.conflict) (\(shortened(beside.id, to: 36)))"
        case "rating": return "\(words.answered) (\(shortened(beside.id, to: 36)))"
        default: return "\(words.correction) (\(shortened(beside.id, to: 36)))"
        }
    }
}

extension WhyReport.Press {
    /// The ingest source that handed the rating over, or whose page it was given on; `nil` for what was pressed.
    fileprivate var source: (name: String, hasPage: Bool)? {
        let device = "ingest/"
        guard ["ingest", "ingest-page"].contains(driver), self.device.hasPrefix(device) else { return nil }
        return (String(self.device.dropFirst(device.count)), driver == "ingest-page")
    }
}
