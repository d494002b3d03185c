// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Finds out which byte of a HID device's reports says which key is down, from keys pressed one after the other.
///
/// No model's reports are public, and no level is in them: which key means which level is the order in which the
/// operator was asked to press. A byte is the key's where it goes from one value, the same each time, to others and back.
struct HIDReportLearner: Sendable {
    /// What was found.
    struct Layout: Sendable, Hashable {
        /// The report's number, its first byte, where the device seems to number its reports.
        var report: UInt8?
        /// The byte that holds the key.
        var offset: Int
        /// Its value while no key is down.
        var released: UInt8
        /// Its values under the keys, in the order in which they were pressed first.
        var values: [UInt8]
    }

    /// Most reports kept: keys that are held repeat theirs.
    static let mostReports = 512
    /// Longest report looked at, in bytes.
    private static let longest = 64

    private var reports: [[UInt8]] = []

    /// Takes a report; answers with what all of them together say, if anything.
    mutating func take(_ report: [UInt8]) -> Layout? {
        let report = Array(report.prefix(Self.longest))
        // A key's repeat says nothing new.
        if report != reports.last, reports.count < Self.mostReports { reports.append(report) }
        return layout
    }

    /// The first byte that behaves like a key; among several, such as a checksum behind it, the first.
    var layout: Layout? {
        let numbers = Set(reports.compactMap(\.first))
        let shortest = reports.map(\.count).min() ?? 0
        // The report's own number would be a constant first byte that is not 0.
        let number = numbers.count == 1 && numbers.first != 0 && shortest > 1 ? numbers.first : nil
        for offset in (number == nil ? 0 : 1)..<max(shortest, 1) where offset < shortest {
            if let found = key(at: offset) {
                return Layout(report: number, offset: offset, released: found.released, values: found.values)
            }
        }
        return nil
    }

    private func key(at offset: Int) -> (released: UInt8, values: [UInt8])? {
        var changes: [UInt8] = []
        for report in reports where report[offset] != changes.last { changes.append(report[offset]) }
        guard changes.count >= 2 else { return nil }
        // Some devices send a report only when something changes, so the first one is a key; others send all the time.
        for first in [1, 0] {
            let still = stride(from: first, to: changes.count, by: 2).map { changes[$0] }
            let pressed = stride(from: 1 - first, to: changes.count, by: 2).map { changes[$0] }
            guard let released = still.first, let key = pressed.first, still.allSatisfy({ $0 == released }) else {
                continue
            }
            // Of two values that take turns, the one that is no key is the smaller: 0, or a bit that is not set.
            guard Set(pressed).count > 1 || released < key else { continue }
            return (released, pressed.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
        }
        return nil
    }
}
