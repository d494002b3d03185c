// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import RatingIntake
import RatingModel
import WindowSessions

/// Sessions that ended without an answer, and the region's word to invite those who were asked.
extension PressReception {
    /// The record's id follows from the session, so that however often this is tried there is one record. The invitation is
    /// in the same transaction: a daemon that is killed leaves both or none.
    func recordNoAnswer(of session: WindowSession) async {
        let id = RecordID(at: session.openedAt.wall, random: (UInt64(session.number), 0x6E6F_2D61_6E73_7765))
        let end = NoAnswer(session: session.number, window: session.window)
        let now = clock.now()
        let invitation = invitation(of: session, endedAt: now, recordedAt: now)
        do throws(GatewayError) {
            let (outcome, others) = try await intake.record(
                RecordDraft(id: id, body: .noAnswer(end), recordedAt: now), with: invitation)
            for case .failed(let error) in others { logInvitation(error) }
            if case .failed(let error) = outcome { throw error }
            await handle(.noAnswerRecorded(session.number))
        } catch {
            logger.error("a missing answer was not recorded", metadata: ["error": "\(error)"])
        }
    }

    /// The draft of an invitation, where a region takes such and there is a case to ask about; empty otherwise.
    func invitation(of session: WindowSession, endedAt: CaptureTime, recordedAt: CaptureTime) -> [RecordDraft] {
        let queues = routes.ofInvitations
        guard !queues.isEmpty, let invitation = Invitation(session, endedAt: endedAt) else { return [] }
        let draft = RecordDraft(
            id: invitation.id, body: .invitation(invitation), recordedAt: recordedAt, deliveries: queues)
        return [draft]
    }

    /// What follows from a press: a pad that says by itself that nobody answered leads to the invitation. Whoever pressed
    /// the cancel key did answer, and is not asked again.
    func following(_ rating: Rating, _ session: WindowSession?, at now: CaptureTime) -> [RecordDraft] {
        guard let session, case .timedOut = rating.press.outcome else { return [] }
        return invitation(of: session, endedAt: rating.pressedAt, recordedAt: now)
    }

    func logInvitation(_ error: GatewayError) {
        logger.error("an invitation was not recorded", metadata: ["error": "\(error)"])
    }

    /// The region says that a case was rated at its own page: nobody is invited to it any more.
    func withdrawInvitation(of reference: CaseReference) async {
        guard !routes.ofInvitations.isEmpty else { return }
        do throws(GatewayError) {
            _ = try await journal.withdrawInvitation(
                of: reference, answer: "rated at the region", at: clock.now())
        } catch {
            logger.warning(
                "an invitation was not withdrawn; the region has the rating and decides",
                metadata: ["error": "\(error)"])
        }
    }
}
