// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

/// What halls hand over beside ratings: responses to questionnaires, and invitations.
extension RegionCore {
    func take(
        _ responses: [ReceivedResponse], _ decision: inout FaultPlan.Decision
    ) throws(SQLiteError) -> [RecordAnswer] {
        try takeEach(responses, &decision) { (response, decision) throws(SQLiteError) in
            var answer = RecordAnswer(id: response.id, result: .accepted)
            if !(rules.channels?.contains(response.pf) ?? !response.pf.isEmpty) {
                (answer.result, answer.message) = (.rejected, "渠道编码错误")
            } else if response.questionnaire.isEmpty || response.count == 0 {
                (answer.result, answer.message) = (.rejected, "问卷内容不完整")
            } else if let fault = fault(&decision, "问卷数据校验不通过") {
                (answer.result, answer.message) = fault
            } else if try !store.accept(response) {
                (answer.result, answer.message) = (.duplicate, "问卷已接收")
            }
            return answer
        }
    }

    func take(
        _ invitations: [ReceivedInvitation], _ decision: inout FaultPlan.Decision
    ) throws(SQLiteError) -> [RecordAnswer] {
        try takeEach(invitations, &decision) { (invitation, decision) throws(SQLiteError) in
            var answer = RecordAnswer(id: invitation.id, result: .accepted)
            if let complaint = invitation.complaint {
                (answer.result, answer.message) = (.rejected, complaint)
            } else if requiresCase,
                try !store.holdsCase(projectNo: invitation.projectNo, serviceNumber: invitation.serviceNumber)
            {
                (answer.result, answer.message) = (.rejected, "办件不存在")
            } else if let fault = fault(&decision, "邀评数据校验不通过") {
                (answer.result, answer.message) = fault
            } else {
                switch try store.accept(invitation) {
                case .kept: break
                case .known: (answer.result, answer.message) = (.duplicate, "邀评已接收")
                case .invited: (answer.result, answer.message) = (.duplicate, "该办件已邀评")
                case .rated: (answer.result, answer.message) = (.duplicate, "该办件已评价")
                }
            }
            return answer
        }
    }

    /// Answers each of a batch and keeps the refusals.
    private func takeEach<Received>(
        _ batch: [Received], _ decision: inout FaultPlan.Decision,
        _ answer: (Received, inout FaultPlan.Decision) throws(SQLiteError) -> RecordAnswer
    ) throws(SQLiteError) -> [RecordAnswer] {
        var results: [RecordAnswer] = []
        for received in batch {
            let answer = try answer(received, &decision)
            if answer.result == .rejected || answer.result == .retry { try store.refuse(answer, press: nil) }
            results.append(answer)
        }
        if decision.kind == .omit, !results.isEmpty { results.removeFirst() }
        return results
    }

    /// The fault that decides a single record, with what it says.
    private func fault(
        _ decision: inout FaultPlan.Decision, _ refusal: String
    ) -> (RecordAnswer.Result, String)? {
        guard let fault = plan.decideRating(at: ContinuousClock.now - started) else { return nil }
        decision.fired.append(fault.name)
        return fault == .retry ? (.retry, "请稍后重试") : (.rejected, refusal)
    }
}
