// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

/// What a forwarder remembers of a rating that it could not deliver yet; it outlives the rating's lease.
struct Remembered: Sendable {
    /// Before this moment it is not sent again.
    var notBefore: MonotonicInstant
    /// How often the region refused it while it stood alone or was named.
    var refusals = 0
    /// How often the region put it off, or did not speak of it.
    var postponements = 0
    /// How often in a row no answer spoke of it, so that it may have arrived.
    var unspoken = 0
    /// How many answers had accepted something when it was refused first: a later one proves the region (G7).
    var acceptancesAtFirstRefusal = 0
}

/// Ratings that are leased and not being sent, and what is remembered of ratings leased or not.
struct WaitingRoom: Sendable {
    /// Most ratings remembered; with more, no new ones are leased until some are settled.
    static let mostRemembered = 2048

    private(set) var leased: [LeasedRecord] = []
    private(set) var remembered: [JournalSequence: Remembered] = [:]

    var isFull: Bool { max(remembered.count, leased.count) >= Self.mostRemembered }

    /// When the next remembered rating may be sent again.
    var nextDue: MonotonicInstant? { remembered.values.lazy.map(\.notBefore).min() }

    /// When a remembered rating's time comes next; one that is due and still here waits for an earlier one's time.
    func nextDue(after now: MonotonicInstant) -> MonotonicInstant? {
        remembered.values.lazy.map(\.notBefore).filter { $0 > now }.min() ?? nextDue
    }

    /// How many are remembered without being leased; a lease of the oldest may bring them first.
    var rememberedElsewhere: Int { remembered.count - leased.count { remembered[$0.sequence] != nil } }

    mutating func add(_ ratings: [LeasedRecord]) {
        leased = (leased + ratings).sorted { $0.sequence < $1.sequence }
    }

    /// Everything in the pending state is leased now: what is remembered of others was settled by somebody else.
    mutating func forgetAllButLeased() {
        let present = Set(leased.map(\.sequence))
        remembered = remembered.filter { present.contains($0.key) }
    }

    mutating func forget(_ sequence: JournalSequence) { remembered[sequence] = nil }

    mutating func remember(_ sequence: JournalSequence, _ memory: Remembered) {
        if remembered[sequence] != nil || remembered.count < Self.mostRemembered { remembered[sequence] = memory }
    }

    /// The region just accepted something: what it refused can be tried again at once, and parked if it refuses it again.
    mutating func makeRefusedDue(at now: MonotonicInstant) {
        for (sequence, memory) in remembered where memory.refusals > 0 {
            remembered[sequence]?.notBefore = min(now, memory.notBefore)
        }
    }

    func refusals(of rating: LeasedRecord) -> Int { remembered[rating.sequence]?.refusals ?? 0 }

    mutating func remove(_ ratings: [LeasedRecord]) {
        let gone = Set(ratings.map(\.sequence))
        leased.removeAll { gone.contains($0.sequence) }
    }

    mutating func removeAll() -> [LeasedRecord] {
        defer { leased = [] }
        return leased
    }
}
