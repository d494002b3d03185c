// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Waits that double up to a limit and differ between gateways, so that a region that comes back is not stampeded.
struct BackOff: Sendable {
    private let first: Duration
    private let most: Duration
    private var generator: SplitMix64

    init(first: Duration, most: Duration, seed: UInt64) {
        self.first = max(.milliseconds(1), first)
        self.most = max(self.first, most)
        generator = SplitMix64(state: seed)
    }

    /// The wait after so many failures in a row, from 1: a random part of the upper half of the doubled limit.
    mutating func wait(after failures: Int) -> Duration {
        var limit = first
        var doublings = max(0, failures - 1)
        while doublings > 0, limit < most {
            limit = min(most, limit * 2)
            doublings -= 1
        }
        // A thousandth is fine enough to spread gateways, and keeps the arithmetic in whole numbers.
        return limit / 2 + limit * Int(generator.next() % 1001) / 2000
    }

    /// A random part of a duration, from nothing to all of it.
    mutating func share(of whole: Duration) -> Duration { whole * Int(generator.next() % 1001) / 1000 }
}

/// A small generator with a seed (Steele, Lea and Flood 2014), so that a forwarder's waits can be repeated in tests.
struct SplitMix64: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
