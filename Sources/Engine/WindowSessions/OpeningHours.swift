// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// When a hall is open, in minutes of a week of the hall's own time, from Monday 00:00.
public struct OpeningHours: Sendable, Hashable {
    /// Minutes in a week.
    public static let week = 7 * 24 * 60

    /// The spans in which it is open, each within 0..<``week``.
    public let spans: [Range<Int>]

    /// Takes the spans.
    public init(_ spans: [Range<Int>]) { self.spans = spans }

    /// Whether the hall is open in that minute.
    public func contain(_ minuteOfWeek: Int) -> Bool { spans.contains { $0.contains(minuteOfWeek) } }

    /// Reads one line such as `Mon-Fri 09:00-17:00` or `Sat 09:00-12:00`; `nil` for anything else.
    ///
    /// Days wrap (`Sat-Mon`), hours do not: a span over midnight is two lines.
    public init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { return nil }
        let days = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Self.days[String($0)] }
        let times = parts[1].split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard (1...2).contains(days.count), times.count == 2, let first = days[0], let last = days[days.count - 1],
            let from = times[0], let to = times[1], from < to
        else { return nil }
        var spans: [Range<Int>] = []
        var day = first
        while true {
            spans.append(day * 1440 + from..<day * 1440 + to)
            if day == last { break }
            day = (day + 1) % 7
        }
        self.spans = spans
    }

    private static let days = ["Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6]

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour <= 24, minute < 60, hour < 24 || minute == 0
        else { return nil }
        return hour * 60 + minute
    }
}
