// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing
import WindowSessions

@Suite struct WindowSessionsTests {
    @Test func `Opening a session prompts its window`() {
        var sessions = WindowSessions()
        let actions = sessions.handle(.opened(session(7, at: 0), timeout: tenSeconds), at: moment(0))
        #expect(actions == [.prompt(7, window, remaining: tenSeconds), .setTimer(window, after: .seconds(15))])
    }

    @Test func `A second session takes the first prompt back`() {
        var sessions = opened(session(7, at: 0), at: 0)
        let actions = sessions.handle(.opened(session(8, at: 3), timeout: tenSeconds), at: moment(3))
        #expect(actions.prefix(2) == [.cancelPrompt(7, window, .replaced), .cancelTimer(window)])
        #expect(actions.contains(.prompt(8, window, remaining: tenSeconds)))
        #expect(sessions.answer(of: 7) == .cancelled && sessions.answer(of: 8) == .waiting)
    }

    @Test func `An answered session is neither taken back nor asked again`() {
        var sessions = opened(session(7, at: 0), at: 0)
        _ = sessions.handle(.recorded(press(prompt: 7, at: 1), 7, 1), at: moment(1))
        #expect(sessions.handle(.padConnected(window), at: moment(2)).isEmpty)
        #expect(sessions.handle(.askedAgain(7, timeout: tenSeconds), at: moment(2)).isEmpty)
        let actions = sessions.handle(.opened(session(8, at: 3), timeout: tenSeconds), at: moment(3))
        #expect(!actions.contains(.cancelPrompt(7, window, .replaced)))
        #expect(sessions.answer(of: 7) == .answered)
    }

    @Test func `A pad that comes back is asked for the time that remains`() {
        var sessions = opened(session(7, at: 0), at: 0)
        #expect(sessions.handle(.padConnected(window), at: moment(4)) == [.prompt(7, window, remaining: .seconds(6))])
        #expect(sessions.handle(.padConnected(window), at: moment(10)).isEmpty)
        #expect(sessions.handle(.padConnected(WindowID("B09")), at: moment(4)).isEmpty)
    }

    @Test func `A restored session runs out in its time, and is not asked again`() {
        var sessions = WindowSessions()
        let actions = sessions.handle(
            .restored(session(7, at: 0), timeout: tenSeconds, answer: .waiting), at: moment(2))
        #expect(actions == [.setTimer(window, after: .seconds(13))])
        #expect(sessions.handle(.padConnected(window), at: moment(2)).isEmpty)
        #expect(sessions.answer(of: 7) == .waiting)
        var answered = WindowSessions()
        let none = answered.handle(.restored(session(7, at: 0), timeout: tenSeconds, answer: .answered), at: moment(2))
        #expect(none.isEmpty && answered.handle(.padConnected(window), at: moment(2)).isEmpty)
    }

    @Test func `The prompt's number decides, whatever the age`() {
        let open = session(7, at: 0)
        let sessions = opened(open, at: 0)
        #expect(sessions.match(press(prompt: 7, at: nil)) == .session(open, supersedes: nil))
        #expect(sessions.match(press(prompt: 7, at: 500, window: nil)) == .session(open, supersedes: nil))
        #expect(sessions.match(press(prompt: 6, at: 1)) == .lookUp(6))
    }

    @Test func `A press without a prompt belongs to its window's session until the next ticket is called`() {
        let open = session(7, at: 5)
        var sessions = opened(open, at: 5)
        #expect(sessions.match(press(at: 6)) == .session(open, supersedes: nil))
        #expect(sessions.match(press(at: 4)) == .unbound)
        #expect(sessions.match(press(at: nil)) == .unbound)
        #expect(sessions.match(press(at: 6, window: nil)) == .unbound)
        #expect(sessions.match(press(at: 6, window: WindowID("A02"))) == .unbound)
        // The prompt ran out at 15 s; a late press still counts, also after the session was recorded as unanswered.
        _ = sessions.handle(.timer(window), at: moment(20))
        #expect(sessions.match(press(at: 60)) == .session(open, supersedes: nil))
        #expect(sessions.match(press(at: 5 + 10 + 600)) == .unbound)
        _ = sessions.handle(.ticketCalled(window, ticket: "B013", waiting: nil), at: moment(61))
        #expect(sessions.match(press(at: 60)) == .session(open, supersedes: nil))
        #expect(sessions.match(press(at: 61)) == .unbound)
    }

