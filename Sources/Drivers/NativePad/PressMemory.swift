// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import RatingModel

/// The last presses of this connection: which wait for the journal, and which are on disk.
///
/// It only spares work. A press it has forgotten is handed to the journal again, which knows what it holds.
struct PressMemory: Sendable {
    /// What is to be done with a press that came in.
    enum Verdict: Sendable, Hashable {
        /// Hand it to the journal.
        case new
        /// It is with the journal already.
        case waiting
        /// It is on disk: acknowledge it again.
        case recorded
    }

    private struct Item: Sendable {
        /// The press without its age, which differs each time it is sent.
        let press: PressReport
        let since: MonotonicInstant
        var isRecorded = false
    }

    /// Twice what a pad may have on the way, and some for acknowledgements that are lost.
    static let capacity = 16
    /// After this time an answer of the journal counts as lost, and the press is handed over again.
    private static let patience = Duration.seconds(5)
    private var items: [Item] = []

    mutating func meet(_ press: PressReport, at now: MonotonicInstant) -> Verdict {
        var ageless = press
        ageless.ageMilliseconds = 0
        if let index = items.firstIndex(where: { $0.press.sequence == press.sequence }) {
            let item = items[index]
            if item.press == ageless {
                if item.isRecorded { return .recorded }
                if item.since.duration(to: now) < PressMemory.patience { return .waiting }
            }
            items.remove(at: index)
        }
        if items.count == PressMemory.capacity { items.removeFirst() }
        items.append(Item(press: ageless, since: now))
        return .new
    }

    /// Whether a press is with the journal.
    var isAnyWaiting: Bool { items.contains { !$0.isRecorded } }

    mutating func recorded(_ sequence: UInt32) {
        guard let index = items.firstIndex(where: { $0.press.sequence == sequence }) else { return }
        items[index].isRecorded = true
    }

    mutating func refused(_ sequence: UInt32) {
        items.removeAll { $0.press.sequence == sequence }
    }
}
