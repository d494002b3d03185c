// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The header's two forms (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// The wait it asks for; `nil` where it cannot be read, zero where the moment has passed.
    static func wait(_ text: String, now: WallTime) -> Duration? {
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 86_400 * 365)) }
        guard let moment = date(text) else { return nil }
        let seconds = moment - now.millisecondsSinceEpoch / 1000
        return .seconds(min(max(0, seconds), 86_400 * 365))
    }

    /// Seconds since the epoch of an IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Int64? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: words[2]), let year = Int64(words[3]), (1970...9999).contains(year)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        return CivilDate.secondsSinceEpoch(
            year: year, month: Int64(month) + 1, day: day, hour: time[0], minute: time[1], second: time[2])
    }
}
