// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Glibc
import OperatorAPI

/// Frames and events of a line as lines of text, in the order of their times.
struct TapLines {
    /// What is shown.
    struct Parts: OptionSet {
        let rawValue: Int
        /// Bytes as they went over the line.
        static let bytes = Parts(rawValue: 1)
        /// What the driver made of them.
        static let events = Parts(rawValue: 2)
    }

    /// Bytes on a line of text: it stays within 80 columns.
    private static let bytesPerLine = 16
    private let console: Console
    private let shows: Parts

    init(_ console: Console, shows: Parts) {
        self.console = console
        self.shows = shows
    }

    /// A page's lines.
    func lines(of page: TapPage) -> [String] {
        var items: [(at: Int64, lines: [String])] = []
        if shows.contains(.bytes) { items += page.frames.map { ($0.atMilliseconds, self.lines(of: $0)) } }
        if shows.contains(.events) { items += page.events.map { ($0.atMilliseconds, [line(of: $0)]) } }
        var lines: [String] = []
        if page.missed > 0, shows.contains(.bytes) {
            let text = console.isChinese ? "… 漏看了 \(page.missed) 帧" : "… \(page.missed) frames were missed"
            lines.append("  " + Paint.yellow.painted(text, console.usesColor))
        }
        // Stable: what came in stands before what was made of it in the same millisecond.
        return lines
            + items.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.flatMap(
                \.element.lines)
    }

    private func lines(of frame: TapPage.Frame) -> [String] {
        let bytes = frame.bytes.split(separator: " ")
        var lines: [String] = []
        for start in stride(from: 0, to: max(1, bytes.count), by: Self.bytesPerLine) {
            let row = bytes.dropFirst(start).prefix(Self.bytesPerLine).joined(separator: " ")
            lines.append(
                start == 0
                    ? "  \(clock(frame.atMilliseconds)) \(frame.isReceived ? "←" : "→") \(row)"
                    : "                 \(row)")
        }
        let left = frame.count - bytes.count
        if left > 0 {
            lines.append("                 " + (console.isChinese ? "… 另有 \(left) 字节" : "… and \(left) bytes more"))
        }
        return lines
    }

    private func line(of event: TapPage.Event) -> String {
        let text = shortened(console.isChinese ? event.textChinese : event.text, to: 160)
        return "  \(clock(event.atMilliseconds))   " + Paint.dim.painted(text, console.usesColor)
    }

    /// The time of day where the operator sits, with milliseconds.
    private func clock(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        let two = { (number: Int32) in (number < 10 ? "0" : "") + "\(number)" }
        let rest = String(max(0, milliseconds % 1000))
        return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))."
            + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }
}
