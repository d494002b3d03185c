// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

extension ValueKind where Value == Duration {
    /// A length of time in a range, such as `500ms`, `5s`, `2m` or `1h`.
    public static func duration(in range: ClosedRange<Duration>) -> ValueKind {
        ValueKind { text, _ in
            let hint = LocalText(
                "write a time from \(durationText(range.lowerBound)) to \(durationText(range.upperBound)), such as 500ms, 5s, 2m or 1h",
                "请填写 \(durationText(range.lowerBound)) 到 \(durationText(range.upperBound)) 的时长，例如 500ms、5s、2m、1h")
            switch parsedDuration(text) {
            case nil:
                return .wrong(
                    LocalText("'\(shortened(text))' is not a length of time", "'\(shortened(text))' 不是时长"), hint: hint)
            case .some(let duration?) where range.contains(duration):
                return .value(duration)
            default:
                return .wrong(LocalText("\(shortened(text)) is out of range", "\(shortened(text)) 超出范围"), hint: hint)
            }
        }
    }
}

/// The units of time, in milliseconds.
private let units: [(name: String, milliseconds: Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]

/// Reads digits and a unit; `nil` where it is neither, `.some(nil)` where the number is beyond all ranges.
private func parsedDuration(_ text: String) -> Duration?? {
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
    let name = String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self)
    guard !digits.isEmpty, let unit = units.first(where: { $0.name == name }) else { return nil }
    guard let count = Int64(String(decoding: digits, as: UTF8.self)) else { return .some(nil) }
    let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
    return .some(overflow ? nil : .milliseconds(milliseconds))
}

/// A length of time as it is written in a configuration, in the largest unit that divides it.
public func durationText(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    guard !overflow else { return "\(seconds)s" }
    let milliseconds = whole + attoseconds / 1_000_000_000_000_000
    let unit = units.last { milliseconds % $0.milliseconds == 0 && milliseconds != 0 } ?? units[1]
    return "\(milliseconds / unit.milliseconds)\(unit.name)"
}
