// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import OperatorAPI
import RatingModel

/// Answers the auditor's socket for a running gateway: it looks, and agrees to what an operator proposed.
struct GatewayAuditor: AuditorService {
    let service: GatewayOperator

    private var queue: GatewayQueue { GatewayQueue(journal: service.gateway.journal, viewer: .auditing) }

    func queue(_ request: QueueRequest) async throws(GatewayError) -> QueueReport {
        let report = try await queue.list(request)
        service.logger.notice(
            "an auditor looks at the queue",
            metadata: ["state": "\(request.state ?? "stopped")", "records": "\(report.records.count)"])
        return report
    }

    /// Auditors read a region's words that operators do not, so each look is logged.
    func why(_ request: WhyRequest) async throws(GatewayError) -> WhyReport {
        let report = try await service.why(request, for: .auditing)
        service.logger.notice("an auditor looks at a record", metadata: ["record": "\(report.id)"])
        return report
    }

    func verifyQueue() async throws(GatewayError) -> QueueVerification { try await queue.verify() }

    func confirmSetAside(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        try await service.confirmSetAside(request)
    }
}
