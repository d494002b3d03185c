// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import UplinkAPI

/// The next batch, so that ratings of a device, and of a case, go in their order.
///
/// A rating overtakes an earlier one of its device or case only where the region has spoken of that one: refused it, or
/// put it off. One of which no answer spoke may have arrived, and is sent again before what came after it, up to a
/// number of times, because a region that never speaks of one rating must not silence a pad.
extension DeliveryMachine {
    /// How many ratings fill a batch: new ones, and those remembered, which a lease of the oldest brings along.
    func leaseCount(at now: MonotonicInstant) -> Int {
        let wanted = batchSize(at: now)
        let fresh = freshCount(at: now)
        guard fresh < wanted else { return 0 }
        return (room.isFull ? 0 : wanted - fresh) + room.rememberedElsewhere
    }

    /// Ratings in the next batch: one while the region fails, or while halls that failed together come back.
    func batchSize(at now: MonotonicInstant) -> Int {
        outage == nil && !isSpreading(at: now) ? batchRecords : 1
    }

    /// Leased ratings that were never sent and need not wait for an earlier one.
    private func freshCount(at now: MonotonicInstant) -> Int {
        guard !room.remembered.isEmpty else { return room.leased.count }
        return freeRatings(at: now).count { room.remembered[$0.sequence] == nil }
    }

    /// The next batch, oldest first; refused ratings go by themselves and in small groups, so that a group of them that
    /// is refused again stays below the number that is an outage.
    func choose(at now: CaptureTime) -> Chunk {
        let size = batchSize(at: now.monotonic)
        if room.remembered.isEmpty, limits.supplementAge == nil {
            let whole = Chunk(ratings: Array(room.leased.prefix(size)), acceptancesWhenRefused: acceptances)
            if whole.ratings.allSatisfy({ ($0.rating == nil) == whole.isOfResponses }) { return whole }
        }
        let free = freeRatings(at: now.monotonic)
        if outage != nil {
            let least = free.min { (room.refusals(of: $0), $0.sequence) < (room.refusals(of: $1), $1.sequence) }
            return batch(of: least.map { [$0] } ?? [], atMost: 1, at: now)
        }
        // Those never refused overtake those that were, for the region has spoken of these; not the other way round.
        let fresh = batch(of: free.filter { room.refusals(of: $0) == 0 }, atMost: size, at: now)
        // After an acceptance it is the refused ones' turn, so that a stream of new ratings does not starve them.
        guard fresh.ratings.isEmpty || lastBatchWasAccepted else { return fresh }
        let most = min(size, max(1, policy.refusalsToOutage / 2))
        let refused = batch(of: free, where: { room.refusals(of: $0) > 0 }, atMost: most, at: now)
        return refused.ratings.isEmpty ? fresh : refused
    }

    /// Leased ratings whose time has come and that need not wait for an earlier one, oldest first.
    private func freeRatings(at now: MonotonicInstant) -> [LeasedRecord] {
        var lanes = BlockedLanes()
        return room.leased.filter { lease in
            if lanes.passOver(lease) { return false }
            guard let memory = room.remembered[lease.sequence] else { return true }
            if holdsBack(memory, at: now) { lanes.block(lease) }
            return memory.notBefore <= now
        }
    }

    /// Takes out of the next half of a refused batch what must wait for an earlier rating after all, whether that one's
    /// time has come or not: only what is chosen anew goes behind it.
    mutating func dropHeldBackFromChunk() {
        guard !chunks.isEmpty, !room.remembered.isEmpty else { return }
        var lanes = BlockedLanes()
        for lease in room.leased {
            if let memory = room.remembered[lease.sequence], mayHaveArrived(memory) { lanes.block(lease) }
        }
        while let last = chunks.indices.last {
            let waiting = Set(chunks[last].ratings.filter { lanes.passOver($0) }.map(\.sequence))
            room.add(chunks[last].ratings.filter { waiting.contains($0.sequence) })
            chunks[last].ratings.removeAll { waiting.contains($0.sequence) }
            guard chunks[last].ratings.isEmpty else { return }
            chunks.removeLast()
        }
    }

    private func holdsBack(_ memory: Remembered, at now: MonotonicInstant) -> Bool {
        memory.notBefore > now && mayHaveArrived(memory)
    }

    private func mayHaveArrived(_ memory: Remembered) -> Bool {
        (1..<policy.unspokenToOvertake).contains(memory.unspoken)
    }

    /// The first of these that belong and go by the same call of the region's; what is passed over holds its lanes back.
    private func batch(
        of ratings: [LeasedRecord], where isMember: (LeasedRecord) -> Bool = { _ in true }, atMost count: Int,
        at now: CaptureTime
    ) -> Chunk {
        var batch = Chunk(ratings: [], acceptancesWhenRefused: acceptances)
        var lanes = BlockedLanes()
        for lease in ratings {
            guard batch.ratings.count < count else { break }
            if lanes.passOver(lease) { continue }
            let isLate = isLate(lease, at: now)
            let isOfOneKind = isLate == batch.isLate && (lease.rating == nil) == batch.isOfResponses
            if isMember(lease), batch.ratings.isEmpty || isOfOneKind {
                batch.isLate = isLate
                batch.ratings.append(lease)
            } else {
                lanes.block(lease)
            }
        }
        return batch
    }

    private func isLate(_ lease: LeasedRecord, at now: CaptureTime) -> Bool {
        guard let rating = lease.rating else { return false }
        return limits.supplementAge.map { rating.pressedAt.leastAge(at: now) >= $0 } ?? false
    }

    // MARK: Spread

    /// Whether the region has just come back and every hall would send at once, were it not for each one's own share.
    func isSpreading(at now: MonotonicInstant) -> Bool { drainNotBefore.map { $0 > now } ?? false }

    /// Least time between the starts of two batches.
    func leastInterval(at now: MonotonicInstant) -> Duration {
        isSpreading(at: now) ? max(limits.leastInterval, policy.spreadInterval) : limits.leastInterval
    }
}

/// Devices and cases of which an earlier rating waits, so that later ones wait for it.
private struct BlockedLanes {
    private var devices: Set<DeviceID> = []
    private var cases: Set<CaseReference> = []

    mutating func block(_ lease: LeasedRecord) {
        // A page or a form stands for many citizens: only what a device presses has an order.
        if !lease.content.key.isOneTime { devices.insert(lease.content.key.device) }
        if let reference = lease.content.caseReference { cases.insert(reference) }
    }

    /// Whether the rating must wait; then whatever comes behind it waits as well.
    mutating func passOver(_ lease: LeasedRecord) -> Bool {
        guard !devices.isEmpty || !cases.isEmpty else { return false }
        let isBlocked =
            devices.contains(lease.content.key.device) || lease.content.caseReference.map(cases.contains) ?? false
        if isBlocked { block(lease) }
        return isBlocked
    }
}
