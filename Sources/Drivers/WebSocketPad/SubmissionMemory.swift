// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The last ratings of this connection by their `rateId`, so that one sent again is not a second one.
struct SubmissionMemory: Sendable {
    /// What is to be done with a submission.
    enum Verdict: Sendable, Hashable {
        /// Hand it to the journal under this sequence number.
        case new(sequence: UInt64)
        /// It is with the journal.
        case waiting
        /// It is on disk.
        case recorded
    }

    private struct Item: Sendable {
        let rateID: String
        let sequence: UInt64
        var isRecorded = false
    }

    static let capacity = 32
    private var items: [Item] = []
    private var lastSequence: UInt64 = 0

    mutating func meet(_ rateID: String) -> Verdict {
        if let item = items.last(where: { $0.rateID == rateID }) { return item.isRecorded ? .recorded : .waiting }
        lastSequence &+= 1
        if items.count == SubmissionMemory.capacity { items.removeFirst() }
        items.append(Item(rateID: rateID, sequence: lastSequence))
        return .new(sequence: lastSequence)
    }

    /// The press is on disk; answers whether it is remembered.
    mutating func recorded(_ sequence: UInt64) -> Bool {
        guard let index = items.firstIndex(where: { $0.sequence == sequence }), !items[index].isRecorded else {
            return false
        }
        items[index].isRecorded = true
        return true
    }

    /// The press could not be recorded and may be sent again; answers whether it is remembered.
    mutating func refused(_ sequence: UInt64) -> Bool {
        let count = items.count
        items.removeAll { $0.sequence == sequence && !$0.isRecorded }
        return items.count < count
    }
}
