// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Where among the receipts a delivery is looked for, turn after turn.
///
/// No index leads to it, because an index would cost every delivery a write. But ratings are delivered about in the
/// order in which they were recorded, so the search begins where the receipt would be if all were, and goes on from
/// there to both sides, a turn at a time, until everything was looked at.
struct ReceiptSearch {
    /// Receipts looked at in a turn on each side: a few milliseconds.
    static let turn: Int64 = 10_000

    private let last: Int64
    private var low: Int64
    private var high: Int64

    /// Begins for the record at `sequence` of `records`, among the receipts 1 to `last`.
    init(near sequence: JournalSequence, of records: JournalSequence, last: Int64) {
        self.last = last
        let share = Double(sequence) / Double(max(1, records))
        let guess = Int64((share * Double(last)).rounded())
        low = min(max(1, guess), last + 1)
        high = low
    }

    /// The next numbers to look at; `nil` where all were looked at.
    mutating func next() -> [Range<Int64>]? {
        guard low > 1 || high <= last else { return nil }
        let (below, above) = (max(1, low - Self.turn), min(last + 1, high + Self.turn))
        let ranges = [below..<low, high..<above].filter { !$0.isEmpty }
        (low, high) = (below, above)
        return ranges
    }
}
