// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The hall's time zone, for regions that are told local time.
///
/// Every zone of China has had one offset since 1991, so a table serves and no time zone database is read, which
/// a small gateway may not have. Elsewhere a fixed offset such as `+08:00` can be configured.
public struct HallZone: Sendable, Hashable {
    /// Seconds east of UTC.
    public let offsetSeconds: Int64

    /// UTC itself.
    public static let utc = HallZone(offsetSeconds: 0)

    /// 北京时间, the zone of halls that do not name one.
    public static let china = HallZone(offsetSeconds: 8 * 3600)

    private init(offsetSeconds: Int64) { self.offsetSeconds = offsetSeconds }

    private static let named: [String: Int64] = [
        "Asia/Shanghai": 8, "Asia/Chongqing": 8, "Asia/Harbin": 8, "PRC": 8, "Asia/Hong_Kong": 8, "Asia/Macau": 8,
        "Asia/Taipei": 8, "Asia/Urumqi": 6, "Asia/Kashgar": 6, "UTC": 0, "Etc/UTC": 0, "GMT": 0, "Z": 0,
    ]

    /// Reads a zone's name or an offset `±HH:MM` of at most 14 hours; `nil` where the text is neither.
    public init?(_ text: String) {
        if let hours = Self.named[text] {
            offsetSeconds = hours * 3600
            return
        }
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let sign: Int64 = ["+": 1, "-": -1][text.prefix(1)],
            let hours = Self.twoDigits(bytes[1], bytes[2]), let minutes = Self.twoDigits(bytes[4], bytes[5]),
            hours <= 14, minutes < 60
        else { return nil }
        offsetSeconds = sign * (hours * 3600 + minutes * 60)
    }

    private static func twoDigits(_ tens: UInt8, _ ones: UInt8) -> Int64? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard digits.contains(tens), digits.contains(ones) else { return nil }
        return Int64(tens - digits.lowerBound) * 10 + Int64(ones - digits.lowerBound)
    }

    /// A moment as the hall's clock on the wall shows it, `yyyy-MM-dd HH:mm:ss`; part of a second is cut off.
    public func text(of time: WallTime) -> String {
        let seconds = Int64((Double(time.millisecondsSinceEpoch) / 1000).rounded(.down))
        let date = CivilDate(secondsSinceEpoch: seconds &+ offsetSeconds)
        return "\(date.year.padded(to: 4))-\(date.month.padded(to: 2))-\(date.day.padded(to: 2)) "
            + "\(date.hour.padded(to: 2)):\(date.minute.padded(to: 2)):\(date.second.padded(to: 2))"
    }
}

extension Int64 {
    fileprivate func padded(to width: Int) -> String {
        let digits = String(magnitude)
        return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
