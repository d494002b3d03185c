// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import WebConfiguration

/// How many requests an address may still make: a token bucket for each, in a table that never grows over its size.
///
/// The address that has been quiet longest is forgotten first. It loses nothing by that but the memory of what it has spent,
/// and an address that is being refused is never the quietest.
struct RequestAllowance: Sendable {
    private struct Bucket {
        let address: ClientAddress
        var tokens: Double
        var seen: ContinuousClock.Instant
        var quieter: Int?
        var livelier: Int?
    }

    private let perSecond: Double
    private let burst: Double
    private let size: Int
    private var places: [ClientAddress: Int] = [:]
    private var buckets: [Bucket] = []
    private var quietest: Int?
    private var liveliest: Int?

    /// A table of at most `size` addresses; an address has `burst` requests at once, and `perSecond` for long.
    init(perSecond: Double, burst: Int, size: Int) {
        self.perSecond = max(perSecond, 0.001)
        self.burst = Double(max(burst, 1))
        self.size = max(size, 1)
    }

    /// How many addresses are remembered.
    var count: Int { buckets.count }

    /// Counts a request; answers how long its sender has to wait where it may not be made now, and `nil` where it may.
    mutating func take(_ client: ClientAddress, at now: ContinuousClock.Instant) -> Duration? {
        let place = place(of: client.counted, at: now)
        let gone = buckets[place].seen.duration(to: now)
        // The clock does not run backwards, but two threads may bring their times in the wrong order.
        let seconds = max(0, Double(gone.components.seconds) + Double(gone.components.attoseconds) * 1e-18)
        var tokens = min(burst, buckets[place].tokens + seconds * perSecond)
        defer {
            buckets[place].tokens = tokens
            buckets[place].seen = max(now, buckets[place].seen)
        }
        guard tokens >= 1 else { return .seconds((1 - tokens) / perSecond) }
        tokens -= 1
        return nil
    }

    /// The address's place, at the lively end.
    private mutating func place(of address: ClientAddress, at now: ContinuousClock.Instant) -> Int {
        if let place = places[address] {
            takeOut(place)
            putAtLivelyEnd(place)
            return place
        }
        let bucket = Bucket(address: address, tokens: burst, seen: now)
        let place: Int
        if buckets.count < size {
            place = buckets.count
            buckets.append(bucket)
        } else {
            place = quietest ?? 0
            takeOut(place)
            places[buckets[place].address] = nil
            buckets[place] = bucket
        }
        places[address] = place
        putAtLivelyEnd(place)
        return place
    }

    private mutating func takeOut(_ place: Int) {
        let (quieter, livelier) = (buckets[place].quieter, buckets[place].livelier)
        if let quieter { buckets[quieter].livelier = livelier } else { quietest = livelier }
        if let livelier { buckets[livelier].quieter = quieter } else { liveliest = quieter }
        buckets[place].quieter = nil
        buckets[place].livelier = nil
    }

    private mutating func putAtLivelyEnd(_ place: Int) {
        buckets[place].quieter = liveliest
        buckets[place].livelier = nil
        if let liveliest { buckets[liveliest].livelier = place } else { quietest = place }
        liveliest = place
    }
}
