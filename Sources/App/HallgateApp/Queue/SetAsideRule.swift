// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

/// Who may set a rating aside: two people of two roles (G7).
///
/// The role is the socket a word came on, which the groups of the sockets guard. The name is the client's word, so that
/// a second name alone proves nothing; it keeps one person who is in both groups from agreeing with themselves unseen.
enum SetAsideRule {
    /// The newest proposal for an uplink that still stands: the rating has not moved since it was made.
    static func openProposal(
        among entries: [JournalEntry], for uplink: UplinkName, after last: Receipt?
    ) -> OperatorDecision? {
        for entry in entries.reversed() {
            guard case .decision(let decision) = entry.body, decision.kind == .setAsideProposed,
                decision.origin == .operatorSocket, decision.subject?.uplink == uplink
            else { continue }
            return isNewer(entry, than: last, among: entries) ? decision : nil
        }
        return nil
    }

    /// A retry is a record beside the rating, so the chain tells the order where a clock could not.
    private static func isNewer(_ proposal: JournalEntry, than last: Receipt?, among entries: [JournalEntry]) -> Bool {
        guard let last else { return true }
        if let mover = last.movedBy, let entry = entries.first(where: { $0.id == mover }) {
            return entry.sequence < proposal.sequence
        }
        let (before, then) = (last.settledAt, proposal.recordedAt)
        return before.boot == then.boot ? before.monotonic <= then.monotonic : before.wall <= then.wall
    }

    /// Whether somebody else agrees than who proposed, however the name is written.
    static func isAnotherPerson(_ user: String, than proposal: OperatorDecision) -> Bool {
        let plain = { (name: String) in name.lowercased().filter { !$0.isWhitespace } }
        return proposal.user.map { plain($0) != plain(user) } ?? false
    }
}
