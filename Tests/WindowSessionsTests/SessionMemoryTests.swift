// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing
import WindowSessions

@Suite struct SessionMemoryTests {
    private let policy = SessionPolicy(staffExpiry: .seconds(1000))

    /// A window with everything there is to remember, at second 20.
    private func busyWindow() -> WindowSessions {
        var sessions = WindowSessions(policy: policy)
        _ = sessions.handle(.signedIn(window, staff: "王\t%0017\n"), at: moment(0))
        for ticket in ["B011", "B012"] {
            _ = sessions.handle(.ticketCalled(window, ticket: ticket, waiting: nil), at: moment(1))
            if ticket == "B011" { _ = sessions.handle(.key(.suspend, window), at: moment(2)) }
        }
        _ = sessions.handle(.opened(session(6, at: 3), timeout: tenSeconds), at: moment(3))
        _ = sessions.handle(.opened(session(7, at: 15, ticket: "B012"), timeout: tenSeconds), at: moment(15))
        _ = sessions.handle(.recorded(press(prompt: 7, at: 18), 7, 41), at: moment(18))
        _ = sessions.handle(
            .scannedCase(window, CaseReference(projectNumber: "P=1", serviceNumber: "2")), at: moment(19))
        _ = sessions.handle(.recordedUnbound(press(at: 19, device: "pad in the waiting area")), at: moment(19))
        _ = sessions.handle(.paused(WindowID("A02")), at: moment(20))
        return sessions
    }

    private func kept(_ sessions: WindowSessions) -> KeptSessions {
        var watch = IntegrityWatch()
        _ = watch.handle(.prompted(7, window), at: moment(15))
        return KeptSessions(through: 41, keptAt: moment(20), sessions: sessions.memory, watch: watch.memory)
    }

    @Test func `What is kept is read as it was written`() throws {
        let kept = kept(busyWindow())
        #expect(kept.text.hasPrefix("hallgate-sessions 1\nkept\tthrough=41\tat="))
        #expect(try #require(KeptSessions(text: kept.text)) == kept)
        let nothing = KeptSessions(
            through: 0, keptAt: moment(0), sessions: SessionMemory(), watch: IntegrityMemory())
        #expect(KeptSessions(text: nothing.text) == nothing)
    }

    @Test func `A file that was cut, overwritten or made by hand is no memory`() {
        let text = kept(busyWindow()).text
        for count in stride(from: 0, to: text.utf8.count, by: 7) {
            #expect(KeptSessions(text: String(decoding: text.utf8.prefix(count), as: UTF8.self)) == nil, "\(count)")
        }
        for place in stride(from: 0, to: text.utf8.count, by: 5) {
            var bytes = Array(text.utf8)
            bytes[place] ^= 1
            #expect(KeptSessions(text: String(decoding: bytes, as: UTF8.self)) == nil)
        }
        #expect(KeptSessions(text: text.replacing("hallgate-sessions 1", with: "hallgate-sessions 2")) == nil)
    }

    @Test func `The moment alive is read back, and one of another boot says nothing`() throws {
        let mark = AliveMark(at: moment(25))
        #expect(AliveMark(text: mark.text + "the rest of a longer line") == mark)
        #expect(AliveMark(text: "alive\tat=1 2 trusted boot") == nil, "no end")
        #expect(AliveMark.last(keptAt: moment(20), mark: mark) == moment(25))
        #expect(AliveMark.last(keptAt: moment(30), mark: mark) == moment(30))
        #expect(AliveMark.last(keptAt: moment(20), mark: AliveMark(at: moment(25, boot: other))) == moment(20))
        #expect(AliveMark.last(keptAt: moment(20), mark: nil) == moment(20))
    }

    // MARK: What is still true

    private let other = BootID("another boot")

    @Test func `After a moment away everything is as it was, and staff expire as if nothing had been`() throws {
        let sessions = busyWindow()
        let memory = try #require(sessions.memory.taken(from: moment(20), to: moment(79), policy: policy))
        var restarted = WindowSessions(policy: policy)
        restarted.takeUp(memory)
        #expect(restarted.memory == sessions.memory)
        #expect(restarted.staff(at: window, moment(999)) == "王\t%0017\n")
        #expect(restarted.staff(at: window, moment(1000)) == nil)
        #expect(restarted.ticket(at: window) == "B012" && restarted.isPaused(WindowID("A02")))
        let correction = restarted.match(press(at: 20))
        #expect(correction == .session(session(7, at: 15, ticket: "B012"), supersedes: 41))
        #expect(restarted.isRepeat(press(at: 21, device: "pad in the waiting area")))
        _ = restarted.handle(.key(.recall, window), at: moment(80))
        #expect(restarted.ticket(at: window) == "B011")
    }

