// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// Which bundle holds which rating, and what the region said of it; pure.
struct BundleIndex: Sendable {
    /// A rating that is in a bundle.
    private struct Place: Sendable {
        var bundle: UInt64
        var outcome: DeliveryOutcome?
        var isTold = false
    }

    /// A bundle, as far as it is remembered.
    struct Held: Sendable {
        let digest: String
        var ids: [RecordID]
        /// How many of them no receipt speaks of yet.
        var waiting: Int
    }

    /// What a rating's place means for a delivery.
    enum Standing: Sendable, Hashable {
        /// In no bundle.
        case fresh
        /// In this bundle, without an answer.
        case waiting(UInt64)
        /// The region's answer.
        case answered(DeliveryOutcome)
    }

    /// Answered bundles are remembered until they hold so many ratings: a forgotten one that is delivered again goes into
    /// a new bundle, and the region calls it a duplicate.
    static let mostAnswered = 100_000

    private var places: [RecordID: Place] = [:]
    private(set) var bundles: [UInt64: Held] = [:]
    /// Bundles refused as a whole: the region's words, by the ratings they held.
    private var refusals: [RecordID: String] = [:]
    /// How many ratings wait for a receipt.
    private(set) var waiting = 0
    /// How many outcomes came since this was asked last.
    private var news = 0

    /// Bundles without a complete receipt, oldest first.
    var unanswered: [UInt64] { bundles.filter { $0.value.waiting > 0 }.keys.sorted() }

    /// How many answers were not passed on yet.
    var untold: Int { places.values.count { $0.outcome != nil && !$0.isTold } + refusals.count }

    func standing(of id: RecordID) -> Standing {
        guard let place = places[id] else { return .fresh }
        guard let outcome = place.outcome else { return .waiting(place.bundle) }
        // What was told once and comes again is what the region had already.
        let isRepeated = place.isTold && outcome.verdict == .accepted
        return .answered(isRepeated ? DeliveryOutcome(.duplicate, answer: outcome.answer) : outcome)
    }

    /// Notes that the answer was passed on. A refusal is so once: whoever delivers the rating again wants to have it
    /// asked again, in another bundle.
    mutating func tell(_ id: RecordID) {
        switch places[id]?.outcome?.verdict {
        case .rejected, .retry: places[id] = nil
        default: places[id]?.isTold = true
        }
    }

    /// Counts all that is known as passed on, as at a start.
    mutating func tellAll() {
        for id in places.keys where places[id]?.outcome != nil { tell(id) }
        news = 0
    }

    mutating func add(_ number: UInt64, digest: String, _ ids: [RecordID]) {
        for id in ids { places[id] = Place(bundle: number) }
        bundles[number] = Held(digest: digest, ids: ids, waiting: ids.count)
        waiting += ids.count
    }

    /// Takes what a receipt says; answers whether nothing of the bundle waits any more.
    mutating func apply(_ receipt: BundleReceipt) -> Bool {
        guard let held = bundles[receipt.number] else { return true }
        if let words = receipt.refusal {
            for id in held.ids where places[id]?.bundle == receipt.number && places[id]?.outcome == nil {
                refusals[id] = words
                take(id, from: receipt.number)
            }
            bundles[receipt.number] = nil
            return true
        }
        for (id, outcome) in receipt.outcomes {
            guard let place = places[id], place.bundle == receipt.number, place.outcome == nil else { continue }
            places[id]?.outcome = outcome
            bundles[receipt.number]?.waiting -= 1
            waiting -= 1
            news += 1
        }
        return bundles[receipt.number]?.waiting == 0
    }

    private mutating func take(_ id: RecordID, from number: UInt64) {
        places[id] = nil
        bundles[number]?.ids.removeAll { $0 == id }
        bundles[number]?.waiting -= 1
        waiting -= 1
        news += 1
    }

    /// The region's words where it refused a bundle with ratings of these, once.
    mutating func refusal(of batch: [RecordID]) -> String? {
        guard let words = batch.lazy.compactMap({ [refusals] in refusals[$0] }).first else { return nil }
        for id in batch { refusals[id] = nil }
        return words
    }

    /// How many ratings may be asked for again with another answer than before; zero from then on.
    mutating func takeNews() -> Int {
        defer { news = 0 }
        return news
    }

    /// Forgets the oldest answered bundles beyond the limit; answers which.
    mutating func forget() -> [UInt64] {
        var answered = places.count - waiting
        var forgotten: [UInt64] = []
        for number in bundles.keys.sorted() where answered > Self.mostAnswered {
            guard let held = bundles[number], held.waiting == 0 else { continue }
            for id in held.ids where places[id]?.bundle == number { places[id] = nil }
            answered -= held.ids.count
            bundles[number] = nil
            forgotten.append(number)
        }
        return forgotten
    }
}
