// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import UplinkAPI

extension DeliveryMachine {
    /// What became of the batch that was sent.
    mutating func take(_ report: DeliveryReport, at now: CaptureTime) {
        let batch = sending
        sending = Chunk(ratings: [], acceptancesWhenRefused: 0)
        lastBatchWasAccepted = false
        switch report {
        case .unreachable(let error, let mayHaveArrived, let retryAfter):
            exchangeFailed(error, retryAfter: retryAfter, at: now)
            let isHeld = mayHaveArrived && policy.onUnknown == .hold
            for lease in batch.ratings {
                if isHeld { room.forget(lease.sequence) }
                settle(lease, isHeld ? .unknown : .released, "", at: now)
            }
            releaseAll(at: now)
            mayHavePending = true
        case .refusedWhole(let answer):
            if batch.ratings.count > 1 {
                refusedWhole(batch, at: now)
            } else {
                refused(batch.ratings.map { ($0, answer) }, in: batch, isNamed: false, at: now)
            }
        case .answered(let outcomes): answered(batch, outcomes, at: now)
        }
    }

    private mutating func answered(_ batch: Chunk, _ outcomes: [DeliveryOutcome], at now: CaptureTime) {
        var refusals: [(LeasedRecord, String)] = []
        var postponed: [LeasedRecord] = []
        var isAccepted = false
        var isHandedOver = false
        for (index, lease) in batch.ratings.enumerated() {
            let outcome = index < outcomes.count ? outcomes[index] : DeliveryOutcome(.unknown, answer: "")
            switch outcome.verdict {
            case .accepted, .duplicate:
                isAccepted = true
                deliver(lease, outcome, at: now)
            case .rejected: refusals.append((lease, outcome.answer))
            case .retry(let after):
                postpone(lease, by: after, isSpokenOf: true, at: now.monotonic)
                postponed.append(lease)
            case .unknown where policy.onUnknown == .hold:
                room.forget(lease.sequence)
                settle(lease, .unknown, outcome.answer, at: now)
            case .awaitingReceipt:
                isHandedOver = true
                room.forget(lease.sequence)
                settle(lease, .unknown, outcome.answer, at: now)
            case .unknown:
                postpone(lease, by: nil, isSpokenOf: false, at: now.monotonic)
                postponed.append(lease)
            }
        }
        room.add(postponed)
        if isAccepted {
            accepted(at: now.monotonic)
            for (lease, answer) in refusals { park(lease, answer, at: now) }
            counters.refusals += Int64(refusals.count)
        } else if refusals.isEmpty, isHandedOver {
            // The line works: what it carried is answered later.
            lineFailure = nil
            answeredAtAll(at: now.monotonic)
        } else if refusals.isEmpty {
            exchangeFailed(.ratingsPutOff, retryAfter: nil, at: now)
        } else {
            refused(refusals, in: batch, isNamed: true, at: now)
        }
    }

    private mutating func deliver(_ lease: LeasedRecord, _ outcome: DeliveryOutcome, at now: CaptureTime) {
        let wasDuplicate = outcome.verdict == .duplicate
        room.forget(lease.sequence)
        settle(lease, .delivered(wasDuplicate: wasDuplicate), outcome.answer, at: now)
        if wasDuplicate { counters.duplicates += 1 } else { counters.accepted += 1 }
    }

    private mutating func accepted(at now: MonotonicInstant) {
        acceptances += 1
        lastAnswerAt = now
        lastBatchWasAccepted = true
        failures = 0
        refusalsInARow = 0
        lineFailure = nil
        endOutage(at: now)
        room.makeRefusedDue(at: now)
    }

    /// Refusals in an answer that accepted nothing; `isNamed` where it spoke of the ratings and not of the batch.
    private mutating func refused(
        _ refusals: [(LeasedRecord, String)], in batch: Chunk, isNamed: Bool, at now: CaptureTime
    ) {
        counters.refusals += Int64(refusals.count)
        refusalsInARow += refusals.count
        lineFailure = .ratingRefused
        let isOutage = refusalsInARow >= policy.refusalsToOutage
        var suspects: [LeasedRecord] = []
        for (lease, answer) in refusals {
            if !isOutage, isProven(against: lease, in: batch, isNamed: isNamed) {
                park(lease, answer, at: now)
            } else {
                suspect(lease, in: batch, at: now.monotonic)
                suspects.append(lease)
            }
        }
        room.add(suspects)
        if isOutage { refusalOutage(at: now) } else { answeredAtAll(at: now.monotonic) }
    }

