// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import PadSession

/// Non-volatile memory as NOR flash is: erasing sets all bits of a sector, programming clears bits.
protocol LogMemory {
    /// The 32 bits at a place; places are counted in words, through both sectors.
    func word(at index: Int) -> UInt32
    /// Clears the bits that are 0 in `word`; the power may fail in the middle.
    mutating func program(_ word: UInt32, at index: Int)
    /// Sets all bits of sector 0 or 1; the power may fail in the middle.
    mutating func erase(sector: Int)
}

/// How the log lies in its memory: two sectors of 128 slots of 32 bytes. Slot 0 is the sector's head.
///
/// | word | head | entry |
/// |---|---|---|
/// | 0 | `HGLG` | sequence |
/// | 1 | generation, larger in the newer sector | lifetime count |
/// | 2 | log number, low | prompt |
/// | 3 | log number, high | result, level, key |
/// | 4 | check | check |
/// | 5 | | all ones until acknowledged |
enum LogLayout {
    static var slotWords: Int { 8 }
    static var slots: Int { 128 }
    static var sectorWords: Int { slotWords &* slots }
    static var magic: UInt32 { 0x474C_4748 }
    /// Entries that can wait at once; less than half a sector, so that a new sector has room for those that come.
    static var capacity: Int { 64 }
}

/// A pad's log in two sectors used in turn (firmware-protocol.md section 1.4).
///
/// A full sector is left by erasing the other one, copying what still waits and the newest entry there, and writing its
/// head last: until the head reads back the full sector is the log, from then on the new one is. So each power cut
/// finds one whole log. Sectors take turns only when one is full, which is what keeps the wear low.
struct FlashLog<Memory: LogMemory> {
    /// The number minted when the log was created.
    let number: UInt64
    private(set) var memory: Memory
    private var sector = 0
    private var generation: UInt32 = 0
    /// The first slot that nothing was written to.
    private var nextSlot = LogLayout.slots

    /// Reads the log back; where there is none, creates one with the number that `mint` gives.
    init(_ memory: Memory, mint: () -> UInt64) {
        self.memory = memory
        var found: UInt64?
        for candidate in 0..<2 {
            guard let head = FlashLog.head(of: candidate, in: memory), head.generation > generation else { continue }
            (sector, generation, found) = (candidate, head.generation, head.number)
        }
        if let found {
            number = found
            nextSlot = firstFreeSlot()
        } else {
            number = mint()
            self.memory.erase(sector: 0)
            if writeHead(of: 0, generation: 1) { (generation, nextSlot) = (1, 1) }
        }
    }

    /// What a session starts from.
    func read() -> PadMemory {
        var waiting: [PadLogEntry] = []
        var newest: PadLogEntry?
        for slot in 1..<nextSlot {
            guard let entry = entry(in: slot) else { continue }
            if !isAcknowledged(slot) { waiting.append(entry) }
            if entry.sequence >= newest?.sequence ?? 0 { newest = entry }
        }
        return PadMemory(
            log: number, nextSequence: (newest?.sequence ?? 0) &+ 1, lifetimeCount: newest?.lifetimeCount ?? 0,
            waiting: waiting, capacity: LogLayout.capacity)
    }

    /// Writes an entry; `true` once it reads back, so that it may be sent.
    ///
    /// A slot that is worn is passed over, and the next one is tried.
    mutating func append(_ entry: PadLogEntry) -> Bool {
        for _ in 0..<LogLayout.slots {
            if nextSlot == LogLayout.slots, !moveOn() { return false }
            nextSlot &+= 1
            if write(entry, sector: sector, slot: nextSlot &- 1) { return true }
        }
        return false
    }

    /// Marks an entry as acknowledged; costs no erase.
    mutating func trim(_ sequence: UInt32) {
        for slot in 1..<nextSlot where memory.word(at: place(sector, slot)) == sequence && entry(in: slot) != nil {
            memory.program(0, at: place(sector, slot) &+ 5)
        }
    }

    // MARK: Sectors

