// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// The log's unacknowledged entries in memory, with what is known of each one's way to the gateway.
struct PressQueue: Sendable {
    /// An entry with plain fields only: optionals and nested structures cost code on small processors.
    private struct Item {
        var sequence: UInt32 = 0
        var lifetimeCount: UInt32 = 0
        var prompt: UInt32 = 0
        var result = PressResult.rated
        var level: UInt8 = 0
        var key: UInt8 = 0
        /// A refused press leaves its place in the window to others until it is due.
        var isRefused = false
        /// Milliseconds to wait after the next transmission.
        var interval = UInt32(ProtocolTimers.pressFirst)
        /// When it was made; `unknown` from before a power cut.
        var pressedAt: UInt64 = 0
        /// When to send it next; `never` until it is in non-volatile memory.
        var due: UInt64 = 0

        init() {}

        init(_ entry: PadLogEntry, pressedAt: UInt64, due: UInt64) {
            sequence = entry.sequence
            lifetimeCount = entry.lifetimeCount
            prompt = entry.prompt
            result = entry.result
            level = entry.level
            key = entry.key
            self.pressedAt = pressedAt
            self.due = due
        }
    }

    private static let never = UInt64.max
    private static let unknown = UInt64.max
    /// As many places as the log has; only the first `count` are in use. An array that grows costs code.
    private var items: [Item]
    private(set) var count = 0
    /// The sequence of the next entry.
    private(set) var nextSequence: UInt32
    /// When there is something to send next; `UInt64.max` while nothing waits.
    private(set) var nextDue: UInt64 = never

    init(_ memory: PadMemory) {
        nextSequence = max(1, memory.nextSequence)
        items = [Item](repeating: Item(), count: max(1, memory.capacity, memory.waiting.count))
        while count < memory.waiting.count {
            add(memory.waiting[count], pressedAt: PressQueue.unknown, due: 0)
        }
        findNextDue()
    }

    /// Whether another entry can be taken; a log whose sequences are used up takes none.
    var hasRoom: Bool { count < items.count && nextSequence < .max }

    mutating func append(_ entry: PadLogEntry, at now: UInt64) {
        add(entry, pressedAt: now, due: PressQueue.never)
        nextSequence &+= 1
    }

    @inline(never)
    private mutating func add(_ entry: PadLogEntry, pressedAt: UInt64, due: UInt64) {
        guard count < items.count else { return }
        items[count] = Item(entry, pressedAt: pressedAt, due: due)
        count &+= 1
    }

    /// The entry is in non-volatile memory and may be sent.
    mutating func confirm(_ sequence: UInt32, at now: UInt64) {
        let index = index(of: sequence)
        if index >= 0, items[index].due == PressQueue.never { plan(index, due: now) }
    }

    /// The entry need not be kept any longer; `false` where it is not here.
    mutating func remove(_ sequence: UInt32) -> Bool {
        var index = index(of: sequence)
        guard index >= 0 else { return false }
        count &-= 1
        while index < count {
            items[index] = items[index &+ 1]
            index &+= 1
        }
        findNextDue()
        return true
    }

    /// Whether an acknowledgement of that entry can be true: it was sent, or at least could have been.
    func isDurable(_ sequence: UInt32) -> Bool {
        let index = index(of: sequence)
        return index >= 0 && items[index].due != PressQueue.never
    }

    /// The entry waits a while before it is sent again.
    mutating func refuse(_ sequence: UInt32, at now: UInt64) {
        guard isDurable(sequence) else { return }
        plan(index(of: sequence), due: now &+ ProtocolTimers.pressRefused, isRefused: true)
    }

    /// A new session with the gateway: everything is due at once.
    mutating func startOver() {
        var index = 0
        while index < count {
            if items[index].due != PressQueue.never { plan(index, due: 0) }
            index &+= 1
        }
    }

    @inline(never)
    private mutating func plan(
        _ index: Int, due: UInt64, interval: UInt32 = UInt32(ProtocolTimers.pressFirst), isRefused: Bool = false
    ) {
        items[index].due = due
        items[index].interval = interval
        items[index].isRefused = isRefused
        findNextDue()
    }

    /// The frame of the next entry to send now, oldest first; it is due again after its interval, which doubles.
    mutating func nextFrame(at now: UInt64, log: UInt64, address: UInt8) -> [UInt8]? {
        guard nextDue <= now else { return nil }
        let index = indexOfEarliest()
        guard index >= 0 else { return nil }
        let interval = items[index].interval
        plan(index, due: now &+ UInt64(interval), interval: min(2 &* interval, UInt32(ProtocolTimers.pressMost)))
        let pressedAt = items[index].pressedAt
        var age = ProtocolLimits.unknownAge
        if pressedAt != PressQueue.unknown {
            // The largest number is "unknown", so an age stops one short of it.
            age = now > pressedAt ? UInt32(truncatingIfNeeded: min(now &- pressedAt, 0xFFFF_FFFE)) : 0
        }
        return PressReport(
            log: log, sequence: items[index].sequence, lifetimeCount: items[index].lifetimeCount,
            ageMilliseconds: age, prompt: items[index].prompt, result: items[index].result,
            level: items[index].level, key: items[index].key
        ).encoded(from: address)
    }

    /// -1 where there is none: an optional index costs more code on small processors.
    @inline(never)
    private func index(of sequence: UInt32) -> Int {
        var index = 0
        while index < count {
            if items[index].sequence == sequence { return index }
            index &+= 1
        }
        return -1
    }

    /// The earliest due of the oldest few, only those may be on their way at once; -1 where there is none.
    private func indexOfEarliest() -> Int {
        var earliest = -1
        var earliestDue = PressQueue.never
        var seen = 0
        var index = 0
        while index < count, seen < ProtocolLimits.pressesInFlight {
            let due = items[index].due
            if due < earliestDue {
                earliest = index
                earliestDue = due
            }
            if due != PressQueue.never, !items[index].isRefused { seen &+= 1 }
            index &+= 1
        }
        return earliest
    }

    @inline(never)
    private mutating func findNextDue() {
        let index = indexOfEarliest()
        nextDue = index >= 0 ? items[index].due : PressQueue.never
    }
}
