// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import OperatorAPI
import RatingDelivery
import RatingModel
import RegionProfiles

extension GatewayOperator {
    /// Ratings moved by one decision: a transaction that presses wait behind for a few milliseconds.
    private static var ratingsPerDecision: Int { 1000 }

    private var queue: GatewayQueue { GatewayQueue(journal: gateway.journal, viewer: .operating) }

    func queue(_ request: QueueRequest) async throws(GatewayError) -> QueueReport { try await queue.list(request) }

    func verifyQueue() async throws(GatewayError) -> QueueVerification { try await queue.verify() }

    func why(_ request: WhyRequest) async throws(GatewayError) -> WhyReport {
        try await why(request, for: .operating)
    }

    /// What is known of a record, as a viewer may see it.
    func why(_ request: WhyRequest, for viewer: QueueViewer) async throws(GatewayError) -> WhyReport {
        let mask = FrameMask(devices: configuration.devices)
        let forwarders = gateway.allForwarders
        let uplinks = configuration.uplinks
        return try await GatewayQueue(journal: gateway.journal, viewer: viewer).why(
            request, masked: mask.text,
            systemText: { name, rating in uplinks.first { $0.name == name }?.region.systemText(for: rating) }
        ) { uplink, id in
            await forwarders.first { $0.name == uplink }?.forwarder.attempts(of: id) ?? []
        }
    }

    // MARK: Steps

    func retry(_ request: RetryRequest) async throws(GatewayError) -> QueueStepReport {
        let decision = OperatorDecision(.retried, origin: .operatorSocket, user: try checked(request.user))
        let uplinks = try await queue.uplinks(named: request.uplink)
        let report =
            if let text = request.id {
                try await retry(try await known(text), for: uplinks, by: decision)
            } else {
                try await retryAll(of: request.state ?? "", for: uplinks, by: decision)
            }
        for each in gateway.allForwarders { each.forwarder.wake() }
        logger.notice(
            "ratings are sent again", metadata: ["user": "\(request.user)", "ratings": "\(report.ratings)"])
        return report
    }

    private func retry(
        _ id: RecordID, for uplinks: [UplinkName], by decision: OperatorDecision
    ) async throws(GatewayError) -> QueueStepReport {
        var report = QueueStepReport(ratings: 0, decisions: [])
        for uplink in uplinks {
            let about = decision.about(OperatorDecision.Subject(rating: id, uplink: uplink))
            try await carryOut(.retry(id), for: uplink, by: about, into: &report)
        }
        guard report.ratings > 0 else { throw .notStopped("\(id)", places: try await placesText(id)) }
        return report
    }

    private func retryAll(
        of state: String, for uplinks: [UplinkName], by decision: OperatorDecision
    ) async throws(GatewayError) -> QueueStepReport {
        let places = RatingPlace.places(state).filter { $0 == .parked || $0 == .unknown || $0 == .held(.unanswered) }
        guard !places.isEmpty else { throw .noState(state, known: ["parked", "unknown", "held:unanswered"]) }
        var report = QueueStepReport(ratings: 0, decisions: [])
        for uplink in uplinks {
            let about = decision.about(OperatorDecision.Subject(uplink: uplink))
            for place in places {
                // What the region refuses again while this goes on is not sent a third time.
                var left = Int(clamping: try await gateway.journal.conservation(for: uplink).count(in: place))
                while left > 0 {
                    let step = QueueStep.retryAll(in: place, atMost: min(left, Self.ratingsPerDecision))
                    let before = report.ratings
                    try await carryOut(step, for: uplink, by: about, into: &report)
                    guard report.ratings > before else { break }
                    left -= report.ratings - before
                }
            }
        }
        return report
    }

    /// It moves nothing: a second person of another role has to agree.
    func proposeSetAside(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        let (id, uplink) = try await removable(request)
        let decision = draft(
            OperatorDecision(
                .setAsideProposed, origin: .operatorSocket, user: try checked(request.user),
                reason: try explained(request.reason), subject: OperatorDecision.Subject(rating: id, uplink: uplink)))
        for case .failed(let error) in try await gateway.journal.record([decision.record]) { throw error }
        logger.notice(
            "it is proposed to set a rating aside", metadata: ["user": "\(request.user)", "rating": "\(id)"])
        return QueueStepReport(ratings: 1, decisions: ["\(decision.id)"])
    }

