// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite

extension RecordingRun {
    /// Holds back what a rating that is being recorded makes needless: the press that it corrects, and the invitation to
    /// its case.
    func supersede(
        by record: PreparedRecord, as body: RecordBody, _ receipts: inout Int64, _ added: inout CounterMoves
    ) throws {
        guard case .rating(let rating) = body, !record.isImported else { return }
        let ratings = store.uplinkNumbers.keys.filter { !$0.isOfInvitations }
        if let old = record.supersedes { try supersede(old, for: ratings, by: record, &receipts, &added) }
        if let reference = rating.caseReference, rating.level != nil, let old = try store.invitation(of: reference) {
            try supersede(old, for: store.queues(of: old), by: record, &receipts, &added)
        }
    }

    /// What an invitation need not be recorded for: an earlier one of its case and service, or a rating of these.
    func standing(for invitation: Invitation, as record: PreparedRecord) throws -> JournalSequence? {
        guard !record.isImported else { return nil }
        return try store.invitation(of: invitation.caseReference) ?? store.firstRating(of: invitation.caseReference)
    }

    /// Moves a record to superseded wherever it waits; what is lent, or settled, goes its way.
    private func supersede(
        _ old: JournalSequence, for uplinks: [UplinkName], by record: PreparedRecord, _ receipts: inout Int64,
        _ added: inout CounterMoves
    ) throws {
        for uplink in uplinks {
            guard let state = try store.supersedableState(of: old, for: uplink) else { continue }
            let move = Move(sequence: old, from: state, to: .held(.superseded), answer: "superseded by \(record.id)")
            try store.write(move, receipt: receipts + 1, for: uplink, at: record.recordedAt.canonicalBytes, &added)
            receipts += 1
        }
    }
}

extension JournalStore {
    /// The invitation of a case and service.
    func invitation(of reference: CaseReference) throws -> JournalSequence? {
        try statements.findInvitation.first(.text(reference.projectNumber), .text(reference.serviceNumber)) {
            $0.integer(0)
        }
    }

    /// The first rating of a case and service.
    func firstRating(of reference: CaseReference) throws -> JournalSequence? {
        try statements.firstBound.first(.text(reference.projectNumber), .text(reference.serviceNumber)) {
            $0.integer(0)
        }
    }

    /// The queues that a record was put into; none of one whose row is damaged, which its lease will tell.
    func queues(of sequence: JournalSequence) throws -> [UplinkName] {
        do {
            return try Routes.decode(recordRow(sequence).row.routes).map(\.0)
        } catch {
            guard JournalFailure(error).isOfOneRow else { throw error }
            return []
        }
    }

    /// The state in which a record waits for an uplink and can be superseded; `nil` for what is lent, sent or settled.
    func supersedableState(of sequence: JournalSequence, for uplink: UplinkName) throws -> DeliveryState? {
        guard !isLent(sequence, to: uplink) else { return nil }
        let number = try number(of: uplink)
        let waiting = [DeliveryState.pending] + HoldReason.allCases.filter { $0 != .superseded }.map { .held($0) }
        return try waiting.first { state in
            try statements.findDelivery.first(
                .integer(number), .integer(state.number), .integer(sequence), make: { $0.integer(0) }) != nil
        }
    }

    /// Holds an invitation back wherever it waits, because its case was rated elsewhere.
    func withdrawInvitation(of reference: CaseReference, answer: String, at time: CaptureTime) throws -> Int {
        guard let sequence = try invitation(of: reference) else { return 0 }
        var count = 0
        for uplink in try queues(of: sequence) {
            guard let state = try supersedableState(of: sequence, for: uplink) else { continue }
            let words = ReceiptRow.shortened(answer)
            let move = Move(sequence: sequence, from: state, to: .held(.superseded), answer: words)
            try self.move(
                [move], for: uplink, at: time.canonicalBytes, (.requeueBeforeCommit, .requeueAfterCommit))
            count += 1
        }
        return count
    }
}
