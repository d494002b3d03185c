// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import JournalAPI
import Logging
import OperatorAPI
import RatingIntake
import RatingModel
import WindowSessions

/// Sessions as the business system and the panels want them.
extension PressReception {
    /// Opens a session: it is on disk when this returns, and the window's pads are asked; answers how many there were.
    func open(_ request: CheckedSessionRequest) async throws(GatewayError) -> (WindowSession, promptedPads: Int) {
        try check(request.window)
        let now = clock.now()
        let window = request.window
        let session = WindowSession(
            number: try await mintSessionNumber(), window: window,
            caseReference: request.caseReference ?? sessions.scannedCase(at: window),
            staff: request.staff ?? sessions.staff(at: window, now), openedAt: now,
            ticket: request.ticket ?? sessions.ticket(at: window))
        let commit = known.begin()
        let outcome: RecordingOutcome
        do throws(GatewayError) {
            outcome = try await intake.record(
                RecordDraft(id: Self.mintID(at: now), body: .session(session), recordedAt: now))
        } catch {
            known.end(commit, at: nil)
            throw error
        }
        known.end(commit, at: outcome.sequence)
        if case .failed(let error) = outcome { throw error }
        let openedAt = now.isWallTrusted ? hall.zone.text(of: now.wall) : nil
        subjects[window] = (
            session.number, PromptSubject(transactor: request.transactor, item: request.item, openedAt: openedAt)
        )
        return (session, await handle(.opened(session, timeout: request.timeout ?? promptTimeout)))
    }

    /// A number no session of this journal carries; pads keep numbers in their logs for months, so none is used twice.
    private func mintSessionNumber() async throws(GatewayError) -> PromptNumber {
        while true {
            let number = PromptNumber.random(in: 1...PromptNumber.max)
            if try await journal.session(number) == nil { return number }
        }
    }

    /// How a session ended; throws where no window remembers it.
    func answer(of number: PromptNumber) throws(GatewayError) -> SessionAnswer {
        guard let answer = sessions.answer(of: number) else { throw .unknownSession(number) }
        return answer
    }

    /// What a window is doing.
    func state(of window: WindowID) -> OperatorAPI.WindowState {
        OperatorAPI.WindowState(
            window: window.value, isPaused: sessions.isPaused(window), ticket: sessions.ticket(at: window))
    }

    // MARK: Actions

    /// Lets the sessions take an event, keeps what a restart is to know of it, and does what comes of it; answers how
    /// many pads were prompted.
    @discardableResult func handle(_ event: SessionEvent) async -> Int {
        let now = clock.now()
        let (memory, watched) = (sessions.memory, watch.memory)
        let actions = sessions.handle(event, at: now)
        for action in actions { note(action, at: now) }
        if sessions.memory != memory || watch.memory != watched { await keep() }
        let prompted = await perform(actions)
        tellScreens()
        return prompted
    }

    /// Does what waits for pads and disks.
    private func perform(_ actions: [SessionAction]) async -> Int {
        var prompted = 0
        for action in actions {
            switch action {
            case .prompt(let number, let window, let remaining):
                prompted += await send(prompt(number, at: window, remaining), window)
            case .cancelPrompt(let number, let window, _): _ = await send(.cancelPrompt(number), window)
            case .pause(let window): _ = await send(.pause, window)
            case .resume(let window): _ = await send(.resume, window)
            case .showWaiting(let window, let count, let ticket):
                _ = await send(.showWaiting(count: count, ticket: ticket), window)
            case .open(let opening): prompted += await open(opening)
            case .recordNoAnswer(let session): await recordNoAnswer(of: session)
            case .setTimer, .cancelTimer, .ticketBegun, .ticketFinished, .tooManySuspended: break
            }
        }
        return prompted
    }

    /// The command that asks, with what the session is about where that is still known.
    func prompt(_ number: PromptNumber, at window: WindowID, _ remaining: Duration) -> DeviceCommand {
        let about = subjects[window].flatMap { $0.session == number ? $0.subject : nil }
        return .prompt(number, timeout: remaining, about: about)
    }

    func note(_ action: SessionAction, at now: CaptureTime) {
        switch action {
        case .prompt(let number, let window, _): observe(.prompted(number, window))
        case .cancelPrompt(let number, let window, let reason): observe(.promptEnded(number, window, reason))
        case .setTimer(let window, let after): deadlines[window] = now.monotonic.advanced(by: after)
        case .cancelTimer(let window): deadlines[window] = nil
        case .ticketBegun(let window): observe(.ticketBegun(window))
        case .ticketFinished(let window): observe(.ticketFinished(window))
        case .tooManySuspended(let window):
            logger.notice("no more tickets can be suspended", metadata: ["window": "\(window)"])
        case .pause, .resume, .showWaiting, .open, .recordNoAnswer: break
        }
    }

    private func open(_ opening: SessionOpening) async -> Int {
        do throws(GatewayError) {
            return try await open(CheckedSessionRequest(opening)).promptedPads
        } catch {
            logger.error(
                "a session was not opened", metadata: ["window": "\(opening.window)", "error": "\(error)"])
            return 0
        }
    }
}
