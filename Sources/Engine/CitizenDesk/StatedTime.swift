// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// When a citizen rated, as a source says it.
public enum StatedTime: Sendable, Hashable {
    /// A moment.
    case moment(WallTime)
    /// A day of which no time is known, by its beginning in the hall's zone.
    case day(WallTime)

    /// The moment, or the beginning of the day.
    public var wall: WallTime {
        switch self {
        case .moment(let wall), .day(let wall): wall
        }
    }

    /// Reads a moment by RFC 3339, such as `2026-06-01T10:15:00+08:00`, or a day, `2026-06-01`; `nil` for anything else, and
    /// for days that no calendar has. Parts of a second beyond a thousandth are cut off.
    public init?(_ text: String, zone: HallZone) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes.count <= 40, let day = Self.day(bytes[..<10]) else { return nil }
        guard bytes.count > 10 else {
            self = .day(WallTime(millisecondsSinceEpoch: (day - zone.offsetSeconds) * 1000))
            return
        }
        guard "Tt ".utf8.contains(bytes[10]), bytes.count >= 20, let second = Self.secondOfDay(bytes[11..<19]) else {
            return nil
        }
        var rest = bytes[19...]
        var milliseconds: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { Self.isDigit($0) }
            guard !digits.isEmpty else { return nil }
            for place in 0..<3 {
                let digit = place < digits.count ? digits[digits.startIndex + place] : UInt8(ascii: "0")
                milliseconds = milliseconds * 10 + Int64(digit - UInt8(ascii: "0"))
            }
            rest = rest.dropFirst(1 + digits.count)
        }
        let word = String(decoding: rest, as: UTF8.self)
        guard word == "Z" || word == "z" || word.hasPrefix("+") || word.hasPrefix("-"),
            let offset = HallZone(word == "z" ? "Z" : word)
        else { return nil }
        self = .moment(
            WallTime(millisecondsSinceEpoch: (day + second - offset.offsetSeconds) * 1000 + milliseconds))
    }

    /// Seconds of the epoch at which a day begins by UTC.
    private static func day(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let bytes = Array(bytes)
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(bytes[..<4]),
            let month = number(bytes[5..<7]), let day = number(bytes[8...]), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        let seconds = CivilDate.secondsSinceEpoch(year: year, month: month, day: day, hour: 0, minute: 0, second: 0)
        let read = CivilDate(secondsSinceEpoch: seconds)
        return read.month == month && read.day == day ? seconds : nil
    }

    private static func secondOfDay(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let bytes = Array(bytes)
        guard bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":"), let hour = number(bytes[..<2]),
            let minute = number(bytes[3..<5]), let second = number(bytes[6...]), hour < 24, minute < 60, second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard bytes.allSatisfy(isDigit) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
