// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing
import WindowSessions

/// Presses that come from pages and forms, beside those of the window's pad.
@Suite struct OneTimePressTests {
    private func page(prompt: PromptNumber? = nil, at seconds: Double) -> PressFacts {
        press(prompt: prompt, at: seconds, device: "pages", isOneTime: true)
    }

    @Test func `After the pad was pressed, a page's rating is the session's and corrects nothing`() {
        let opening = session(7, at: 0)
        var sessions = opened(opening, at: 0)
        _ = sessions.handle(.recorded(press(at: 1), 7, 1), at: moment(1))
        #expect(sessions.match(page(prompt: 7, at: 2)) == .session(opening, supersedes: nil))
        _ = sessions.handle(.recorded(page(prompt: 7, at: 2), 7, 2), at: moment(2))
        // The pad's own press is corrected as if no page had been there, and by the pad alone.
        #expect(sessions.match(press(at: 3)) == .session(opening, supersedes: 1))
        #expect(sessions.match(page(prompt: 7, at: 3)) == .session(opening, supersedes: nil))
    }

    @Test(arguments: [false, true]) func `After a page was sent, the pad is still the citizen's to press`(
        _ namesPrompt: Bool
    ) {
        let opening = session(7, at: 0)
        var sessions = opened(opening, at: 0)
        _ = sessions.handle(.recorded(page(prompt: 7, at: 1), 7, 1), at: moment(1))
        #expect(sessions.answer(of: 7) == .answered)
        let first = press(prompt: namesPrompt ? 7 : nil, at: 2)
        #expect(sessions.match(first) == .session(opening, supersedes: nil))
        _ = sessions.handle(.recorded(first, 7, 2), at: moment(2))
        #expect(sessions.match(press(at: 3)) == .session(opening, supersedes: 2))
        #expect(sessions.match(press(at: 30)) == .unbound, "once the pad has answered, a late press is another's")
    }

    @Test func `Once a page was sent, pads stop asking, and only then`() {
        var sessions = opened(session(7, at: 0), at: 0)
        let taken = sessions.handle(.recorded(page(prompt: 7, at: 1), 7, 1), at: moment(1))
        #expect(taken == [.cancelPrompt(7, window, .answeredElsewhere), .cancelTimer(window)])
        #expect(sessions.handle(.recorded(page(prompt: 7, at: 2), 7, 2), at: moment(2)) == [.cancelTimer(window)])
        // A pad ends its question itself; what comes after its end, or says that nobody pressed, takes nothing back.
        var pressed = opened(session(8, at: 0), at: 0)
        #expect(pressed.handle(.recorded(press(prompt: 8, at: 1), 8, 1), at: moment(1)) == [.cancelTimer(window)])
        #expect(pressed.handle(.recorded(page(prompt: 8, at: 2), 8, 2), at: moment(2)) == [.cancelTimer(window)])
        var late = opened(session(9, at: 0), at: 0)
        #expect(late.handle(.recorded(page(prompt: 9, at: 11), 9, 1), at: moment(11)) == [.cancelTimer(window)])
    }

    @Test func `Two pages for one session stand beside each other`() {
        let opening = session(7, at: 0)
        var sessions = opened(opening, at: 0)
        for (second, sequence) in [(1.0, JournalSequence(1)), (1.5, 2), (2, 3)] {
            let facts = page(prompt: 7, at: second)
            #expect(sessions.match(facts) == .session(opening, supersedes: nil))
            _ = sessions.handle(.recorded(facts, 7, sequence), at: moment(second))
        }
    }

    @Test func `A page that names no session belongs to none, and is never a repeat of another citizen's`() {
        var sessions = opened(session(7, at: 0), at: 0)
        #expect(sessions.match(page(at: 1)) == .unbound)
        _ = sessions.handle(.recordedUnbound(page(at: 1)), at: moment(1))
        #expect(!sessions.isRepeat(page(at: 1.1)))
    }

    @Test func `That the pad is still open is known after a restart`() throws {
        let opening = session(7, at: 0)
        var sessions = opened(opening, at: 0)
        _ = sessions.handle(.recorded(page(prompt: 7, at: 1), 7, 1), at: moment(1))
        let kept = KeptSessions(through: 1, keptAt: moment(1), sessions: sessions.memory, watch: IntegrityMemory())
        var again = WindowSessions()
        again.takeUp(try #require(KeptSessions(text: kept.text)).sessions)
        #expect(again.match(press(at: 2)) == .session(opening, supersedes: nil))
        // And where the rating itself has to tell.
        var read = opened(opening, at: 0)
        let pressed = CapturedPress(
            key: .oneTime(DeviceID("pages"), number: 5), outcome: .rated(.satisfied, key: 0, label: ""), prompt: 7,
            age: .zero, lifetimeCount: nil, driver: "page", rawFrame: [])
        let rating = Rating(
            press: pressed, pressedAt: moment(1), window: window, session: 7, caseReference: nil, staff: nil)
        read.follow(.rating(rating), recordedAs: 1, at: moment(1), timeout: tenSeconds)
        #expect(read.match(press(at: 2)) == .session(opening, supersedes: nil))
    }

    @Test func `Many of one level from a page are no streak`() {
        var watch = IntegrityWatch(policy: IntegrityPolicy(streakLength: 3))
        for second in 1...9 {
            let sign = IntegritySign.pressed(
                page(at: Double(second)), session: nil, key: 1, minuteOfWeek: nil)
            #expect(watch.handle(sign, at: moment(Double(second))) == [])
        }
    }
}
