// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import JournalAPI
import RatingModel
import WindowSessions

/// What a citizen's number stands for, of what the windows remember.
extension PressReception {
    /// The sessions of a ticket or a case, the newest first; sessions before a window's newest are read from the journal
    /// once.
    func visits(of number: VisitNumber, within age: Duration) async throws(GatewayError) -> [WindowSession] {
        let wanted = sessions.finishedNumbers
        var finished = finishedSessions.filter { wanted.contains($0.key) }
        for missing in wanted where finished[missing] == nil {
            if let session = try await journal.session(missing) { finished[missing] = session }
        }
        finishedSessions = finished
        return number.visits(
            among: sessions.newestSessions + finished.values, within: age, at: clock.now())
    }

    /// The window that serves a ticket or a case for which no session was opened so far.
    func window(serving number: VisitNumber) -> WindowID? { sessions.window { number.fits($0) } }
}