    @Test func `A timeout is recorded once, and never where a press or the pad's own report came`() {
        var sessions = opened(session(7, at: 0), at: 0)
        #expect(sessions.handle(.timer(window), at: moment(14)) == [.setTimer(window, after: .seconds(1))])
        let end: [SessionAction] = [
            .cancelPrompt(7, window, .timedOut), .recordNoAnswer(session(7, at: 0)),
        ]
        #expect(sessions.handle(.timer(window), at: moment(15)) == end)
        #expect(sessions.handle(.timer(window), at: moment(16)).isEmpty)
        #expect(sessions.answer(of: 7) == .noAnswer)
        for ending in [PressFacts.Ending.rated, .unrated] {
            var other = opened(session(8, at: 0), at: 0)
            let stopped = other.handle(.recorded(press(prompt: 8, at: 9, ending: ending), 8, 1), at: moment(9))
            #expect(stopped == [.cancelTimer(window)])
            #expect(other.handle(.timer(window), at: moment(15)).isEmpty)
        }
    }

    @Test func `A press that follows another on the same device within the window corrects it`() {
        let open = session(7, at: 0)
        var sessions = opened(open, at: 0)
        _ = sessions.handle(.recorded(press(prompt: 7, at: 2), 7, 40), at: moment(2))
        #expect(sessions.match(press(at: 7)) == .session(open, supersedes: 40))
        #expect(sessions.match(press(prompt: 7, at: 7)) == .session(open, supersedes: 40))
        #expect(sessions.match(press(at: 7.1)) == .unbound)
        #expect(sessions.match(press(prompt: 7, at: 7.1)) == .session(open, supersedes: nil))
        #expect(sessions.match(press(at: 3, device: "other")) == .unbound)
        #expect(sessions.match(press(prompt: 7, at: 3, device: "other")) == .session(open, supersedes: nil))
        #expect(sessions.match(press(prompt: 7, at: 3, ending: .unrated)) == .session(open, supersedes: nil))
        // The last one wins: the third press corrects the second.
        _ = sessions.handle(.recorded(press(at: 4), 7, 41), at: moment(4))
        #expect(sessions.match(press(at: 8.5)) == .session(open, supersedes: 41))
    }

    @Test func `A session that was taken back takes no press but one that names it`() {
        let open = session(7, at: 0)
        var sessions = opened(open, at: 0)
        #expect(
            sessions.handle(.cancelled(7), at: moment(1))
                == [.cancelPrompt(7, window, .cancelled), .cancelTimer(window)])
        #expect(sessions.match(press(at: 2)) == .unbound)
        #expect(sessions.match(press(prompt: 7, at: 0.9)) == .session(open, supersedes: nil))
        #expect(sessions.handle(.cancelled(7), at: moment(2)).isEmpty)
        let again = sessions.handle(.askedAgain(7, timeout: tenSeconds), at: moment(3))
        #expect(again.first == .prompt(7, window, remaining: tenSeconds))
        #expect(sessions.match(press(at: 4)) == .session(open, supersedes: nil))
    }

    @Test func `A closed session is not asked again`() {
        var sessions = opened(session(7, at: 0), at: 0)
        #expect(sessions.handle(.closed(7), at: moment(1)).first == .cancelPrompt(7, window, .replaced))
        #expect(sessions.handle(.askedAgain(7, timeout: tenSeconds), at: moment(2)).isEmpty)
        #expect(sessions.handle(.padConnected(window), at: moment(2)).isEmpty)
        #expect(sessions.answer(of: 7) == .cancelled && sessions.match(press(at: 2)) == .unbound)
    }

    @Test func `Presses without a session close together are repeats of one device`() {
        var sessions = WindowSessions()
        #expect(!sessions.isRepeat(press(at: 0)))
        _ = sessions.handle(.recordedUnbound(press(at: 0)), at: moment(0))
        #expect(sessions.isRepeat(press(at: 4.9)))
        #expect(!sessions.isRepeat(press(at: 5)) && !sessions.isRepeat(press(at: nil)))
        #expect(!sessions.isRepeat(press(at: 1, device: "other")))
        for number in 0..<5000 {
            _ = sessions.handle(.recordedUnbound(press(at: Double(number), device: "pad-\(number)")), at: moment(0))
        }
        #expect(sessions.isRepeat(press(at: 4999.5, device: "pad-4999")))
        #expect(!sessions.isRepeat(press(at: 1.5, device: "pad-1")))
    }
}