    @Test func `After too long nothing is, by whatever clock there is`() {
        let memory = busyWindow().memory
        #expect(memory.taken(from: moment(20), to: moment(81), policy: policy) == nil)
        #expect(memory.taken(from: moment(20), to: moment(19), policy: policy) == nil, "a clock that ran backwards")
        #expect(memory.taken(from: moment(20), to: time(wall: 81, boot: other), policy: policy) == nil)
        #expect(memory.taken(from: moment(20), to: time(wall: 10, boot: other), policy: policy) == nil)
        #expect(
            memory.taken(from: moment(20), to: time(wall: 30, boot: other, isTrusted: false), policy: policy) == nil)
        let doubtful = time(wall: 20, boot: moment(0).boot, isTrusted: false)
        #expect(memory.taken(from: doubtful, to: time(wall: 30, boot: other), policy: policy) == nil)
    }

    @Test func `A computer that was started anew knows who works there, not who stood there`() throws {
        let now = time(wall: 60, monotonic: 4, boot: other)
        let memory = try #require(busyWindow().memory.taken(from: moment(20), to: now, policy: policy))
        var restarted = WindowSessions(policy: policy)
        restarted.takeUp(memory)
        #expect(restarted.staff(at: window, now) != nil && restarted.isPaused(WindowID("A02")))
        #expect(restarted.staff(at: window, time(wall: 0, monotonic: 4 + 939.9, boot: other)) != nil)
        #expect(restarted.staff(at: window, time(wall: 0, monotonic: 4 + 940.1, boot: other)) == nil)
        #expect(restarted.ticket(at: window) == nil && restarted.scannedCase(at: window) == nil)
        #expect(restarted.match(press(at: 20)) == .unbound)
        #expect(restarted.answer(of: 7) == nil)
        _ = restarted.handle(.key(.recall, window), at: now)
        #expect(restarted.ticket(at: window) == "B011")
    }

    @Test func `A prompt that ran out meanwhile runs out at once; one whose end is not on disk runs out again`() {
        var sessions = opened(session(7, at: 0), at: 0)
        var restarted = WindowSessions()
        restarted.takeUp(sessions.memory)
        #expect(restarted.waitingTimers(at: moment(4)) == [.setTimer(window, after: .seconds(11))])
        #expect(restarted.waitingTimers(at: moment(40)) == [.setTimer(window, after: .zero)])
        #expect(restarted.handle(.padConnected(window), at: moment(4)).count == 1, "it is still asked")
        _ = sessions.handle(.timer(window), at: moment(15))
        restarted.takeUp(sessions.memory)
        #expect(restarted.waitingTimers(at: moment(16)).count == 1)
        #expect(restarted.handle(.timer(window), at: moment(16)).last == .recordNoAnswer(session(7, at: 0)))
        _ = sessions.handle(.noAnswerRecorded(7), at: moment(15))
        restarted.takeUp(sessions.memory)
        #expect(restarted.waitingTimers(at: moment(16)).isEmpty && restarted.answer(of: 7) == .noAnswer)
    }

    @Test func `A session of which nothing but its record is known takes a press that names it and no other`() {
        var sessions = WindowSessions()
        let open = session(7, at: 0)
        _ = sessions.handle(.restored(open, timeout: tenSeconds, answer: .waiting), at: moment(2))
        #expect(sessions.match(press(prompt: 7, at: 3)) == .session(open, supersedes: nil))
        #expect(sessions.match(press(at: 3)) == .unbound)
        #expect(sessions.handle(.padConnected(window), at: moment(3)).isEmpty)
        guard case .open? = sessions.handle(.key(.askForRating, window), at: moment(3)).first else {
            Issue.record("another citizen may stand there: the key opens another session")
            return
        }
        #expect(sessions.handle(.timer(window), at: moment(15)).last == .recordNoAnswer(open))
    }

    @Test func `Only a hall in use has anything to lose`() {
        #expect(!WindowSessions().isOccupied(at: moment(0)))
        #expect(busyWindow().isOccupied(at: moment(100_000)))
        let open = opened(session(7, at: 0), at: 0)
        #expect(open.isOccupied(at: moment(100)) && !open.isOccupied(at: moment(611)))
        var signedIn = WindowSessions(policy: policy)
        _ = signedIn.handle(.signedIn(window, staff: "0017"), at: moment(0))
        #expect(signedIn.isOccupied(at: moment(999)) && !signedIn.isOccupied(at: moment(1000)))
    }

    private func time(wall: Double, monotonic: Double = 0, boot: BootID, isTrusted: Bool = true) -> CaptureTime {
        CaptureTime(
            wall: WallTime(
                millisecondsSinceEpoch: moment(0).wall.millisecondsSinceEpoch + Int64(wall * 1000)),
            monotonic: MonotonicInstant(nanoseconds: Int64(monotonic * 1e9)), boot: boot, isWallTrusted: isTrusted)
    }
}
