// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The last press of each pad on the line, by which a press that is sent again is told from a new one.
///
/// A pad without a log sends a press until it hears the acknowledgement, and nothing in its frame numbers it: the same
/// frame within the description's window, or while the journal has not answered, is the same press.
struct SentAgain: Sendable {
    /// What is to be done with a press that came in.
    enum Verdict: Sendable, Hashable {
        /// Nobody has seen it: it takes a new key.
        case new
        /// It goes to the journal under the key it had, because it was refused or no answer came for long; it was made
        /// so long ago.
        case again(PressKey, PromptNumber?, age: Duration)
        /// The journal has it and has not answered.
        case waiting
        /// It is on disk: acknowledge it again.
        case recorded
    }

    struct Item: Sendable {
        let key: PressKey
        let address: BusAddress?
        let frame: [UInt8]
        let prompt: PromptNumber?
        var state: State
        /// When it first came in.
        let made: MonotonicInstant
        /// When it last came in.
        var seen: MonotonicInstant
        /// When it went to the journal.
        var handedOver: MonotonicInstant

        enum State: Sendable { case waiting, recorded, refused }
    }

    /// Most presses remembered: one for each address that RS-485 drives, and some.
    static let mostItems = 128
    /// Most bytes of frames remembered.
    static let mostBytes = 2048
    /// After this time an answer of the journal counts as lost.
    static let patience = Duration.seconds(5)

    private var items: [Item] = []

    /// Takes a press that came in.
    mutating func meet(
        _ frame: [UInt8], from address: BusAddress?, window: Duration, at now: MonotonicInstant
    ) -> Verdict {
        guard let index = items.lastIndex(where: { $0.address == address }), items[index].frame == frame,
            items[index].seen.duration(to: now) < window
        else { return .new }
        items[index].seen = now
        let item = items[index]
        switch item.state {
        case .recorded: return .recorded
        case .waiting where item.handedOver.duration(to: now) < SentAgain.patience: return .waiting
        case .waiting, .refused:
            items[index].state = .waiting
            items[index].handedOver = now
            return .again(item.key, item.prompt, age: item.made.duration(to: now))
        }
    }

    /// Remembers a press that goes to the journal; the oldest ones that were answered are forgotten first.
    mutating func remember(
        _ frame: [UInt8], from address: BusAddress?, key: PressKey, prompt: PromptNumber?, at now: MonotonicInstant
    ) {
        items.removeAll { $0.address == address && $0.state != .waiting }
        items.append(
            Item(
                key: key, address: address, frame: frame, prompt: prompt, state: .waiting, made: now, seen: now,
                handedOver: now)
        )
        while items.count > SentAgain.mostItems
            || items.reduce(0, { $0 + $1.frame.count }) > SentAgain.mostBytes
        {
            items.remove(at: items.firstIndex { $0.state != .waiting } ?? 0)
        }
    }

    /// The journal answered: the press with its frame, unless it was forgotten.
    mutating func answered(_ key: PressKey, _ state: Item.State) -> Item? {
        guard let index = items.firstIndex(where: { $0.key == key }) else { return nil }
        items[index].state = state
        return items[index]
    }
}
