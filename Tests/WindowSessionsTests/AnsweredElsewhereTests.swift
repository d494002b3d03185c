// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing
import WindowSessions

/// Sessions whose citizens rated at the region's own page.
@Suite struct AnsweredElsewhereTests {
    @Test func `the question is taken back, and nobody is said to have kept silent`() {
        var sessions = opened(session(7, at: 0), at: 0)
        #expect(
            sessions.handle(.answeredElsewhere(7), at: moment(2)) == [
                .cancelPrompt(7, window, .answeredElsewhere), .cancelTimer(window),
            ])
        #expect(sessions.answer(of: 7) == .answered)
        #expect(sessions.standing(at: window, moment(2))?.isAnswered == true)
        #expect(sessions.handle(.timer(window), at: moment(100)) == [])
        #expect(sessions.handle(.padConnected(window), at: moment(3)) == [])
        #expect(sessions.handle(.askedAgain(7, timeout: tenSeconds), at: moment(4)) == [])
    }

    @Test func `whoever stands at the pad can press all the same`() {
        let opening = session(7, at: 0)
        var sessions = opened(opening, at: 0)
        _ = sessions.handle(.answeredElsewhere(7), at: moment(2))
        #expect(sessions.match(press(at: 3)) == .session(opening, supersedes: nil))
        #expect(sessions.match(press(prompt: 7, at: 3)) == .session(opening, supersedes: nil))
    }

    @Test func `after the prompt ran out it counts too, and after an answer or a withdrawal it says nothing`() {
        var sessions = opened(session(7, at: 0), at: 0)
        _ = sessions.handle(.timer(window), at: moment(60))
        #expect(sessions.answer(of: 7) == .noAnswer)
        #expect(sessions.handle(.answeredElsewhere(7), at: moment(61)) == [.cancelTimer(window)])
        #expect(sessions.answer(of: 7) == .answered)
        #expect(sessions.handle(.answeredElsewhere(7), at: moment(62)) == [])
        sessions = opened(session(8, at: 0), at: 0)
        _ = sessions.handle(.cancelled(8), at: moment(1))
        #expect(sessions.handle(.answeredElsewhere(8), at: moment(2)) == [] && sessions.answer(of: 8) == .cancelled)
        #expect(sessions.handle(.answeredElsewhere(99), at: moment(2)) == [])
    }

    @Test func `it is known after a restart, and is no sign of a withheld question`() throws {
        var sessions = opened(session(7, at: 0), at: 0)
        _ = sessions.handle(.answeredElsewhere(7), at: moment(2))
        let kept = KeptSessions(through: 1, keptAt: moment(2), sessions: sessions.memory, watch: IntegrityMemory())
        var again = WindowSessions()
        again.takeUp(try #require(KeptSessions(text: kept.text)).sessions)
        #expect(again.answer(of: 7) == .answered && again.waitingTimers(at: moment(3)).isEmpty)
        var watch = IntegrityWatch()
        _ = watch.handle(.prompted(7, window), at: moment(0))
        #expect(watch.handle(.promptEnded(7, window, .answeredElsewhere), at: moment(0.2)) == [])
    }
}
