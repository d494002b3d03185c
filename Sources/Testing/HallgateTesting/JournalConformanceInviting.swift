// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

private let queue = JournalSamples.region.invitations

/// Invitations in a queue of their own: one for a case at most, and none for a case that was rated.
extension JournalConformance {
    static let inviting: [JournalCheck] = [
        JournalCheck(name: "an invitation waits in a queue of its own and counts as no rating") { journal, restart in
            let rating = JournalSamples.rating(1, press: JournalSamples.press(sequence: 1))
            let first = JournalSamples.invitation(2, case: "P1")
            _ = try await recordAll(journal, [rating, first])
            try await sound(journal, Conservation(recorded: 1, pending: 1))
            try await waiting(journal, Conservation(recorded: 1, held: [.answerable: 1]))
            // The same case again, by the same session or another, is there already; another service of it is not.
            let again = JournalSamples.invitation(3, case: "P1", session: 9)
            let other = JournalSamples.invitation(4, case: "P1", service: "2")
            let outcomes = try await journal.record([first, again, other])
            let expected: [RecordingOutcome] = [
                .duplicate(of: first.id), .duplicate(of: first.id), .recorded(3, other.id),
            ]
            try same(outcomes, expected, "outcomes")
            let restarted = try await restart(journal)
            try await waiting(restarted, Conservation(recorded: 2, held: [.answerable: 2]))
            try same(try await restarted.record([again]), [.duplicate(of: first.id)], "after a restart")
            try same(try await restarted.entry(first.id)?.body, first.body, "body")
            try same(try await restarted.places(of: first.id), [queue: .held(.answerable)], "place")
            try await sound(restarted, Conservation(recorded: 1, pending: 1))
        },
        JournalCheck(name: "an invitation goes once its time is over") { journal, restart in
            let draft = JournalSamples.invitation(1, case: "P1")
            _ = try await recordAll(journal, [draft])
            let wait = Duration.seconds(60)
            let early = try await journal.release(
                .answerable, olderThan: wait, atMost: 9, for: queue, at: JournalSamples.time(59_001))
            try same(early, HeldRelease(released: 0, nextDue: .seconds(1)), "too early")
            let restarted = try await restart(journal)
            let due = try await restarted.release(
                .answerable, olderThan: wait, atMost: 9, for: queue, at: JournalSamples.time(60_001))
            try same(due, HeldRelease(released: 1, nextDue: nil), "due")
            let lent = try await restarted.lease(9, for: queue)
            try same(lent.map(\.content), [draft.body.delivered], "lent")
            try same(lent.map(\.answeredBy), [nil], "nobody answered")
            try await restarted.settle(
                lent.map { JournalSamples.settlement($0.sequence, .delivered(wasDuplicate: false)) }, for: queue)
            try await waiting(try await restart(restarted), Conservation(recorded: 1, delivered: 1))
        },
        JournalCheck(name: "a rating of the case makes its invitation needless in the same transaction") {
            journal, restart in
            let reference = CaseReference(projectNumber: "P1", serviceNumber: "1")
            let draft = JournalSamples.invitation(1, case: "P1")
            let kept = JournalSamples.invitation(2, case: "P2")
            // One without a level, and one of another service, answer nothing.
            let timeout = JournalSamples.press(sequence: 1, outcome: .timedOut)
            let unrated = JournalSamples.rating(3, press: timeout, reference: reference)
            let elsewhere = JournalSamples.rating(
                4, press: JournalSamples.press(sequence: 2),
                reference: CaseReference(projectNumber: "P1", serviceNumber: "2"))
            _ = try await recordAll(journal, [draft, kept, unrated, elsewhere])
            try await waiting(journal, Conservation(recorded: 2, held: [.answerable: 2]))
            let rating = JournalSamples.rating(5, press: JournalSamples.press(sequence: 3), reference: reference)
            _ = try await recordAll(journal, [rating])
            try await waiting(journal, Conservation(recorded: 2, held: [.answerable: 1, .superseded: 1]))
            let restarted = try await restart(journal)
            try await waiting(restarted, Conservation(recorded: 2, held: [.answerable: 1, .superseded: 1]))
            let receipts = try await restarted.receipts(of: draft.id)
            try same(receipts.map(\.place), [.held(.superseded)], "receipts")
            try same(receipts.map(\.movedBy), [rating.id], "the rating is named")
            // Whoever rated is not invited later, and a second rating finds nothing to move.
            let late = JournalSamples.invitation(6, case: "P1", service: "2")
            try same(try await restarted.record([late]), [.duplicate(of: elsewhere.id)], "a case that was rated")
            let second = JournalSamples.rating(7, press: JournalSamples.press(sequence: 4), reference: reference)
            _ = try await recordAll(restarted, [second])
            try same(try await restarted.receipts(of: draft.id).count, 1, "one receipt")
        },
        JournalCheck(name: "an invitation that is lent goes on, and one that comes back says who answered") {
            journal, restart in
            let reference = CaseReference(projectNumber: "P1", serviceNumber: "1")
            let draft = JournalSamples.invitation(1, case: "P1", beginning: .pending)
            _ = try await recordAll(journal, [draft])
            let lent = try await journal.lease(9, for: queue)
            let rating = JournalSamples.rating(2, press: JournalSamples.press(sequence: 1), reference: reference)
            _ = try await recordAll(journal, [rating])
            try await waiting(journal, Conservation(recorded: 1, inFlight: 1))
            try await journal.settle(lent.map { JournalSamples.settlement($0.sequence, .released) }, for: queue)
            try same(try await journal.lease(9, for: queue).map(\.answeredBy), [rating.id], "answered by")
            let restarted = try await restart(journal)
            try same(try await restarted.requeue(.parked, for: queue), 0, "nothing is parked")
            let last = try await restarted.lease(9, for: queue)
            try await restarted.settle(
                last.map { JournalSamples.settlement($0.sequence, .held(.superseded)) }, for: queue)
            try await waiting(restarted, Conservation(recorded: 1, held: [.superseded: 1]))
        },
        JournalCheck(name: "the region's word that a case was rated withdraws its invitation where it waits") {
            journal, restart in
            let reference = CaseReference(projectNumber: "P1", serviceNumber: "1")
            let withdraw = { (journal: any RatingJournal) in
                try await journal.withdrawInvitation(
                    of: reference, answer: "rated at the region", at: JournalSamples.time(9))
            }
            try same(try await withdraw(journal), 0, "there is none")
            let draft = JournalSamples.invitation(1, case: "P1")
            _ = try await recordAll(journal, [draft, JournalSamples.invitation(2, case: "P2")])
            try same(try await withdraw(journal), 1, "withdrawn")
            try same(try await withdraw(journal), 0, "once")
            let restarted = try await restart(journal)
            try await waiting(restarted, Conservation(recorded: 2, held: [.answerable: 1, .superseded: 1]))
            let receipts = try await restarted.receipts(of: draft.id)
            try same(receipts.map(\.answer), ["rated at the region"], "the receipt's words")
            try same(receipts.map(\.movedBy), [nil], "no record moved it")
        },
    ]

    /// Fails a check unless the queue of invitations has these counters and the journal verifies.
    private static func waiting(
        _ journal: any RatingJournal, _ expected: Conservation, line: UInt = #line
    ) async throws {
        try same(try await journal.conservation(for: queue), expected, "invitations", line: line)
        try same(expected.holds, true, "conservation", line: line)
        try same(try await journal.verify().findings, [], "findings", line: line)
    }
}
