// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import JournalAPI
import RatingModel
import WindowSessions

/// What a citizen's number stands for.
extension PressReception {
    /// The sessions of a ticket or a case, the newest first.
    func visits(of number: VisitNumber, within age: Duration) async throws(GatewayError) -> [WindowSession] {
        let now = clock.now()
        var recent = recentSessions
        try await recent.read(windows, from: journal, within: age, at: now)
        recentSessions = recent
        return number.visits(among: recent.sessions, within: age, at: now)
    }

    /// The window that serves a ticket or a case for which no session was opened so far.
    func window(serving number: VisitNumber) -> WindowID? { sessions.window { number.fits($0) } }
}
