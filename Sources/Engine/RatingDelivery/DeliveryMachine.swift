// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import UplinkAPI

/// Decides what a forwarder does next; it reads no clock and touches neither journal nor region.
///
/// One step is under way at a time. Each event but ``stop()`` is the end of the step the last actions asked for, and
/// is answered with notes for the log and exactly one further step.
///
/// Poison is told from outage as G7 says. A refused rating is tried again after a growing wait, and at once when the
/// region accepts something. It is parked when the region accepts something in the same answer, or has accepted
/// something since it refused the rating first. Twenty refusals in a row without an acceptance are an outage: nothing
/// is parked, everything goes back to pending, and single ratings are tried, those never refused first.
struct DeliveryMachine: Sendable {
    enum Event: Sendable {
        case started
        /// The wait is over, or a rating was committed meanwhile.
        case waited(wasWoken: Bool)
        case leased([LeasedRecord])
        case leaseFailed(GatewayError)
        case reported(DeliveryReport)
        case settled
        case settleFailed(GatewayError)
        case probed(ProbeResult?)
        case released(HoldReason, HeldRelease)
    }

    enum Action: Sendable, Equatable {
        case note(DeliveryNote)
        case lease(Int)
        case deliver([OutgoingRecord])
        case settle([Settlement])
        case probe
        /// Lets go what is held for a reason and was recorded so long ago.
        case release(HoldReason, olderThan: Duration)
        /// Until then, or until a rating is committed, whichever is first.
        case wait(until: MonotonicInstant?)
        /// Everything known is settled, or the journal refuses it for good.
        case finish
    }

    enum Outage: Sendable {
        case unanswered
        case refusing
    }

    /// Part of a batch that was refused whole.
    struct Chunk: Sendable {
        var ratings: [LeasedRecord]
        var acceptancesWhenRefused: Int
        /// Whether it goes by the region's call for late ratings.
        var isLate = false
        /// Whether it is of responses to questionnaires, which go by a call of their own.
        var isOfResponses: Bool { ratings.first.map { $0.rating == nil } ?? false }
    }

    let policy: DeliveryPolicy
    private(set) var limits: UplinkLimits
    var backOff: BackOff

    var room = WaitingRoom()
    var chunks: [Chunk] = []
    var sending = Chunk(ratings: [], acceptancesWhenRefused: 0)
    var unsettled: [Settlement] = []

    /// Whether the journal may hold pending ratings that are not leased.
    var mayHavePending = true
    var requested = 0
    var isStopping = false
    var failures = 0
    var refusalsInARow = 0
    var acceptances = 0
    var lastBatchWasAccepted = false
    var outage: Outage?
    var outageSince: MonotonicInstant?
    /// Before this moment single ratings go, because every hall comes back at once after a long outage.
    var drainNotBefore: MonotonicInstant?
    var releases: ReleaseSchedule
    var lineNotBefore: MonotonicInstant?
    var lastStart: MonotonicInstant?
    var journalFailures = 0
    var journalNotBefore: MonotonicInstant?
    var nextProbeAt: MonotonicInstant?
    var probes: Bool

    var state = ForwarderStatus.State.idle
    var lastAnswerAt: MonotonicInstant?
    var lineFailure: GatewayError?
    var journalFailure: GatewayError?
    var counters = ForwarderStatus.Counters()
    var notes: [DeliveryNote] = []

    init(policy: DeliveryPolicy, limits: UplinkLimits, seed: UInt64) {
        self.policy = policy
        self.limits = limits
        releases = ReleaseSchedule(limits)
        backOff = BackOff(first: policy.firstBackOff, most: policy.mostBackOff, seed: seed)
        probes = policy.probeInterval != nil
    }

    var batchRecords: Int { min(max(1, limits.batchRecords), Limits.batchRecords) }

    /// From now on responses to questionnaires are sent and not held.
    mutating func takeQuestionnaires() { limits.takesQuestionnaires = true }

