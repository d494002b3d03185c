// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import RatingModel

/// A line for the log about a device line.
struct LineNotice: Sendable, Hashable {
    let level: Logger.Level
    let text: String
    /// How many of the same kind were left out since the last one.
    let leftOut: Int
}

/// Lets one notice of a kind through per minute, so that a loose plug or a noisy line cannot fill the log.
struct NoticeLimiter: Sendable {
    /// What a notice is about.
    enum Kind: Sendable, Hashable {
        case notOpened(String)
        case opened, identified, sharesIdentity, closed, refused, garbage, badFrame, silent, answering, logFull,
            incompatible, unproven, stuckKey, keyReleased, unknownAddress,
            notShown, codeNotShown, shownAgain, firmware

        /// Kinds that share one allowance and are let through again when they differ from the last one.
        fileprivate var family: Kind { if case .notOpened = self { .notOpened("") } else { self } }
    }

    private struct Allowance: Sendable {
        var last: Kind
        var notBefore: MonotonicInstant
        var leftOut = 0
    }

    /// The least time between two notices of one kind; a line that cannot be opened says so again after ten minutes.
    static func interval(_ kind: Kind) -> Duration { if case .notOpened = kind { .seconds(600) } else { .seconds(60) } }

    private var allowances: [Kind: Allowance] = [:]

    /// Answers the notice, or `nil` where one of its kind came too short a time ago.
    mutating func notice(
        _ kind: Kind, _ level: Logger.Level, _ text: String, at now: MonotonicInstant
    ) -> LineNotice? {
        if var allowance = allowances[kind.family], allowance.last == kind, now < allowance.notBefore {
            allowance.leftOut += 1
            allowances[kind.family] = allowance
            return nil
        }
        let leftOut = allowances[kind.family]?.leftOut ?? 0
        allowances[kind.family] = Allowance(last: kind, notBefore: now.advanced(by: Self.interval(kind)))
        return LineNotice(level: level, text: text, leftOut: leftOut)
    }

    /// Lets the next notice of the kind through, because the matter was mended in between.
    mutating func forgive(_ kind: Kind) { allowances[kind.family] = nil }
}
