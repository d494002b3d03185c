// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import PadSession

/// The log of the firmware, run on the computer that builds it, through thousands of power cuts and worn cells.
///
/// What has to be there after each cut is kept beside it in plain arrays: every entry that was written and not
/// acknowledged, in order and unaltered. Only what was under way when the power failed may be there or not.
@main struct PowerCuts {
    private let seed: UInt64
    private var random: Generator
    private var log: FlashLog<WornFlash>
    private var next: UInt32 = 1
    /// Written, and not acknowledged.
    private var waiting: [PadLogEntry] = []
    /// Begun when the power failed: an entry that may have become whole, an acknowledgement that may be marked.
    private var halfWritten: PadLogEntry?
    private var halfMarked: UInt32?
    private var counts = (cuts: 0, written: 0, failed: 0)

    static func main() throws {
        for seed in UInt64(1)...4 {
            var life = PowerCuts(seed: seed, wornOfMillion: seed % 2 == 0 ? 2_000 : 0)
            try life.run(cuts: 2_500)
        }
    }

    private init(seed: UInt64, wornOfMillion: Int) {
        self.seed = seed
        random = Generator(state: seed)
        log = FlashLog(WornFlash(seed: seed, wornOfMillion: wornOfMillion), mint: { 7 })
    }

    private mutating func run(cuts: Int) throws {
        while counts.cuts < cuts {
            var memory = log.memory
            memory.stepsToCut = Int.random(in: 1...3_000, using: &random)
            // The computer inside the pad starts anew with the memory as the cut left it.
            log = FlashLog(memory, mint: { 8 })
            try check()
            live()
            counts.cuts += 1
        }
        print(
            "  \(counts.cuts) power cuts, \(counts.written) entries written, \(counts.failed) not taken by worn cells")
    }

    /// Presses and acknowledgements until the power fails.
    private mutating func live() {
        while log.memory.hasPower {
            if waiting.count < LogLayout.capacity, Bool.random(using: &random) {
                press()
            } else if let entry = waiting.randomElement(using: &random) {
                log.trim(entry.sequence)
                if log.memory.hasPower { remove(entry.sequence) } else { halfMarked = entry.sequence }
            }
        }
    }

    private mutating func press() {
        let entry = PadLogEntry(
            sequence: next, lifetimeCount: next &+ 1_000, prompt: next % 3, result: .rated,
            level: UInt8(next % 5 + 1), key: UInt8(next % 5 + 1), pressedAtMilliseconds: nil)
        let isWritten = log.append(entry)
        if !log.memory.hasPower {
            halfWritten = entry
        } else if isWritten {
            waiting.append(entry)
            next += 1
            counts.written += 1
        } else {
            counts.failed += 1
        }
    }

    private func require(_ isSo: Bool, _ what: @autoclosure () -> String) throws {
        if !isSo { throw Broken(description: "seed \(seed), cut \(counts.cuts): \(what())") }
    }

    private mutating func remove(_ sequence: UInt32) { waiting.removeAll { $0.sequence == sequence } }

    /// Compares what reads back with what must be there.
    private mutating func check() throws {
        let found = log.read()
        try require(found.log == 7, "the log was lost")
        if let entry = halfWritten, found.nextSequence == next + 1 {
            try require(found.waiting.last == entry, "half an entry passes for a whole one")
            waiting.append(entry)
            next += 1
        }
        if let sequence = halfMarked, !found.waiting.contains(where: { $0.sequence == sequence }) { remove(sequence) }
        (halfWritten, halfMarked) = (nil, nil)
        try require(found.waiting == waiting, "\(found.waiting.count) wait, not \(waiting.count)")
        try require(found.nextSequence == next, "the sequence goes on at \(found.nextSequence), not at \(next)")
        try require(next == 1 || found.lifetimeCount == next + 999, "the lifetime count went back")
    }
}

/// What a cut did to the log.
struct Broken: Error, CustomStringConvertible {
    let description: String
}

/// Two sectors of NOR flash whose power fails in the middle of a word, and some of whose cells lost a bit for ever.
struct WornFlash: LogMemory {
    /// Words to program or erase until the power fails.
    var stepsToCut = Int.max
    private var words: [UInt32]
    private var stuck: [UInt32]
    private var random: Generator

    /// Whether anything is written any longer.
    var hasPower: Bool { stepsToCut > 0 }

    init(seed: UInt64, wornOfMillion: Int) {
        var random = Generator(state: seed &+ 100)
        words = (0..<2 * LogLayout.sectorWords).map { _ in UInt32.random(in: 0...(.max), using: &random) }
        stuck = words.indices.map { index in
            // A pad with a worn head is one to replace; worn slots are what the log has to do without.
            guard index % LogLayout.sectorWords >= LogLayout.slotWords else { return .max }
            return Int.random(in: 0..<1_000_000, using: &random) < wornOfMillion ? ~(1 << UInt32(index % 32)) : .max
        }
        self.random = random
    }

    func word(at index: Int) -> UInt32 { words[index] }

    mutating func program(_ word: UInt32, at index: Int) { change(index, clearing: ~word, setting: 0) }

    mutating func erase(sector: Int) {
        for index in 0..<LogLayout.sectorWords {
            change(sector * LogLayout.sectorWords + index, clearing: 0, setting: .max)
        }
    }

    private mutating func change(_ index: Int, clearing: UInt32, setting: UInt32) {
        guard stepsToCut > 0 else { return }
        stepsToCut -= 1
        // The last word before the cut changes only some of its bits.
        let reached = stepsToCut == 0 ? UInt32.random(in: 0...(.max), using: &random) : .max
        words[index] = (words[index] & ~(clearing & reached) | (setting & reached)) & stuck[index]
    }
}

/// SplitMix64: the same numbers for the same seed.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
