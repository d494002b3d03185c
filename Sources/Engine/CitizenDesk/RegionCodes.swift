// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What a region is asked while screens and pads show its own codes: the code of a case, and whether the case has been rated.
///
/// One session a window is followed, from its opening until it is answered, over, or its time is up. However many windows
/// there are, few questions are on their way at once, for they share the line and the pace of the ratings. Every
/// ``Action/askCode(_:)`` and ``Action/askRated(_:)`` is to be followed by what came of it.
public struct RegionCodes: Sendable {
    /// How often a region is asked.
    public struct Times: Sendable, Hashable {
        /// How long a session's code is shown.
        public var shown: Duration
        /// How often it is asked whether a case was rated; `nil` for never.
        public var askRated: Duration?

        /// Takes the times.
        public init(shown: Duration, askRated: Duration?) {
            self.shown = shown
            self.askRated = askRated
        }
    }

    /// What is to be done.
    public enum Action: Sendable, Hashable {
        /// Ask for the code of a session's case and say what came with ``code(_:for:at:)``.
        case askCode(WindowSession)
        /// Ask whether a session's case was rated and say what came with ``rated(_:of:at:)``.
        case askRated(WindowSession)
        /// Show a code that came.
        case show(WindowSession, code: ShownCode)
        /// The session was answered at the region's page.
        case answered(PromptNumber)
    }

    /// Most questions on their way at once.
    public static let mostAtOnce = 2
    /// How long a case is asked after once its code is shown no more: whoever scanned it last is still rating.
    public static let grace = Duration.seconds(30)
    /// How long a region may give no code before an operator is told: one citizen goes without, and no more.
    static let patience = Duration.seconds(120)
    /// The longest wait after questions without an answer.
    static let longestWait = Duration.seconds(30)

    /// How codes came that were asked for.
    public struct Tally: Sendable, Hashable {
        /// How often a code was asked for since the start.
        public var asked = 0
        /// How often one came.
        public var given = 0
        /// Between which two moments every question went without a code; `nil` where the last one had it.
        var missing: ClosedRange<MonotonicInstant>?

        /// For how long no code has come, where that is longer than a moment and nobody knows better since.
        public var silence: Duration? {
            guard let missing else { return nil }
            let lasted = missing.lowerBound.duration(to: missing.upperBound)
            return lasted >= RegionCodes.patience ? lasted : nil
        }
    }

    private struct Entry {
        let session: WindowSession
        let until: MonotonicInstant
        var wantsCode: Bool
        var wantsRated: Bool
        var isUnderWay = false
        var next: MonotonicInstant
        var failures = 0
        /// Whether the region said that the case was not rated: only after that it can have been rated now.
        var wasUnrated = false

        var isWanting: Bool { wantsCode || wantsRated }
    }

    /// The times; they may change at any moment.
    public var times: Times
    private var entries: [WindowID: Entry] = [:]
    private var underWay = 0
    /// How codes came so far.
    public private(set) var tally = Tally()

    /// Starts with nothing to ask.
    public init(times: Times) { self.times = times }

    // MARK: Events

    /// A session has come whose code is the region's; with `wantsCode` the region has yet to be asked for it.
    public mutating func opened(_ session: WindowSession, wantsCode: Bool, at now: MonotonicInstant) {
        // A case is what regions know: without one there is nothing to ask after.
        let hasCase = session.caseReference != nil
        entries[session.window] = Entry(
            session: session, until: now.advanced(by: times.shown + Self.grace), wantsCode: wantsCode && hasCase,
            wantsRated: times.askRated != nil && hasCase, next: now)
    }

    /// A window does this now: a session that was answered here, or is over, is not asked after.
    public mutating func changed(_ window: WindowID, to picture: WindowPicture) {
        guard let entry = entries[window] else { return }
        if picture.session?.number != entry.session.number {
            entries[window] = nil
        } else if picture.isAnswered {
            // The code still is the citizen's; that a rating of the pad arrives at the region is no news.
            entries[window]?.wantsRated = false
        }
    }

    /// Time has passed: what is to be asked now, the longest due first.
    public mutating func timePassed(at now: MonotonicInstant) -> [Action] {
        entries = entries.filter { now < $0.value.until }
        let due = entries.filter { $0.value.isWanting && !$0.value.isUnderWay && $0.value.next <= now }
            .sorted { ($0.value.next, $0.key) < ($1.value.next, $1.key) }
        return due.prefix(max(0, Self.mostAtOnce - underWay)).map { window, entry in
            underWay += 1
            entries[window]?.isUnderWay = true
            return entry.wantsCode ? .askCode(entry.session) : .askRated(entry.session)
        }
    }

    /// What the region answered when asked for a code; `nil` where it gave none, which is asked for again.
    public mutating func code(_ code: ShownCode?, for session: PromptNumber, at now: MonotonicInstant) -> [Action] {
        asked(hasCome: code != nil, at: now)
        guard let window = end(session) else { return [] }
        guard let code else {
            fail(window, at: now, .seconds(2))
            return []
        }
        entries[window]?.wantsCode = false
        entries[window]?.failures = 0
        entries[window]?.next = now
        return entries[window].map { [.show($0.session, code: code)] } ?? []
    }

    /// A code was asked for, by a turn of ``timePassed(at:)`` or beside them, and came or did not.
    public mutating func asked(hasCome: Bool, at now: MonotonicInstant) {
        tally.asked += 1
        if hasCome {
            tally.given += 1
            tally.missing = nil
        } else {
            let first = tally.missing?.lowerBound ?? now
            tally.missing = first...max(first, now)
        }
    }

    /// What the region answered when asked whether a case was rated; `nil` where it said neither.
    ///
    /// A case that was rated before the citizen was asked is no answer: only what was not rated can be rated now.
    public mutating func rated(_ isRated: Bool?, of session: PromptNumber, at now: MonotonicInstant) -> [Action] {
        guard let window = end(session), let entry = entries[window], entry.wantsRated else { return [] }
        guard let isRated else {
            fail(window, at: now, times.askRated ?? Self.longestWait)
            return []
        }
        guard isRated else {
            entries[window]?.wasUnrated = true
            entries[window]?.failures = 0
            entries[window]?.next = now.advanced(by: times.askRated ?? Self.longestWait)
            return []
        }
        entries[window]?.wantsRated = false
        return entry.wasUnrated ? [.answered(session)] : []
    }

    /// The region said unasked that a case was rated; it counts for a session that is being shown, and is nothing else.
    public mutating func told(rated reference: CaseReference, at now: MonotonicInstant) -> [Action] {
        let found = entries.filter { _, entry in entry.session.caseReference == reference && now < entry.until }
        for window in found.keys { entries[window]?.wantsRated = false }
        return found.values.map { .answered($0.session.number) }
    }

    // MARK: Waiting

    /// A question has ended; the window whose session it was about, unless another has come since.
    private mutating func end(_ session: PromptNumber) -> WindowID? {
        underWay = max(0, underWay - 1)
        guard let window = entries.first(where: { $0.value.session.number == session })?.key else { return nil }
        entries[window]?.isUnderWay = false
        return window
    }

    /// Waits longer with every question without an answer.
    private mutating func fail(_ window: WindowID, at now: MonotonicInstant, _ first: Duration) {
        let failures = entries[window]?.failures ?? 0
        entries[window]?.failures = failures + 1
        let wait = min(first * (1 << min(failures, 5)), max(first, Self.longestWait))
        entries[window]?.next = now.advanced(by: wait)
    }
}
