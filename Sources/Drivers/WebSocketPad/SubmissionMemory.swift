// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// The last ratings of this connection by their `rateId`, so that one sent again is not a second one.
///
/// A rating that answers a prompt is known by the prompt over any number of connections, since its key is made of it;
/// the others are known on their connection alone.
struct SubmissionMemory: Sendable {
    /// What is to be done with a submission.
    enum Verdict: Sendable, Hashable {
        /// Hand it to the journal under this key.
        case new(PressKey)
        /// It is with the journal.
        case waiting
        /// It is on disk.
        case recorded
    }

    private struct Item: Sendable {
        let rateID: String
        let key: PressKey
        var isRecorded = false
    }

    static let capacity = 32
    private var items: [Item] = []
    private var log: ConnectionLog

    /// Begins with the log of a connection.
    init(_ log: ConnectionLog) { self.log = log }

    mutating func meet(_ rateID: String, prompt: PromptNumber?) -> Verdict {
        if let item = items.last(where: { $0.rateID == rateID }) { return item.isRecorded ? .recorded : .waiting }
        let key =
            prompt.map { PressKey(device: log.device, log: PressKey.promptLog, sequence: UInt64($0)) } ?? log.nextKey()
        if items.count == SubmissionMemory.capacity { items.removeFirst() }
        items.append(Item(rateID: rateID, key: key))
        return .new(key)
    }

    /// The press is on disk; answers whether it is remembered.
    mutating func recorded(_ key: PressKey) -> Bool {
        guard let index = items.firstIndex(where: { $0.key == key }), !items[index].isRecorded else { return false }
        items[index].isRecorded = true
        return true
    }

    /// The press could not be recorded and may be sent again; answers whether it is remembered.
    mutating func refused(_ key: PressKey) -> Bool {
        let count = items.count
        items.removeAll { $0.key == key && !$0.isRecorded }
        return items.count < count
    }
}
