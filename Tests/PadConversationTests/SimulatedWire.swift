// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// One direction of a bad serial line: in order, but losing, corrupting, splitting and joining what is sent.
struct SimulatedWire {
    private var chunks: [(at: UInt64, bytes: [UInt8])] = []
    private var lastAt: UInt64 = 0

    /// When the next bytes arrive; `UInt64.max` while nothing is under way.
    var nextAt: UInt64 { chunks.first?.at ?? .max }

    mutating func send(
        _ frame: [UInt8], at now: UInt64, roughness: Roughness, dice: inout Dice, tally: inout Tally
    ) {
        tally.frames += 1
        var bytes = frame
        if dice.happens(roughness.lost) {
            tally.lost += 1
            return
        }
        if dice.happens(roughness.corrupted) {
            tally.corrupted += 1
            SimulatedWire.corrupt(&bytes, &dice)
        }
        // A frame of 36 bytes takes 3 ms at 115,200 baud, 38 ms at 9600.
        let arrival = max(lastAt, now + dice.between(1, 40))
        if bytes.count > 1, dice.happens(roughness.split) {
            tally.split += 1
            let middle = 1 + Int(dice.below(UInt64(bytes.count - 1)))
            chunks.append((arrival, Array(bytes[..<middle])))
            lastAt = arrival + dice.between(1, 30)
            chunks.append((lastAt, Array(bytes[middle...])))
        } else if !chunks.isEmpty, dice.happens(roughness.joined) {
            tally.joined += 1
            chunks[chunks.count - 1].bytes += bytes
        } else {
            lastAt = arrival
            chunks.append((arrival, bytes))
        }
    }

    mutating func receive() -> [UInt8] { chunks.removeFirst().bytes }

    /// An end lost its power: what was under way is gone, or half of it.
    mutating func cut(_ dice: inout Dice) {
        chunks.removeLast(min(chunks.count, Int(dice.below(3))))
        if let last = chunks.indices.last { chunks[last].bytes.removeLast(chunks[last].bytes.count / 2) }
    }

    /// The end that would read is off.
    mutating func discard() { chunks = [] }

    static func corrupt(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let place = Int(dice.below(UInt64(bytes.count)))
        switch dice.below(4) {
        case 0: bytes[place] ^= UInt8(1 << dice.below(8))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8(truncatingIfNeeded: dice.next()), at: place)
        default:
            // A burst, as from a motor next to the cable.
            for index in place..<min(place + 6, bytes.count) { bytes[index] = UInt8(truncatingIfNeeded: dice.next()) }
        }
    }
}
