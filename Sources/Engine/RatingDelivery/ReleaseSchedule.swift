// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import UplinkAPI

/// When the journal is asked to let go of ratings whose reason to be held is over.
///
/// A 差评 without a reason waits for the hours the site set, an invitation until nobody is expected to answer any more; both
/// are counted by the journal's records, so that they go on through a restart. What a profile that was changed takes now is let go at the start.
struct ReleaseSchedule: Sendable {
    /// Most ratings moved in one transaction.
    static let batch = 500
    /// The longest wait between two looks: a clock that is trusted by then may show that more time has passed.
    private static let mostWait = Duration.seconds(3600)

    private let ages: [HoldReason: Duration]
    private var dueAt: [HoldReason: MonotonicInstant] = [:]

    init(_ limits: UplinkLimits) {
        var ages: [HoldReason: Duration] = [.reasonless: limits.reasonlessHold ?? .zero]
        if let wait = limits.invitationWait { ages[.answerable] = wait }
        if limits.takesUnmatched { ages[.unmatched] = .zero }
        if limits.takesUnrated { ages[.unrated] = .zero }
        self.ages = ages
        for reason in ages.keys { dueAt[reason] = MonotonicInstant(nanoseconds: .min) }
    }

    /// When the journal is to be asked next; `nil` for never.
    var nextDue: MonotonicInstant? { dueAt.values.min() }

    /// What to ask for now, and how long ago it must have been recorded.
    func due(at now: MonotonicInstant) -> (reason: HoldReason, age: Duration)? {
        guard let first = dueAt.min(by: { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }),
            first.value <= now
        else { return nil }
        return (first.key, ages[first.key] ?? .zero)
    }

    /// The journal answered.
    mutating func answered(_ reason: HoldReason, _ release: HeldRelease, at now: MonotonicInstant) {
        let age = ages[reason] ?? .zero
        if let wait = release.nextDue {
            dueAt[reason] = now.advanced(by: min(wait, Self.mostWait))
        } else {
            // Whatever is held from now on is not due before its time has passed once.
            dueAt[reason] = age > .zero ? now.advanced(by: age) : nil
        }
    }
}
