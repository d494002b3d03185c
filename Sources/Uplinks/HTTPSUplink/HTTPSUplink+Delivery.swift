// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Synchronization
public import UplinkAPI

extension HTTPSUplink {
    /// What is known of a batch on its way: an outcome each, where there is one already.
    struct Course {
        let batch: [OutgoingRecord]
        var outcomes: [DeliveryOutcome?]

        /// The places of the ratings nothing is known of.
        var open: [Int] { outcomes.indices.filter { outcomes[$0] == nil } }
    }

    public func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        guard batch.count <= limits.batchRecords else {
            // Nothing is sent of a batch that is larger than was agreed; the engine halves it.
            return .refusedWhole(
                answer: "not sent: \(batch.count) ratings at once, the limit is \(limits.batchRecords)")
        }
        var course = Course(batch: batch, outcomes: batch.map { coding.canState($0) ? nil : .notStatable })
        do throws(ExchangeFailure) {
            try await askOfDoubtful(&course)
            try await bringCases(&course)
            return try await handOver(course)
        } catch {
            return .unreachable(error.error, mayHaveArrived: error.mayHaveArrived, retryAfter: error.retryAfter)
        }
    }

    /// Hands over what is still open and puts its outcomes between those known already.
    private func handOver(_ course: Course) async throws(ExchangeFailure) -> DeliveryReport {
        var course = course
        let open = course.open
        guard !open.isEmpty else { return answered(course) }
        let ratings = open.map { course.batch[$0] }
        let report: DeliveryReport
        do throws(ExchangeFailure) {
            let reply = try await line.reply { access throws(GatewayError) in
                try coding.call(handingOver: ratings, access: access)
            }
            guard let reply else { throw ExchangeFailure(.noSuchCall, mayHaveArrived: false) }
            report = coding.report(reply, on: ratings, at: line.carrier.clock.now().wall)
        } catch {
            if error.mayHaveArrived { doubt(ratings) }
            throw error
        }
        switch report {
        case .answered(let outcomes):
            for (place, outcome) in zip(open, outcomes) { course.outcomes[place] = outcome }
            return answered(course)
        case .refusedWhole(let answer):
            guard open.count < course.batch.count else { return report }
            // Halving the batch would forget what is known of its other ratings; the refused go again by themselves.
            for place in open { course.outcomes[place] = DeliveryOutcome(.retry(after: nil), answer: answer) }
            return answered(course)
        case .unreachable(_, let mayHaveArrived, _):
            if mayHaveArrived { doubt(ratings) }
            return report
        }
    }

    /// The outcomes of a batch, and what they teach about its ratings and their cases.
    private func answered(_ course: Course) -> DeliveryReport {
        let outcomes = course.outcomes.map { $0 ?? DeliveryOutcome(.unknown, answer: "") }
        memory.withLock { memory in
            memory.wasAnswered = memory.wasAnswered || !outcomes.isEmpty
            for (rating, outcome) in zip(course.batch, outcomes) {
                switch outcome.verdict {
                case .unknown, .awaitingReceipt: memory.doubtful.insert(rating.id)
                case .accepted, .duplicate: memory.doubtful.remove(rating.id)
                case .retry, .rejected:
                    memory.doubtful.remove(rating.id)
                    // It may be for the sake of the case: it is brought, or looked up, again.
                    if let reference = rating.caseToBring { memory.cases.remove(reference) }
                }
            }
        }
        return .answered(outcomes)
    }

    private func doubt(_ ratings: [OutgoingRecord]) {
        memory.withLock { memory in for rating in ratings { memory.doubtful.insert(rating.id) } }
    }

    // MARK: Questions before a batch

    /// Asks what the region has of ratings that may have arrived, where its interface has words for that: what it
    /// holds is done, what it does not hold is sent.
    private func askOfDoubtful(_ course: inout Course) async throws(ExchangeFailure) {
        // All else is sent again under its id: what a region answers to this is about ratings.
        let open = course.open.filter { course.batch[$0].rating != nil }
        let places = memory.withLock { memory in
            open.filter { !memory.wasAnswered || memory.doubtful.contains(course.batch[$0].id) }
        }
        guard !places.isEmpty else { return }
        let ratings = places.map { course.batch[$0] }
        guard let reply = try await line.ask(.outcomes(ratings)) else { return }
        if let failure = ExchangeFailure(status: reply, mayHaveArrived: true) { throw failure }
        let outcomes: [DeliveryOutcome]
        do throws(GatewayError) { outcomes = try coding.outcomes(in: reply, of: ratings) } catch {
            throw ExchangeFailure(error, mayHaveArrived: true)
        }
        for (place, outcome) in zip(places, outcomes) {
            // `retry` says that the region does not hold it.
            if case .retry = outcome.verdict { continue }
            course.outcomes[place] = outcome
        }
    }

    /// Files the cases of a batch, or looks them up, as the profile says; ratings of a case the region does not hold
    /// yet are put off. What there is no time for is put off, too, so that a slow region does not hold the line.
    private func bringCases(_ course: inout Course) async throws(ExchangeFailure) {
        let end = ContinuousClock.now + line.carrier.exchange.limit
        for place in course.open {
            guard let reference = course.batch[place].caseToBring else { continue }
            if memory.withLock({ $0.cases.contains(reference) }) { continue }
            guard ContinuousClock.now < end else {
                course.outcomes[place] = .caseNotHeld
                continue
            }
            guard let isHeld = try await isHeld(reference) else { return }
            if isHeld {
                memory.withLock { $0.cases.insert(reference) }
            } else {
                course.outcomes[place] = .caseNotHeld
            }
        }
    }

    /// Whether the region holds a case once it was filed or looked up; `nil` where its interface has no call for that.
    private func isHeld(_ reference: CaseReference) async throws(ExchangeFailure) -> Bool? {
        do throws(ExchangeFailure) {
            if let reply = try await line.ask(.fileCase(reference)) { return try holdsCase(reply) }
            if let reply = try await line.ask(.lookUpCase(reference)) { return try holdsCase(reply) }
            return nil
        } catch {
            // The case may have arrived; none of the ratings was sent.
            throw ExchangeFailure(error.error, mayHaveArrived: false, retryAfter: error.retryAfter)
        }
    }

    /// What an answer says of a case; a refusal of one case says nothing of the line.
    private func holdsCase(_ reply: RegionReply) throws(ExchangeFailure) -> Bool {
        let isRefusal = [400, 409, 413, 422].contains(reply.status)
        if !isRefusal, let failure = ExchangeFailure(status: reply) { throw failure }
        do throws(GatewayError) { return try coding.holdsCase(reply) } catch {
            if isRefusal { return false }
            throw ExchangeFailure(error, mayHaveArrived: false)
        }
    }
}

extension OutgoingRecord {
    /// The case without which the region would refuse it; a response to a questionnaire needs none.
    fileprivate var caseToBring: CaseReference? { content.response == nil ? content.caseReference : nil }
}

extension DeliveryOutcome {
    /// A rating whose case the region does not know yet, so that it would be refused.
    fileprivate static let caseNotHeld = DeliveryOutcome(
        .retry(after: nil), answer: "not sent: the region does not hold the case yet")
}
