// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// A line by which a running region is told what to do, from its standard input.
enum ControlLine: Sendable, Hashable {
    /// `fault RULE`: puts a fault behind those in force.
    case fault(FaultRule)
    /// `clear`: takes every fault away.
    case clear
    /// `counts`: asks for the counters.
    case counts
    /// `quit`, or the end of the input: ends the region.
    case quit

    init(_ line: String) throws(GatewayError) {
        let text = Substring(line).trimmed
        switch text {
        case "clear": self = .clear
        case "counts": self = .counts
        case "quit": self = .quit
        case _ where text.hasPrefix("fault "): self = .fault(try FaultRule(String(text.dropFirst(6))))
        default:
            throw GatewayError(
                "region.control-line", LocalText("The line '\(text)' is no command", "无法识别命令“\(text)”"),
                hint: LocalText("write fault RULE, clear, counts or quit", "可用命令：fault 规则、clear、counts、quit"))
        }
    }
}

/// The JSON line that acknowledges a control line.
struct ControlAnswer: Encodable, Sendable, Hashable {
    var ok = true
    let command: String
    var error: String?
    var counts: RegionStoreReader.Counts?

    /// The line itself.
    var text: String { String(decoding: RegionCore.encode(self), as: UTF8.self) }
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
            case .fault(let rule):
                await inject(rule)
                return ControlAnswer(command: line)
            case .clear:
                await clearFaults()
                return ControlAnswer(command: line)
            case .counts: return ControlAnswer(command: line, counts: try await counts())
            case .quit: return ControlAnswer(command: "quit")
            }
        } catch {
            return ControlAnswer(ok: false, command: line, error: "\(error)")
        }
    }
}
