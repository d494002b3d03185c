// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// Which codes a rating has redeemed, so that none is taken twice. It is bounded, and forgets what has run out.
///
/// A code is known by the press that it makes: all codes that make the same one are redeemed together.
///
/// What it holds is lost with the process: its owner fills it again from the journal at a start.
public struct RedeemedCodes: Sendable {
    /// What redeeming a code comes to.
    public enum Answer: Sendable, Hashable {
        /// Nobody had redeemed it; now it is.
        case first
        /// The same submission redeemed it: it was sent again, and is answered as it was before.
        case again
        /// Another submission redeemed it.
        case redeemed
        /// The table is full of codes that have not run out: nothing can be taken before one does.
        case full
    }

    /// Most codes that are kept at a time.
    public let capacity: Int
    /// How many codes are kept now.
    public var count: Int { entries.count }

    private struct Entry {
        let submission: String
        let expiresAt: WallTime
    }

    private var entries: [PressKey: Entry] = [:]
    private var pruneAt = 1024
    /// The latest expiry of what was forgotten.
    private var forgottenUntil = WallTime(millisecondsSinceEpoch: .min)
    /// No entry runs out before this.
    private var earliestExpiry = WallTime(millisecondsSinceEpoch: .max)

    /// Starts empty.
    public init(capacity: Int = 100_000) { self.capacity = max(1, capacity) }

    /// Redeems a code for a submission, or says who did.
    ///
    /// `expiresAt` is the code's own. Once that has passed, the entry may be forgotten; and a code that runs out no later
    /// than one that was forgotten counts as redeemed, so that a clock that is set back opens nothing twice.
    public mutating func redeem(
        _ press: PressKey, submission: String, expiresAt: WallTime, at now: WallTime
    ) -> Answer {
        if let entry = entries[press] { return entry.submission == submission ? .again : .redeemed }
        guard expiresAt > forgottenUntil else { return .redeemed }
        if entries.count >= min(pruneAt, capacity) { prune(at: now) }
        guard entries.count < capacity else { return .full }
        entries[press] = Entry(submission: submission, expiresAt: expiresAt)
        earliestExpiry = min(earliestExpiry, expiresAt)
        return .first
    }

    /// Which submission redeemed a code; `nil` where none did, or it was forgotten.
    public func submission(for press: PressKey) -> String? { entries[press]?.submission }

    /// Gives a code back whose rating could not be recorded after all.
    public mutating func release(_ press: PressKey, submission: String) {
        if entries[press]?.submission == submission { entries[press] = nil }
    }

    /// Forgets the codes that have run out.
    public mutating func prune(at now: WallTime) {
        guard earliestExpiry <= now else { return }
        var earliest = WallTime(millisecondsSinceEpoch: .max)
        for (press, entry) in entries {
            if entry.expiresAt <= now {
                forgottenUntil = max(forgottenUntil, entry.expiresAt)
                entries[press] = nil
            } else {
                earliest = min(earliest, entry.expiresAt)
            }
        }
        earliestExpiry = earliest
        pruneAt = max(1024, entries.count * 2)
    }
}
