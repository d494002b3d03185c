// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import RatingModel
import WindowSessions

/// What a start knows of the windows: what was kept of them, and what the journal recorded.
extension PressReception {
    /// How many of the newest records are read to learn how sessions ended, where nothing was kept.
    private static var recordsRead: Int64 { 4096 }
    /// How many of the newest records are searched for flags.
    private static var recordsSearched: Int64 { 100_000 }

    /// Takes up what is still true, and leaves the rest: a doubt means that a press is the window's and nobody's more.
    func restore(from journal: any RatingJournal) async throws(GatewayError) {
        let (status, now) = (await journal.status(), clock.now())
        known = KnownRecords(newest: status.lastSequence)
        for entry in try await journal.flags(
            after: max(0, status.lastSequence - Self.recordsSearched), atMost: FlagLog.limit)
        {
            if case .integrity(let event) = entry.body { flagLog.remember(event, at: entry.recordedAt) }
        }
        let isComplete = try await takeUp(await keeper?.load(), status, at: now)
        if !isComplete { try await restoreSessions(from: journal, status, at: now) }
        sessions.keep(windows)
        watch.keep(windows)
        deadlines = deadlines.filter { windows.contains($0.key) }
        await keep()
    }

    /// Takes up what was kept; answers whether that is all there is to know.
    private func takeUp(
        _ found: (kept: KeptSessions, aliveAt: CaptureTime)?, _ status: JournalStatus, at now: CaptureTime
    ) async throws(GatewayError) -> Bool {
        guard let (kept, aliveAt) = found else { return false }
        // A journal that took the place of a damaged one has other positions.
        guard kept.through <= status.lastSequence, status.recoveredFrom == nil,
            let memory = kept.sessions.taken(from: aliveAt, to: now, policy: sessions.policy)
        else {
            logger.notice("the gateway was away too long, or no clock says how long: staff sign in again")
            return false
        }
        sessions.takeUp(memory)
        let isSameBoot = aliveAt.boot == now.boot
        if isSameBoot { watch.memory = kept.watch }
        try await follow(after: kept.through, isSameBoot: isSameBoot)
        guard isSameBoot else { return false }
        start(sessions.waitingTimers(at: now), at: now)
        return true
    }

    /// Takes in what was recorded after the windows were last kept.
    private func follow(after position: JournalSequence, isSameBoot: Bool) async throws(GatewayError) {
        var position = position
        while true {
            let entries = try await journal.entries(after: position, atMost: 512)
            guard let last = entries.last else { return }
            position = last.sequence
            for entry in entries {
                if isSameBoot {
                    sessions.follow(
                        entry.body, recordedAs: entry.sequence, at: entry.recordedAt, timeout: promptTimeout)
                } else if case .session(let session) = entry.body, session.staff != nil {
                    // Somebody else may have taken the window over in the moment the power went.
                    _ = sessions.handle(.signedIn(session.window, staff: nil), at: entry.recordedAt)
                }
            }
        }
    }

    /// Takes each window's newest session with what became of it, where nothing else is known.
    ///
    /// One that is older than the records that are read is not waited for: nobody is asked again because of it.
    private func restoreSessions(
        from journal: any RatingJournal, _ status: JournalStatus, at now: CaptureTime
    ) async throws(GatewayError) {
        let open = try await journal.openSessions()
        guard !open.isEmpty else { return }
        var answers: [PromptNumber: SessionAnswer] = [:]
        var position = max(0, status.lastSequence - Self.recordsRead)
        while true {
            let entries = try await journal.entries(after: position, atMost: 512)
            guard let last = entries.last else { break }
            position = last.sequence
            for entry in entries { Self.note(entry.body, in: &answers) }
        }
        for session in open {
            let answer = answers[session.number] ?? .cancelled
            start(sessions.handle(.restored(session, timeout: promptTimeout, answer: answer), at: now), at: now)
        }
    }

    private func start(_ timers: [SessionAction], at now: CaptureTime) {
        for case .setTimer(let window, let after) in timers { deadlines[window] = now.monotonic.advanced(by: after) }
    }

    private static func note(_ body: RecordBody, in answers: inout [PromptNumber: SessionAnswer]) {
        switch body {
        case .session(let session): answers[session.number] = .waiting
        case .noAnswer(let end): if answers[end.session] != .answered { answers[end.session] = .noAnswer }
        case .rating(let rating):
            guard let number = rating.session else { return }
            if rating.level != nil { answers[number] = .answered }
            if answers[number] != .answered { answers[number] = .noAnswer }
        case .conflict, .imported, .integrity, .decision, .verdict, .questionnaire, .invitation: break
        }
    }
}
