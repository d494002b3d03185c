// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import WindowSessions

/// What a start learns from the journal of the sessions that were open.
extension PressReception {
    /// How many of the newest records are read to learn how sessions ended.
    private static var recordsRead: Int64 { 4096 }

    /// Takes each window's newest session with what became of it.
    ///
    /// One that is older than the records that are read is not waited for: nobody is asked again because of it.
    func restore(from journal: any RatingJournal) async throws(GatewayError) {
        let open = try await journal.openSessions()
        guard !open.isEmpty else { return }
        var answers: [PromptNumber: SessionAnswer] = [:]
        var position = max(0, await journal.status().lastSequence - Self.recordsRead)
        while true {
            let entries = try await journal.entries(after: position, atMost: 512)
            guard let last = entries.last else { break }
            position = last.sequence
            for entry in entries { Self.note(entry.body, in: &answers) }
        }
        let now = clock.now()
        for session in open {
            let actions = sessions.handle(
                .restored(session, timeout: promptTimeout, answer: answers[session.number] ?? .cancelled), at: now)
            for case .setTimer(let window, let after) in actions {
                deadlines[window] = now.monotonic.advanced(by: after)
            }
        }
    }

    private static func note(_ body: RecordBody, in answers: inout [PromptNumber: SessionAnswer]) {
        switch body {
        case .session(let session): answers[session.number] = .waiting
        case .noAnswer(let end): if answers[end.session] != .answered { answers[end.session] = .noAnswer }
        case .rating(let rating):
            guard let number = rating.session else { return }
            if rating.level != nil { answers[number] = .answered }
            if answers[number] != .answered { answers[number] = .noAnswer }
        case .conflict, .imported, .integrity: break
        }
    }
}