    /// From now on nothing is leased or sent; what is known is settled and the rest released.
    mutating func stop() { isStopping = true }

    mutating func handle(_ event: Event, at now: CaptureTime) -> [Action] {
        notes = []
        switch event {
        case .started: break
        case .waited(let wasWoken):
            let isDue = room.nextDue.map { $0 <= now.monotonic } ?? false
            if wasWoken || isDue { mayHavePending = true }
            if wasWoken { tryNewRatingEarly() }
        case .leased(let ratings): take(ratings, at: now)
        case .leaseFailed(let error): journalFailed(error, at: now)
        case .reported(let report): take(report, at: now)
        case .settled:
            unsettled = []
            journalWorked()
        case .settleFailed(let error): journalFailed(error, at: now)
        case .probed(let result): take(result, at: now.monotonic)
        case .released(let reason, let release):
            journalWorked()
            if release.released > 0 { mayHavePending = true }
            releases.answered(reason, release, at: now.monotonic)
        }
        let step = next(at: now)
        return notes.map { .note($0) } + [step]
    }

    private mutating func take(_ ratings: [LeasedRecord], at now: CaptureTime) {
        journalWorked()
        var deliverable: [LeasedRecord] = []
        for rating in ratings {
            guard let reason = reasonToHold(rating) else {
                deliverable.append(rating)
                continue
            }
            room.forget(rating.sequence)
            settle(rating, .held(reason), rating.answeredBy.map { "superseded by \($0)" } ?? "", at: now)
        }
        room.add(deliverable)
        if ratings.count < requested {
            mayHavePending = false
            room.forgetAllButLeased()
        }
    }

    /// A rating that was never refused is the best trial there is in an outage of refusals: it need not wait its turn.
    private mutating func tryNewRatingEarly() {
        guard outage == .refusing, let until = lineNotBefore, let last = lastStart else { return }
        lineNotBefore = min(until, last.advanced(by: policy.firstBackOff))
    }

    private func reasonToHold(_ lease: LeasedRecord) -> HoldReason? {
        let rating: Rating
        switch lease.content {
        case .questionnaire: return limits.takesQuestionnaires ? nil : .questionnaire
        case .invitation: return lease.answeredBy == nil ? nil : .superseded
        case .rating(let found): rating = found
        }
        if rating.level == nil, !limits.takesUnrated { return .unrated }
        if rating.caseReference == nil, !limits.takesUnmatched { return .unmatched }
        if rating.caseReference != nil, lease.ordinal > limits.ratingsPerCase { return .contested }
        return nil
    }

    private mutating func take(_ result: ProbeResult?, at now: MonotonicInstant) {
        nextProbeAt = policy.probeInterval.map { now.advanced(by: $0) }
        switch result {
        case nil: probes = false
        case .answered:
            lastAnswerAt = now
            lineFailure = nil
            if outage == .unanswered { endOutage(at: now) }
        case .failed(let error):
            lineFailure = error
            notes.append(.probeFailed(error))
        }
    }

    // MARK: Journal

    mutating func settle(_ lease: LeasedRecord, _ result: SettlementResult, _ answer: String, at now: CaptureTime) {
        unsettled.append(Settlement(sequence: lease.sequence, result: result, answer: answer, settledAt: now))
    }

    /// Gives every rating back that is leased and not settled.
    mutating func releaseAll(at now: CaptureTime) {
        for lease in room.removeAll() + chunks.flatMap(\.ratings) { settle(lease, .released, "", at: now) }
        chunks = []
    }

    private mutating func journalFailed(_ error: GatewayError, at now: CaptureTime) {
        journalFailures += 1
        counters.journalFailures += 1
        journalNotBefore = now.monotonic.advanced(by: backOff.wait(after: journalFailures))
        if journalFailure == nil { notes.append(.journalFailed(error)) }
        journalFailure = error
    }

    private mutating func journalWorked() {
        journalFailures = 0
        journalNotBefore = nil
        journalFailure = nil
    }
}
