// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

/// The sessions of the windows as far back as somebody looks, read from the journal, so that a restart forgets none.
///
/// What was read is remembered while it is recent enough: the next look reads what came since.
struct RecentSessions: Sendable {
    /// Most sessions of a window: more than it serves in a day, and a bound where no clock says how old they are.
    static let mostOfAWindow = 1024
    /// Most records read from the journal in one turn, between which presses are recorded.
    private static let mostAtOnce = 64

    /// By window, the newest first.
    private var kept: [WindowID: [JournalEntry]] = [:]
    /// How far back it is whole.
    private var age = Duration.zero

    /// All of them.
    var sessions: [WindowSession] { kept.values.joined().compactMap(\.session) }

    /// Reads what is missing of the sessions of these windows that are certainly no older than `age`, and forgets the rest.
    mutating func read(
        _ windows: Set<WindowID>, from journal: any RecordLookup, within age: Duration, at now: CaptureTime
    ) async throws(GatewayError) {
        if age > self.age { kept = [:] }
        kept = kept.filter { windows.contains($0.key) }
        self.age = age
        for window in windows {
            let known = kept[window] ?? []
            let fresh = try await Self.sessions(
                at: window, after: known.first?.sequence ?? 0, from: journal, within: age, at: now)
            let all = (fresh + known).prefix(Self.mostOfAWindow)
            kept[window] = all.filter { $0.isSession(within: age, at: now) }
        }
    }

    private static func sessions(
        at window: WindowID, after known: JournalSequence, from journal: any RecordLookup, within age: Duration,
        at now: CaptureTime
    ) async throws(GatewayError) -> [JournalEntry] {
        var found: [JournalEntry] = []
        // Mostly there is nothing new, or one.
        var count = 2
        while found.count < mostOfAWindow {
            let page = try await journal.sessions(at: window, before: found.last?.sequence ?? .max, atMost: count)
            let wanted = page.prefix { $0.sequence > known && $0.isSession(within: age, at: now) }
            found += wanted
            if wanted.count < count { break }
            count = min(4 * count, mostAtOnce)
        }
        return found
    }
}

extension JournalEntry {
    fileprivate var session: WindowSession? { if case .session(let session) = body { session } else { nil } }

    /// Whether it is a session that was opened no longer ago than `age`, as far as clocks tell.
    fileprivate func isSession(within age: Duration, at now: CaptureTime) -> Bool {
        session.map { $0.openedAt.leastAge(at: now) <= age } ?? false
    }
}
