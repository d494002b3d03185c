// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// A line by which a running region is told what to do, from its standard input.
enum ControlLine: Sendable, Hashable {
    /// `fault RULE`, `clear`, `notice JSON`, `remove ID`, `alter ID JSON`: changes what the region does or holds.
    case order(AdminOrder)
    /// `counts`: asks for the counters.
    case counts
    /// `quit`, or the end of the input: ends the region.
    case quit

    init(_ line: String) throws(GatewayError) {
        let text = Substring(line).trimmed
        switch text {
        case "clear": self = .order(.clear)
        case "counts": self = .counts
        case "quit": self = .quit
        default:
            guard let order = try Self.order(text) else {
                throw GatewayError(
                    "region.control-line", LocalText("The line '\(text)' is no command", "无法识别命令“\(text)”"),
                    hint: LocalText(
                        "write fault RULE, clear, notice JSON, remove ID, alter ID JSON, counts or quit",
                        "可用命令：fault 规则、clear、notice JSON、remove 编号、alter 编号 JSON、counts、quit"))
            }
            self = .order(order)
        }
    }

    private static func order(_ text: Substring) throws(GatewayError) -> AdminOrder? {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { return nil }
        switch words[0] {
        case "fault": return .fault(try FaultRule(words[1]))
        case "notice": return RegionNotice(json: words[1]).map { .notice($0) }
        case "remove": return .remove(words[1])
        case "alter":
            let parts = words[1].split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, let members = try? JSONMembers(Array(parts[1].utf8)) else { return nil }
            return .alter(
                parts[0], satisfaction: members["satisfaction"], pf: members["pf"], projectNo: members["projectNo"])
        default: return nil
        }
    }
}

/// The JSON line that acknowledges a control line.
struct ControlAnswer: Sendable, Hashable {
    var ok = true
    let command: String
    var error: String?
    var counts: RegionStoreReader.Counts?

    /// The line itself.
    var text: String {
        var json = JSONWriter()
        json.object { json in
            json.member("command", command)
            if let counts {
                json.name("counts")
                counts.write(to: &json)
            }
            if let error { json.member("error", error) }
            json.name("ok")
            json.flag(ok)
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension StandInRegion {
    /// Obeys the lines of a file descriptor until `quit` or its end, and acknowledges each with one JSON line.
    ///
    /// A fault is in force when its line is acknowledged. The end of the input stops the region as `quit` does, so that
    /// a region never outlives the process that holds the other end of its input.
    public func obeyLines(of descriptor: Int32, acknowledge: (String) -> Void) async {
        var lines = LineReader(descriptor)
        while let line = await lines.next() {
            let answer = await obey(line)
            acknowledge(answer.text)
            if answer.command == "quit", answer.ok { break }
        }
        await stop()
    }

    private func obey(_ line: String) async -> ControlAnswer {
        do {
            switch try ControlLine(line) {
            case .order(let order):
                guard try await obey(order) else {
                    return ControlAnswer(ok: false, command: line, error: "no such rating")
                }
                return ControlAnswer(command: line)
            case .counts: return ControlAnswer(command: line, counts: try await counts())
            case .quit: return ControlAnswer(command: "quit")
            }
        } catch {
            return ControlAnswer(ok: false, command: line, error: "\(error)")
        }
    }
}
