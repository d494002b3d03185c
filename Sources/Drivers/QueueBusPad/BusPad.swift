// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// What is known of the pad at one address.
struct BusPad: Sendable {
    /// A press on its way to the journal, or lately arrived there.
    struct Press: Sendable {
        enum State: Sendable { case waiting, recorded, refused }

        let captured: CapturedPress
        let value: UInt8
        /// When its frame first came.
        let since: MonotonicInstant
        /// When its frame last came.
        var seen: MonotonicInstant
        var state = State.waiting
    }

    /// Most presses remembered: the last one for its repeats, and earlier ones the journal has not answered yet.
    private static let mostPresses = 8

    var log: ConnectionLog
    var prompt = RememberedPrompt()
    private(set) var presses: [Press] = []
    /// The last digit key, until a key other than 确认 follows or its time has passed.
    var digit: (value: UInt8, at: MonotonicInstant)?
    /// The last key of staff, for its repeats, and how many of them came.
    var key: (frame: QueueBusFrame, at: MonotonicInstant, repeats: Int)?

    init(log: ConnectionLog) { self.log = log }

    /// The last press, if a frame of this value is that press again.
    mutating func repeated(_ value: UInt8, within interval: Duration, at now: MonotonicInstant) -> Press? {
        guard let index = presses.indices.last, presses[index].value == value,
            presses[index].seen.duration(to: now) < interval
        else { return nil }
        let before = presses[index]
        presses[index].seen = now
        if before.state == .refused { presses[index].state = .waiting }
        return before
    }

    mutating func remember(_ press: Press) {
        // What the journal has settled is only needed while it is the last one.
        presses.removeAll { $0.state != .waiting }
        if presses.count == Self.mostPresses { presses.removeFirst() }
        presses.append(press)
    }

    /// Marks a press as settled; `nil` where it is not remembered.
    mutating func settle(_ key: PressKey, _ state: Press.State) -> Press? {
        guard let index = presses.firstIndex(where: { $0.captured.key == key }) else { return nil }
        presses[index].state = state
        return presses[index]
    }
}
