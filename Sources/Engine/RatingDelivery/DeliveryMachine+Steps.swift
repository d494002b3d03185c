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
        if let due = releases.due(at: now.monotonic) { return .release(due.reason, olderThan: due.age) }
        if let until = lineNotBefore {
            if until > now.monotonic { return rest(until: until, at: now) }
            lineNotBefore = nil
        }
        if let action = leaseOrDeliver(at: now) { return action }
        return idle(at: now)
    }

    private mutating func leaseOrDeliver(at now: CaptureTime) -> Action? {
        let batch: Chunk
        dropHeldBackFromChunk()
        if let chunk = chunks.last {
            batch = chunk
        } else {
            let canFill =
                !room.isFull || room.nextDue.map { $0 <= now.monotonic } ?? false
            requested = mayHavePending && canFill ? leaseCount(at: now.monotonic) : 0
            if requested > 0 { return work(.lease(requested)) }
            batch = choose(at: now)
        }
        guard !batch.ratings.isEmpty else { return nil }
        if let start = lastStart?.advanced(by: leastInterval(at: now.monotonic)), start > now.monotonic {
            return wait(start, as: .delivering)
        }
        if chunks.isEmpty { room.remove(batch.ratings) } else { chunks.removeLast() }
        sending = batch
        counters.batches += 1
        lastStart = now.monotonic
        return work(
            .deliver(
                batch.ratings.map { lease in
                    OutgoingRecord(
                        id: lease.id, content: lease.content, personal: lease.personal, ordinal: lease.ordinal,
                        isLate: batch.isLate)
                }))
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
        var until = [room.nextDue(after: now.monotonic), releases.nextDue].compactMap { $0 }.min()
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
