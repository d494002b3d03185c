// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingIntake
import RatingModel

extension PressReception {
    /// Keeps what came under the key of a rating and says something else than a level, which the journal does not compare:
    /// it stands beside the original and is never delivered (G4). Answers the record it is kept as.
    func keep(
        _ rating: Rating, _ personal: PersonalFields?, beside original: RecordID
    ) async throws(GatewayError) -> RecordID {
        let now = clock.now()
        let draft = RecordDraft(
            id: Self.mintID(at: now), body: .conflict(PressConflict(original: original, rating: rating)),
            recordedAt: now, personal: personal)
        let outcome = try await intake.record(draft)
        if case .failed(let error) = outcome { throw error }
        conflicts += 1
        return draft.id
    }
}
