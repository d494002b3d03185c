// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
public import UplinkAPI

/// Mirrors what a region lets the hall know: when to ask, and what becomes of a page of notices.
///
/// It reads and remembers. No notice changes, holds or moves a rating: the region owns what it says, and a verdict is
/// put beside its rating.
public struct RegionMirror: Sendable {
    /// What is to be done, in this order.
    public enum Action: Sendable, Hashable {
        /// Put a verdict beside its rating, unless one of its number lies there already.
        case record(rating: RecordID, number: String, outcome: String, text: String)
        /// Keep what is mirrored, with its cursor: what it came from is never asked for again.
        case keep(MirroredNotices)
        /// A case was rated just now.
        case rated(CaseReference)
        /// Ask for what is behind the cursor.
        case ask(after: String?)
    }

    /// What is mirrored now.
    public private(set) var notices: MirroredNotices
    private let interval: Duration
    private var next: MonotonicInstant?
    private var isAsking = false
    private var pages = 0

    /// Most pages read in a row before the next wait, so that a region that never ends does not keep a line busy.
    static let mostPages = 50

    /// Goes on with what was kept, and asks every so often.
    public init(keeping notices: MirroredNotices = MirroredNotices(), every interval: Duration) {
        self.notices = notices
        self.interval = interval
    }

    /// When ``tick(at:)`` has something to do; `nil` while an answer is awaited, and at once after a start.
    public func wakeAt(_ now: MonotonicInstant) -> MonotonicInstant? { isAsking ? nil : next ?? now }

    /// Time has passed.
    public mutating func tick(at now: MonotonicInstant) -> [Action] {
        guard !isAsking, next.map({ now >= $0 }) ?? true else { return [] }
        isAsking = true
        pages = 0
        return [.ask(after: notices.cursor)]
    }

    /// A page came.
    public mutating func received(_ page: RegionNotices, at now: MonotonicInstant) -> [Action] {
        guard isAsking else { return [] }
        var actions = take(page)
        // A cursor that does not move would give the same page for ever.
        let goesOn = page.next != nil && page.next != notices.cursor
        if let cursor = page.next { notices.cursor = cursor }
        if goesOn || !page.notices.isEmpty { actions.append(.keep(notices)) }
        pages += 1
        if goesOn, pages < Self.mostPages {
            actions.append(.ask(after: notices.cursor))
        } else {
            wait(from: now)
        }
        return actions
    }

    /// The region said something without being asked. Where what it brought could not be kept, it is given in again.
    public mutating func told(_ page: RegionNotices) -> [Action] {
        // Only what is said as it happens says something about whoever stands at a window: a page may be of yesterday.
        let rated = page.notices.compactMap { notice -> Action? in
            if case .rated(let reference) = notice { .rated(reference) } else { nil }
        }
        let actions = take(page)
        return rated + (rated.count == page.notices.count ? [] : actions + [.keep(notices)])
    }

    private mutating func take(_ page: RegionNotices) -> [Action] {
        var actions: [Action] = []
        for notice in page.notices {
            if case .verdict(let rating, let number, let outcome, let text) = notice {
                actions.append(.record(rating: rating, number: number, outcome: outcome, text: text))
            }
            notices.take(notice)
        }
        return actions
    }

    /// No page came, or what it brought could not be kept: the same is asked for again later.
    public mutating func failed(keeping kept: MirroredNotices, at now: MonotonicInstant) {
        notices = kept
        wait(from: now)
    }

    private mutating func wait(from now: MonotonicInstant) {
        isAsking = false
        next = now.advanced(by: interval)
    }
}