    private mutating func refusedWhole(_ batch: Chunk, at now: CaptureTime) {
        counters.refusals += 1
        refusalsInARow += 1
        lineFailure = .ratingRefused
        let middle = batch.ratings.count / 2
        for half in [batch.ratings[middle...], batch.ratings[..<middle]] {
            chunks.append(
                Chunk(
                    ratings: Array(half), acceptancesWhenRefused: batch.acceptancesWhenRefused,
                    isLate: batch.isLate))
        }
        if refusalsInARow >= policy.refusalsToOutage {
            refusalOutage(at: now)
        } else {
            answeredAtAll(at: now.monotonic)
            notes.append(.halved(ratings: batch.ratings.count))
        }
    }

    /// Whether the uplink has accepted others since it refused this one first, so that the fault is the rating's own (G7).
    ///
    /// A batch of one that is refused whole may have been refused for the region's own reasons, so that counts less.
    private func isProven(against lease: LeasedRecord, in batch: Chunk, isNamed: Bool) -> Bool {
        let memory = room.remembered[lease.sequence]
        let refusals = memory?.refusals ?? 0
        let before = refusals > 0 ? memory?.acceptancesAtFirstRefusal ?? acceptances : batch.acceptancesWhenRefused
        return acceptances > before && (isNamed || refusals + 1 >= policy.unnamedRefusalsToPark)
    }

    private mutating func suspect(_ lease: LeasedRecord, in batch: Chunk, at now: MonotonicInstant) {
        var memory = room.remembered[lease.sequence] ?? Remembered(notBefore: now)
        if memory.refusals == 0 { memory.acceptancesAtFirstRefusal = batch.acceptancesWhenRefused }
        memory.refusals += 1
        memory.unspoken = 0
        // Where the region accepts others, the line is well and only this one is in question: it is settled soon.
        let isInQuestion = memory.refusals > 1 && acceptances > memory.acceptancesAtFirstRefusal
        memory.notBefore = now.advanced(by: backOff.wait(after: isInQuestion ? 1 : memory.refusals))
        room.remember(lease.sequence, memory)
    }

    private mutating func postpone(
        _ lease: LeasedRecord, by after: Duration?, isSpokenOf: Bool, at now: MonotonicInstant
    ) {
        counters.putOff += 1
        var memory = room.remembered[lease.sequence] ?? Remembered(notBefore: now)
        memory.postponements += 1
        memory.unspoken = isSpokenOf ? 0 : memory.unspoken + 1
        let asked = min(after ?? .zero, policy.mostRetryAfter)
        memory.notBefore = now.advanced(by: max(asked, backOff.wait(after: memory.postponements)))
        room.remember(lease.sequence, memory)
    }

    private mutating func park(_ lease: LeasedRecord, _ answer: String, at now: CaptureTime) {
        room.forget(lease.sequence)
        settle(lease, .parked, answer, at: now)
        counters.parked += 1
        notes.append(.parked(lease.id))
    }

    // MARK: The line

    private mutating func exchangeFailed(_ error: GatewayError, retryAfter: Duration?, at now: CaptureTime) {
        failures += 1
        counters.failures += 1
        lineFailure = error
        notes.append(.exchangeFailed(error, inARow: failures))
        slowDown(asked: retryAfter, at: now.monotonic)
        if failures >= policy.failuresToOutage { beginOutage(.unanswered, error, at: now.monotonic) }
    }

    private mutating func refusalOutage(at now: CaptureTime) {
        failures += 1
        slowDown(asked: nil, at: now.monotonic)
        beginOutage(.refusing, .ratingRefused, at: now.monotonic)
        releaseAll(at: now)
        mayHavePending = true
    }

    private mutating func slowDown(asked: Duration?, at now: MonotonicInstant) {
        let wait = max(backOff.wait(after: failures), min(asked ?? .zero, policy.mostRetryAfter))
        lineNotBefore = now.advanced(by: wait)
    }

    /// The region answered without accepting anything: that ends an outage of the line, not one of refusals.
    private mutating func answeredAtAll(at now: MonotonicInstant) {
        failures = 0
        if outage == .unanswered { endOutage(at: now) }
    }

    private mutating func beginOutage(_ kind: Outage, _ error: GatewayError, at now: MonotonicInstant) {
        if outage == nil {
            counters.outages += 1
            outageSince = now
            notes.append(.outageBegan(error))
        }
        outage = outage == .refusing ? .refusing : kind
    }

    /// Ends the outage. After a long one the drain waits for this hall's own share, because every hall comes back at once.
    mutating func endOutage(at now: MonotonicInstant) {
        guard outage != nil else { return }
        notes.append(.outageEnded)
        if let since = outageSince, since.duration(to: now) >= policy.spreadAfter {
            drainNotBefore = now.advanced(by: backOff.share(of: policy.mostSpread))
        }
        outage = nil
        outageSince = nil
    }
}
