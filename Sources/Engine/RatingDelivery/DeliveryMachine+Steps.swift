// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import UplinkAPI

extension DeliveryMachine {
    /// How many attempts to settle a stopping forwarder makes; what stays unsettled is pending after the restart.
    private static let settlingsWhileStopping = 3

    /// The next step. Outcomes go to disk before anything else, because a lost outcome is a rating sent twice.
    mutating func next(at now: CaptureTime) -> Action {
        if isStopping, unsettled.isEmpty { releaseAll(at: now) }
        if isStopping, unsettled.isEmpty || journalFailures >= Self.settlingsWhileStopping { return .finish }
        if let until = journalNotBefore, until > now.monotonic { return wait(until, as: .backingOff) }
        if !unsettled.isEmpty { return work(.settle(unsettled)) }
        if let until = lineNotBefore {
            if until > now.monotonic { return rest(until: until, at: now) }
            lineNotBefore = nil
        }
        if let action = leaseOrDeliver(at: now) { return action }
        return idle(at: now)
    }

    /// How many ratings fill a batch: new ones, and those remembered, which a lease of the oldest brings along.
    var leaseCount: Int {
        let wanted = outage == nil ? batchRecords : 1
        let fresh = room.leased.count { room.remembered[$0.sequence] == nil }
        guard fresh < wanted else { return 0 }
        return (room.isFull ? 0 : wanted - fresh) + room.rememberedElsewhere
    }

    private mutating func leaseOrDeliver(at now: CaptureTime) -> Action? {
        let batch: Chunk
        if let chunk = chunks.last {
            batch = chunk
        } else {
            let canFill = !room.isFull || room.nextDue.map { $0 <= now.monotonic } ?? false
            requested = mayHavePending && canFill ? leaseCount : 0
            if requested > 0 { return work(.lease(requested)) }
            batch = Chunk(ratings: choose(at: now.monotonic), acceptancesWhenRefused: acceptances)
        }
        guard !batch.ratings.isEmpty else { return nil }
        if let start = lastStart?.advanced(by: limits.leastInterval), start > now.monotonic {
            return wait(start, as: .delivering)
        }
        if chunks.isEmpty { room.remove(batch.ratings) } else { chunks.removeLast() }
        sending = batch
        counters.batches += 1
        lastStart = now.monotonic
        return work(
            .deliver(
                batch.ratings.map { lease in
                    OutgoingRating(
                        id: lease.id, rating: lease.rating, personal: lease.personal, ordinal: lease.ordinal)
                }))
    }

    /// The next batch, oldest first; refused ratings go by themselves and in small groups, so that a group of them that
    /// is refused again stays below the number that is an outage.
    private func choose(at now: MonotonicInstant) -> [LeasedRating] {
        let due = room.due(at: now)
        if outage != nil {
            let least = due.min { (room.refusals(of: $0), $0.sequence) < (room.refusals(of: $1), $1.sequence) }
            return least.map { [$0] } ?? []
        }
        let refused = due.filter { room.refusals(of: $0) > 0 }.prefix(max(1, policy.refusalsToOutage / 2))
        let others = due.filter { room.refusals(of: $0) == 0 }.prefix(batchRecords)
        // After an acceptance it is the refused ones' turn, so that a stream of new ratings does not starve them.
        let group = others.isEmpty || lastBatchWasAccepted && !refused.isEmpty ? refused : others
        return Array(group.prefix(batchRecords))
    }

    /// Waits after a failure. Nothing stays leased meanwhile: the ratings count as pending, and an operator can act.
    private mutating func rest(until: MonotonicInstant, at now: CaptureTime) -> Action {
        releaseAll(at: now)
        if !unsettled.isEmpty {
            mayHavePending = true
            return work(.settle(unsettled))
        }
        return wait(until, as: .backingOff)
    }

    private mutating func idle(at now: CaptureTime) -> Action {
        releaseAll(at: now)
        if !unsettled.isEmpty { return work(.settle(unsettled)) }
        var until = room.nextDue
        if probes {
            let probeAt = nextProbeAt ?? now.monotonic
            if probeAt <= now.monotonic {
                if outage == nil { state = .idle }
                return .probe
            }
            until = min(until ?? probeAt, probeAt)
        }
        return wait(until, as: room.remembered.isEmpty ? .idle : .backingOff)
    }

    private mutating func wait(_ until: MonotonicInstant?, as waiting: ForwarderStatus.State) -> Action {
        state = outage == nil ? waiting : .outage
        return .wait(until: until)
    }

    private mutating func work(_ action: Action) -> Action {
        state = outage == nil ? .delivering : .outage
        return action
    }
}
