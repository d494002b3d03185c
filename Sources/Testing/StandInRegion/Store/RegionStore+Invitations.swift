// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

extension RegionStore {
    /// What became of an invitation that was handed over.
    enum InvitationFate: Sendable, Hashable {
        /// It is kept: the case can be invited to.
        case kept
        /// Its id is known.
        case known
        /// Another invitation of its case is kept.
        case invited
        /// The case has been rated.
        case rated
    }

    /// Keeps an invitation, or says why nobody need be written to because of it.
    func accept(_ invitation: ReceivedInvitation) throws(SQLiteError) -> InvitationFate {
        let body = [invitation.projectNo, invitation.serviceNumber, invitation.askTime, invitation.endTime].joined(
            separator: " ")
        if let known = try database.prepare("SELECT body FROM invitations WHERE id = ?1").first(
            .text(invitation.id), make: { $0.text(0) })
        {
            try database.prepare(
                "UPDATE invitations SET arrivals = arrivals + 1, altered = altered + ?2 WHERE id = ?1"
            ).run(.text(invitation.id), .integer(known == body ? 0 : 1))
            return .known
        }
        if try holdsRating(of: invitation.key) { return .rated }
        let isInvited = try database.prepare(
            "SELECT 1 FROM invitations WHERE projectNo = ?1 AND serviceNumber = ?2"
        ).first(.text(invitation.projectNo), .text(invitation.serviceNumber)) { $0.integer(0) }
        if isInvited != nil { return .invited }
        try database.prepare(
            """
            INSERT INTO invitations(id, projectNo, serviceNumber, window, session, body, received_at) \
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """
        ).run(
            .text(invitation.id), .text(invitation.projectNo), .text(invitation.serviceNumber),
            .text(invitation.window), .text(invitation.session), .text(body), .integer(now))
        return .kept
    }
}
