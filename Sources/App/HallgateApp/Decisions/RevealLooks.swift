// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Which looks at a line's levels have a record that still covers them.
///
/// Whoever follows a line asks four times a second; a record for each would bury the others. What one user reads of one
/// line for one reason within a minute is one look with one record, which is on disk before its first byte is shown.
struct RevealLooks: Sendable {
    /// Who looks where, and why.
    struct Look: Sendable, Hashable {
        let user: String
        let reason: String
        let line: String
    }

    /// How long a record covers what is shown.
    static let lasts: Duration = .seconds(60)
    /// Most looks that are remembered; of more the oldest is forgotten, and recorded again.
    static let most = 64

    private var begun: [Look: MonotonicInstant] = [:]

    /// Whether a record covers the look.
    func cover(_ look: Look, at now: MonotonicInstant) -> Bool {
        begun[look].map { $0.duration(to: now) < Self.lasts } ?? false
    }

    /// Notes that a look's record is on disk.
    mutating func began(_ look: Look, at now: MonotonicInstant) {
        begun = begun.filter { $0.value.duration(to: now) < Self.lasts }
        if begun.count >= Self.most, let oldest = begun.min(by: { $0.value < $1.value }) {
            begun[oldest.key] = nil
        }
        begun[look] = now
    }
}
