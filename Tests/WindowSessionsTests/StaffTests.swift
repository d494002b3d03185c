// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing
import WindowSessions

@Suite struct StaffTests {
    @Test func `The panel's key asks with what the window knows`() {
        var sessions = WindowSessions()
        _ = sessions.handle(.signedIn(window, staff: "0017"), at: moment(0))
        _ = sessions.handle(.ticketCalled(window, ticket: "B012", waiting: nil), at: moment(1))
        let reference = CaseReference(projectNumber: "P1", serviceNumber: "2")
        #expect(sessions.handle(.scannedCase(window, reference), at: moment(2)).isEmpty)
        let opening = SessionOpening(window: window, caseReference: reference, staff: "0017", ticket: "B012")
        #expect(sessions.handle(.key(.askForRating, window), at: moment(3)) == [.open(opening)])
        // Another ticket: the case is gone, the member of staff is not.
        _ = sessions.handle(.key(.callNext, window), at: moment(4))
        let next = SessionOpening(window: window, caseReference: nil, staff: "0017", ticket: nil)
        #expect(sessions.handle(.key(.askForRating, window), at: moment(5)) == [.open(next)])
    }

    @Test func `Staff expire, and an unknown badge leaves the window alone`() {
        var sessions = WindowSessions(policy: SessionPolicy(staffExpiry: .seconds(100)))
        _ = sessions.handle(.signedIn(window, staff: "0017"), at: moment(0))
        #expect(sessions.staff(at: window, moment(99)) == "0017")
        #expect(sessions.staff(at: window, moment(100)) == nil)
        #expect(sessions.staff(at: window, moment(1, boot: BootID("other"))) == nil)
        _ = sessions.handle(.signedIn(window, staff: "0018"), at: moment(200))
        _ = sessions.handle(.signedIn(window, staff: nil), at: moment(201))
        #expect(sessions.staff(at: window, moment(202)) == nil)
    }

    @Test func `A key asks an unanswered session again and an answered one not`() {
        var sessions = opened(session(7, at: 0), at: 0)
        #expect(sessions.handle(.key(.askForRating, window), at: moment(1)).isEmpty)
        _ = sessions.handle(.timer(window), at: moment(15))
        #expect(
            sessions.handle(.key(.askForRating, window), at: moment(20)).first
                == .prompt(7, window, remaining: tenSeconds))
        _ = sessions.handle(.recorded(press(prompt: 7, at: 21), 7, 1), at: moment(21))
        guard case .open? = sessions.handle(.key(.askForRating, window), at: moment(30)).first else {
            Issue.record("the key of the next citizen opened nothing")
            return
        }
    }

    @Test func `Pausing takes the question back; the same key resumes`() {
        var sessions = opened(session(7, at: 0), at: 0)
        #expect(
            sessions.handle(.key(.pause, window), at: moment(1))
                == [.cancelPrompt(7, window, .paused), .cancelTimer(window), .pause(window)])
        #expect(sessions.isPaused(window) && sessions.handle(.padConnected(window), at: moment(2)) == [.pause(window)])
        #expect(sessions.handle(.paused(window), at: moment(2)).isEmpty)
        #expect(sessions.handle(.key(.pause, window), at: moment(3)) == [.resume(window)])
        #expect(sessions.handle(.resumed(window), at: moment(3)).isEmpty)
        _ = sessions.handle(.paused(window), at: moment(4))
        let actions = sessions.handle(.opened(session(8, at: 5), timeout: tenSeconds), at: moment(5))
        #expect(actions.first == .resume(window) && !sessions.isPaused(window))
    }

    @Test func `At most five tickets are suspended, and they come back in their order`() {
        var sessions = WindowSessions()
        for number in 1...6 {
            _ = sessions.handle(.ticketCalled(window, ticket: "B\(number)", waiting: nil), at: moment(Double(number)))
            let actions = sessions.handle(.key(.suspend, window), at: moment(Double(number)))
            #expect(actions == (number < 6 ? [] : [.tooManySuspended(window)]))
        }
        #expect(sessions.ticket(at: window) == "B6")
        for number in 1...5 {
            _ = sessions.handle(.key(.recall, window), at: moment(10))
            #expect(sessions.ticket(at: window) == "B\(number)")
        }
        #expect(sessions.handle(.key(.recall, window), at: moment(11)).isEmpty)
        _ = sessions.handle(.key(.abandon, window), at: moment(12))
        #expect(sessions.ticket(at: window) == nil)
    }

    @Test func `A ticket called at another window leaves the first`() {
        var sessions = WindowSessions()
        let other = WindowID("A02")
        _ = sessions.handle(
            .ticketCalled(window, ticket: "B012", waiting: nil), at: moment(0))
        let open = session(7, at: 1, ticket: "B012")
        _ = sessions.handle(.opened(open, timeout: tenSeconds), at: moment(1))
        let actions = sessions.handle(.ticketCalled(other, ticket: "B012", waiting: 3), at: moment(2))
        #expect(actions.contains(.cancelPrompt(7, window, .replaced)))
        #expect(actions.contains(.showWaiting(other, count: 3, ticket: nil)))
        #expect(sessions.ticket(at: window) == nil && sessions.ticket(at: other) == "B012")
        #expect(sessions.match(press(at: 3)) == .unbound)
        #expect(sessions.handle(.ticketCalled(other, ticket: "B012", waiting: nil), at: moment(3)).isEmpty)
    }

    @Test func `A case scanned while a session without one is asked opens the session anew`() {
        var sessions = opened(session(7, at: 0, hasCase: false), at: 0)
        let reference = CaseReference(projectNumber: "P1", serviceNumber: "1")
        let opening = SessionOpening(window: window, caseReference: reference, staff: nil, ticket: nil)
        #expect(sessions.handle(.scannedCase(window, reference), at: moment(1)) == [.open(opening)])
        var known = opened(session(8, at: 0), at: 0)
        #expect(known.handle(.scannedCase(window, reference), at: moment(1)).isEmpty)
    }
}

@Suite struct ScanRuleTests {
    private let rules = ScanRules(
        [
            .init(kind: .badge, prefix: "ST", length: 4...4, isDigits: true),
            .init(kind: .ticket, length: 4...4),
            .init(kind: .caseNumber, length: 8...40, separator: "/"),
        ], staff: ["0017": "王"])

    private func meaning(_ text: String) -> ScanMeaning? { rules.meaning(of: ScannedCode(text: text, symbology: nil)) }

    @Test func `The first rule that fits counts`() {
        #expect(meaning("ST0017") == .badge("王"))
        #expect(meaning("ST0018") == .badge(nil))
        #expect(meaning("B012") == .ticket("B012"))
        #expect(meaning("P2026000/2") == .caseNumber(CaseReference(projectNumber: "P2026000", serviceNumber: "2")))
        #expect(meaning("P2026000") == .caseNumber(CaseReference(projectNumber: "P2026000", serviceNumber: "1")))
        #expect(meaning("P2026000/") == .caseNumber(CaseReference(projectNumber: "P2026000/", serviceNumber: "1")))
        #expect(meaning("ST001x") == nil)
        #expect(meaning("") == nil && meaning(String(repeating: "龘", count: 60)) == nil)
        #expect(ScanRules([.init(kind: .badge)]).meaning(of: ScannedCode(text: "9", symbology: nil)) == .badge("9"))
    }
}
