// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FieldLines
import RatingModel

/// A line of what is kept: a word, then `key=value` between tabs, values percent-encoded where they would break it.
struct FieldLine {
    let kind: String
    private var fields: [String: String] = [:]
    private(set) var text: String

    init(_ kind: String) {
        self.kind = kind
        text = kind
    }

    /// Reads a line; `nil` for one that is none.
    init?(reading line: Substring) {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty else { return nil }
        self.init(String(first))
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { return nil }
            let value = FieldText.decoded(part[part.index(after: equals)...])
            guard value.isWhole, fields.updateValue(value.text, forKey: String(part[..<equals])) == nil else {
                return nil
            }
        }
        text = String(line)
    }

    // MARK: Writing

    mutating func put(_ key: String, _ value: String?) {
        if let value { text += "\t\(key)=\(FieldText.encoded(value))" }
    }

    mutating func put(_ key: String, _ value: (some BinaryInteger)?) { put(key, value.map { "\($0)" }) }

    /// A mark is there or is not.
    mutating func mark(_ key: String, _ isSet: Bool) { put(key, isSet ? "yes" : nil) }

    mutating func put(_ key: String, _ instant: MonotonicInstant?) { put(key, instant?.nanoseconds) }

    mutating func put(_ key: String, _ duration: Duration) {
        put(key, MonotonicInstant(nanoseconds: 0).advanced(by: duration).nanoseconds)
    }

    mutating func put(_ key: String, _ time: CaptureTime?) {
        guard let time else { return }
        let trust = time.isWallTrusted ? "trusted" : "untrusted"
        put(key, "\(time.wall.millisecondsSinceEpoch) \(time.monotonic.nanoseconds) \(trust) \(time.boot.value)")
    }

    // MARK: Reading

    func text(_ key: String) -> String? { fields[key] }

    func isMarked(_ key: String) -> Bool { fields[key] == "yes" }

    func number<Number: FixedWidthInteger>(_ key: String, as type: Number.Type = Number.self) -> Number? {
        fields[key].flatMap { Number($0) }
    }

    func instant(_ key: String) -> MonotonicInstant? {
        number(key, as: Int64.self).map(MonotonicInstant.init(nanoseconds:))
    }

    func duration(_ key: String) -> Duration? { number(key, as: Int64.self).map { .nanoseconds($0) } }

    func time(_ key: String) -> CaptureTime? {
        guard let parts = fields[key]?.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false),
            parts.count == 4, let wall = Int64(parts[0]), let monotonic = Int64(parts[1]),
            let isTrusted = ["trusted": true, "untrusted": false][parts[2]]
        else { return nil }
        return CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: wall), monotonic: MonotonicInstant(nanoseconds: monotonic),
            boot: BootID(String(parts[3])), isWallTrusted: isTrusted)
    }
}