    /// The second person's word, which an operator's socket cannot give.
    func confirmSetAside(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        let user = try checked(request.user)
        let reason = try explained(request.reason)
        let (id, uplink) = try await removable(request)
        let proposal = SetAsideRule.openProposal(
            among: try await gateway.journal.entries(beside: id), for: uplink,
            after: try await gateway.journal.receipts(of: id).last { $0.uplink == uplink })
        guard let proposal else { throw .notProposed("\(id)") }
        guard SetAsideRule.isAnotherPerson(user, than: proposal) else { throw .samePerson(user) }
        let decision = OperatorDecision(
            .setAside, origin: .auditorSocket, user: user, reason: reason,
            subject: OperatorDecision.Subject(rating: id, uplink: uplink))
        var report = QueueStepReport(ratings: 0, decisions: [])
        try await carryOut(.setAside(id), for: uplink, by: decision, into: &report)
        guard report.ratings > 0 else { throw .notStopped("\(id)", places: try await placesText(id)) }
        logger.notice("a rating is set aside", metadata: ["user": "\(user)", "rating": "\(id)"])
        return report
    }

    func discard(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        guard let id = RecordID(request.id) else { throw .noRecord(request.id) }
        let decision = OperatorDecision(
            .discarded, origin: .operatorSocket, user: try checked(request.user),
            reason: try explained(request.reason), subject: OperatorDecision.Subject(rating: id))
        var report = QueueStepReport(ratings: 0, decisions: [])
        for uplink in try await queue.uplinks(named: request.uplink) {
            try await carryOut(.discard(id), for: uplink, by: decision, into: &report)
        }
        guard report.ratings > 0 else {
            _ = try await known(request.id)
            throw .isReadable(request.id)
        }
        logger.notice("an unreadable record is discarded", metadata: ["user": "\(request.user)", "record": "\(id)"])
        return report
    }

    // MARK: Parts

    private func carryOut(
        _ step: QueueStep, for uplink: UplinkName, by decision: OperatorDecision, into report: inout QueueStepReport
    ) async throws(GatewayError) {
        let draft = draft(decision)
        let count = try await gateway.journal.carryOut(step, for: uplink, by: draft)
        guard count > 0 else { return }
        report.ratings += count
        report.decisions.append("\(draft.id)")
    }

    private func known(_ text: String) async throws(GatewayError) -> RecordID {
        guard let id = RecordID(text), try await gateway.journal.entry(id) != nil else { throw .noRecord(text) }
        return id
    }

    /// The rating and the one uplink for which it is to be set aside.
    private func removable(_ request: SetAsideRequest) async throws(GatewayError) -> (RecordID, UplinkName) {
        let id = try await known(request.id)
        let uplinks = try await queue.uplinks(named: request.uplink)
        let places = try await gateway.journal.places(of: id).filter {
            uplinks.contains($0.key) && $0.value.isRemovable
        }
        guard places.count == 1, let uplink = places.keys.first else {
            throw .notStopped("\(id)", places: try await placesText(id))
        }
        return (id, uplink)
    }

    private func placesText(_ id: RecordID) async throws(GatewayError) -> String {
        try await gateway.journal.places(of: id).sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value.word(for: .operating))" }.joined(separator: ", ")
    }

    private func explained(_ reason: String) throws(GatewayError) -> String {
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= Limits.identifierBytes * 4 else {
            throw .setAsideUnexplained
        }
        return reason
    }
}

extension Conservation {
    /// How many are in a place.
    fileprivate func count(in place: RatingPlace) -> Int64 {
        switch place {
        case .pending: pending
        case .inFlight: inFlight
        case .unknown: unknown
        case .parked: parked
        case .setAside: setAside
        case .delivered: delivered
        case .held(let reason): held[reason, default: 0]
        }
    }
}
