// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Which way bytes go.
public enum LineDirection: String, Sendable, Hashable, CaseIterable {
    /// From the gateway to the pad.
    case toPad
    /// From the pad to the gateway.
    case toGateway
}

/// What happens to bytes on their way, from a seed.
public enum Disturbance: Sendable, Hashable, CaseIterable {
    /// A bit is turned over.
    case flippedBit
    /// A byte is lost.
    case lostByte
    /// A byte appears that nobody sent.
    case addedByte
    /// Everything behind some byte is lost.
    case cutShort

    /// Applies it somewhere in the bytes; what comes back always differs, unless there were no bytes.
    func applied(to bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        guard !bytes.isEmpty else { return bytes }
        var result = bytes
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch self {
        case .flippedBit: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case .lostByte: result.remove(at: place)
        case .addedByte: result.insert(UInt8.random(in: .min ... .max, using: &generator), at: place)
        case .cutShort: result.removeSubrange(place...)
        }
        return result
    }
}

/// The disturbances that are waiting for bytes to disturb, and how many found some.
struct LineNoise {
    private var generator: SeededGenerator
    private var armed: [LineDirection: Int] = [:]
    /// How many pieces were disturbed, by direction.
    private(set) var fired: [LineDirection: Int] = [:]

    init(generator: SeededGenerator) { self.generator = generator }

    /// Disturbs the next pieces that go that way.
    mutating func arm(_ direction: LineDirection, pieces: Int) { armed[direction, default: 0] += pieces }

    /// Passes bytes on, disturbed where a disturbance was waiting for them.
    mutating func pass(_ bytes: [UInt8], _ direction: LineDirection) -> [UInt8] {
        guard let waiting = armed[direction], waiting > 0, !bytes.isEmpty else { return bytes }
        armed[direction] = waiting - 1
        fired[direction, default: 0] += 1
        let disturbance = Disturbance.allCases.randomElement(using: &generator) ?? .flippedBit
        return disturbance.applied(to: bytes, using: &generator)
    }
}
