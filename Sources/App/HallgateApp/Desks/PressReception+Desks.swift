// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import WindowSessions

/// What clerks do at their desks.
extension PressReception {
    /// What a desk is shown of its window.
    struct DeskStanding: Sendable, Hashable {
        var staff: String?
        var isPaused: Bool
        /// How the question to whoever stands at the window ended, or that it waits; `nil` where nobody was asked.
        var answer: SessionAnswer?
        /// How long it still runs.
        var remaining: Duration?
    }

    func deskStanding(at window: WindowID) -> DeskStanding {
        let now = clock.now()
        let question = sessions.question(at: window, now)
        return DeskStanding(
            staff: sessions.staff(at: window, now), isPaused: sessions.isPaused(window), answer: question?.answer,
            remaining: question?.remaining)
    }

    /// Asks for a rating as the key 请评价 of a panel does; throws where that could not be recorded.
    func ask(at window: WindowID) async throws(GatewayError) {
        let before = sessions.question(at: window, clock.now())
        await handle(.key(.askForRating, window))
        let after = sessions.question(at: window, clock.now())
        guard let after,
            after.remaining != nil || after.session != before?.session || after.answer != before?.answer
        else { throw .notAsked }
    }

    /// Takes the question back, where one waits.
    func takeBack(at window: WindowID) async {
        guard let question = sessions.question(at: window, clock.now()), question.answer == .waiting else { return }
        await handle(.cancelled(question.session))
    }

    /// Signs a member of staff in by number. A number that nobody has leaves the window without anybody, never with whoever
    /// was there before, and throws.
    func signIn(number: String, at window: WindowID) async throws(GatewayError) {
        let member = settings.codes.member(badge: number)
        await signIn(member, at: window)
        if member == nil { throw .unknownStaff }
    }

    /// Signs a member of staff in, or nobody.
    func signIn(_ staff: String?, at window: WindowID) async {
        // Whoever was there is forgotten first, on the disk: not even a power cut in this moment brings the last badge back.
        if let last = sessions.staff(at: window, clock.now()), last != staff {
            await handle(.signedIn(window, staff: nil))
        }
        await handle(.signedIn(window, staff: staff))
    }
}
