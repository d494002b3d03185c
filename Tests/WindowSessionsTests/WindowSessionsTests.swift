// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing
import WindowSessions

private let boot = BootID("11111111-1111-4111-8111-111111111111")
private let window = WindowID("A01")
private let tenSeconds = Duration.seconds(10)

private func moment(_ seconds: Int64, boot: BootID = boot) -> CaptureTime {
    CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: 1_790_000_000_000 + seconds * 1000),
        monotonic: MonotonicInstant(nanoseconds: seconds * 1_000_000_000), boot: boot, isWallTrusted: true)
}

private func session(_ number: PromptNumber, at seconds: Int64, window: WindowID = window) -> WindowSession {
    WindowSession(
        number: number, window: window,
        caseReference: CaseReference(projectNumber: "P\(number)", serviceNumber: "1"), staff: nil,
        openedAt: moment(seconds))
}

@Suite struct WindowSessionsTests {
    @Test func openingASessionPromptsItsWindow() {
        var sessions = WindowSessions()
        let actions = sessions.handle(.opened(session(7, at: 0), timeout: tenSeconds), at: moment(0))
        #expect(actions == [.prompt(7, window, remaining: tenSeconds)])
    }

    @Test func aSecondSessionTakesTheFirstPromptBack() {
        var sessions = WindowSessions()
        _ = sessions.handle(.opened(session(7, at: 0), timeout: tenSeconds), at: moment(0))
        let actions = sessions.handle(.opened(session(8, at: 3), timeout: tenSeconds), at: moment(3))
        #expect(actions == [.cancelPrompt(7, window), .prompt(8, window, remaining: tenSeconds)])
    }

    @Test func anAnsweredSessionIsNotTakenBackAndNotAskedAgain() {
        var sessions = WindowSessions()
        _ = sessions.handle(.opened(session(7, at: 0), timeout: tenSeconds), at: moment(0))
        _ = sessions.handle(.recorded(7, window), at: moment(1))
        #expect(sessions.handle(.padConnected(window), at: moment(2)).isEmpty)
        let actions = sessions.handle(.opened(session(8, at: 3), timeout: tenSeconds), at: moment(3))
        #expect(actions == [.prompt(8, window, remaining: tenSeconds)])
    }

    @Test func aPadThatComesBackIsAskedForTheTimeThatRemains() {
        var sessions = WindowSessions()
        _ = sessions.handle(.opened(session(7, at: 0), timeout: tenSeconds), at: moment(0))
        #expect(
            sessions.handle(.padConnected(window), at: moment(4)) == [.prompt(7, window, remaining: .seconds(6))])
        #expect(sessions.handle(.padConnected(window), at: moment(10)).isEmpty)
        #expect(sessions.handle(.padConnected(WindowID("B09")), at: moment(4)).isEmpty)
    }

    @Test func aRestoredSessionIsAskedAgainWithinTheSameBootOnly() {
        var sessions = WindowSessions()
        _ = sessions.handle(.restored(session(7, at: 0), timeout: tenSeconds), at: moment(2))
        #expect(!sessions.handle(.padConnected(window), at: moment(2)).isEmpty)
        let otherBoot = moment(2, boot: BootID("22222222-2222-4222-8222-222222222222"))
        #expect(sessions.handle(.padConnected(window), at: otherBoot).isEmpty)
    }

    @Test func thePromptNumberDecidesWhateverTheAge() {
        var sessions = WindowSessions()
        let open = session(7, at: 0)
        _ = sessions.handle(.opened(open, timeout: tenSeconds), at: moment(0))
        #expect(sessions.match(prompt: 7, window: window, pressedAt: nil) == .session(open))
        #expect(sessions.match(prompt: 7, window: nil, pressedAt: moment(500)) == .session(open))
        #expect(sessions.match(prompt: 6, window: window, pressedAt: moment(1)) == .lookUp(6))
    }

    @Test func aPressWithoutAPromptBelongsToAnOpenSessionOnly() {
        var sessions = WindowSessions()
        let open = session(7, at: 5)
        _ = sessions.handle(.opened(open, timeout: tenSeconds), at: moment(5))
        #expect(sessions.match(prompt: nil, window: window, pressedAt: moment(6)) == .session(open))
        #expect(sessions.match(prompt: nil, window: window, pressedAt: moment(4)) == .unbound)
        #expect(sessions.match(prompt: nil, window: window, pressedAt: moment(15)) == .unbound)
        #expect(sessions.match(prompt: nil, window: window, pressedAt: nil) == .unbound)
        #expect(sessions.match(prompt: nil, window: nil, pressedAt: moment(6)) == .unbound)
        _ = sessions.handle(.recorded(7, window), at: moment(6))
        #expect(sessions.match(prompt: nil, window: window, pressedAt: moment(7)) == .unbound)
    }
}
