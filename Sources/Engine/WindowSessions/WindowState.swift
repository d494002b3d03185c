// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Everything that is remembered of a window.
struct WindowState: Sendable, Hashable {
    var session: OpenSession?
    /// How earlier sessions ended, the newest last; at most ``SessionPolicy/finishedSessions``.
    var finished: [Finished] = []
    var isPaused = false
    var ticket: String?
    /// Whether somebody is served, also where the ticket's number is not known.
    var isServing = false
    /// Tickets that wait to be called back, the oldest first; at most ``SessionPolicy/suspendedTickets``.
    var suspended: [String] = []
    /// A case that was scanned before its session is opened.
    var scannedCase: CaseReference?
    var staff: Staff?

    struct Finished: Sendable, Hashable {
        let number: PromptNumber
        var answer: SessionAnswer
    }

    struct Staff: Sendable, Hashable {
        let name: String
        let since: CaptureTime
    }

    // MARK: Staff

    mutating func signIn(_ name: String?, at now: CaptureTime) { staff = name.map { Staff(name: $0, since: now) } }

    /// Who serves; nobody once the time has run out or the computer was restarted.
    func staff(at now: CaptureTime, policy: SessionPolicy) -> String? {
        guard let staff, staff.since.boot == now.boot,
            staff.since.monotonic.duration(to: now.monotonic) < policy.staffExpiry
        else { return nil }
        return staff.name
    }

    // MARK: Tickets

    /// Sets the ticket aside; `false` where too many are.
    mutating func suspend(_ ticket: String) -> Bool {
        guard suspended.count < SessionPolicy.suspendedTickets else { return false }
        suspended.append(ticket)
        return true
    }

    /// Takes back the ticket that was suspended first.
    mutating func recall() -> String? { suspended.isEmpty ? nil : suspended.removeFirst() }

    // MARK: Sessions

    /// Puts a session in the place of the one before it, whose end is remembered.
    mutating func begin(_ next: OpenSession) {
        if let session { finish(session) }
        session = next
    }

    private mutating func finish(_ session: OpenSession) {
        let answer = session.answer == .waiting ? SessionAnswer.cancelled : session.answer
        finished.append(Finished(number: session.session.number, answer: answer))
        if finished.count > SessionPolicy.finishedSessions { finished.removeFirst() }
    }

    /// How a session ended; `nil` for one that is not remembered.
    func answer(of number: PromptNumber) -> SessionAnswer? {
        if let session, session.session.number == number {
            return session.answer == .waiting && session.closedAt != nil ? .cancelled : session.answer
        }
        return finished.last { $0.number == number }?.answer
    }

    /// Notes an answer that came after the session had made room for another.
    mutating func noteAnswer(ofFinished number: PromptNumber) {
        guard let index = finished.lastIndex(where: { $0.number == number }) else { return }
        finished[index].answer = .answered
    }
}