    /// Makes the other sector the log.
    private mutating func moveOn() -> Bool {
        let other = 1 &- sector
        memory.erase(sector: other)
        let kept = read()
        var next = 1
        for slot in 1..<nextSlot {
            guard let entry = entry(in: slot) else { continue }
            let isDone = isAcknowledged(slot)
            guard !isDone || entry.sequence &+ 1 == kept.nextSequence else { continue }
            while next < LogLayout.slots, !write(entry, sector: other, slot: next) { next &+= 1 }
            guard next < LogLayout.slots else { return false }
            if isDone { memory.program(0, at: place(other, next) &+ 5) }
            next &+= 1
        }
        guard next < LogLayout.slots, writeHead(of: other, generation: generation &+ 1) else { return false }
        (sector, generation, nextSlot) = (other, generation &+ 1, next)
        return true
    }

    private mutating func writeHead(of sector: Int, generation: UInt32) -> Bool {
        let low = UInt32(truncatingIfNeeded: number)
        let high = UInt32(truncatingIfNeeded: number &>> 32)
        return write([LogLayout.magic, generation, low, high], at: place(sector, 0))
    }

    private static func head(of sector: Int, in memory: Memory) -> (generation: UInt32, number: UInt64)? {
        let place = sector &* LogLayout.sectorWords
        guard memory.word(at: place) == LogLayout.magic else { return nil }
        let words = (1..<4).map { memory.word(at: place &+ $0) }
        guard memory.word(at: place &+ 4) == check([LogLayout.magic] + words, of: 0) else { return nil }
        return (words[0], UInt64(words[2]) &<< 32 | UInt64(words[1]))
    }

    // MARK: Slots

    private func place(_ sector: Int, _ slot: Int) -> Int {
        sector &* LogLayout.sectorWords &+ slot &* LogLayout.slotWords
    }

    /// Behind the last slot that anything was written to, torn entries included.
    private func firstFreeSlot() -> Int {
        var slot = LogLayout.slots
        while slot > 1, isFree(sector, slot &- 1) { slot &-= 1 }
        return slot
    }

    private func isFree(_ sector: Int, _ slot: Int) -> Bool {
        (0..<LogLayout.slotWords).allSatisfy { memory.word(at: place(sector, slot) &+ $0) == .max }
    }

    /// The mark is begun only once the acknowledgement came, so half a mark is one.
    private func isAcknowledged(_ slot: Int) -> Bool { memory.word(at: place(sector, slot) &+ 5) != .max }

    /// The slot's entry; `nil` where none is or it is torn, which a power cut leaves behind before the entry was sent.
    private func entry(in slot: Int) -> PadLogEntry? {
        let words = (0..<5).map { memory.word(at: place(sector, slot) &+ $0) }
        guard words[4] == FlashLog.check(Array(words[..<4]), of: number), words[0] != .max,
            let result = PressResult(rawValue: UInt8(truncatingIfNeeded: words[3]))
        else { return nil }
        return PadLogEntry(
            sequence: words[0], lifetimeCount: words[1], prompt: words[2], result: result,
            level: UInt8(truncatingIfNeeded: words[3] &>> 8), key: UInt8(truncatingIfNeeded: words[3] &>> 16),
            pressedAtMilliseconds: nil)
    }

    private mutating func write(_ entry: PadLogEntry, sector: Int, slot: Int) -> Bool {
        // A bit that stays 0 for ever could also be the mark, and let a press pass for acknowledged after a power cut.
        guard isFree(sector, slot) else { return false }
        let facts = UInt32(entry.result.rawValue) | UInt32(entry.level) &<< 8 | UInt32(entry.key) &<< 16
        return write(
            [entry.sequence, entry.lifetimeCount, entry.prompt, facts], at: place(sector, slot), of: number)
    }

    /// Writes four words and their check, and reads all of it back.
    private mutating func write(_ words: [UInt32], at place: Int, of log: UInt64 = 0) -> Bool {
        let all = words + [FlashLog.check(words, of: log)]
        for (index, word) in all.enumerated() { memory.program(word, at: place &+ index) }
        return all.enumerated().allSatisfy { memory.word(at: place &+ $0.offset) == $0.element }
    }

    /// An entry of another log must not pass for one of this, so the log's number goes into the check.
    private static func check(_ words: [UInt32], of log: UInt64) -> UInt32 {
        var sum = CRC32C()
        for word in words + [UInt32(truncatingIfNeeded: log), UInt32(truncatingIfNeeded: log &>> 32)] {
            for shift in [UInt32(0), 8, 16, 24] { sum.update(UInt8(truncatingIfNeeded: word &>> shift)) }
        }
        return sum.value
    }
}
