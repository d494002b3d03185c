// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The digit and enter keys that are down, to notice one that stays down.
struct HeldKeys: Sendable {
    /// Longer than anybody presses.
    static let limit = Duration.seconds(30)

    /// There are 22 such keys, so this stays small.
    private var since: [UInt16: MonotonicInstant] = [:]
    private var stuck: Set<UInt16> = []

    /// A key is down, or says by its repeat that it still is.
    mutating func down(_ code: UInt16, at now: MonotonicInstant) {
        if since[code] == nil { since[code] = now }
    }

    /// A key was let go; answers whether the last stuck one was.
    mutating func up(_ code: UInt16) -> Bool {
        since[code] = nil
        return stuck.remove(code) != nil && stuck.isEmpty
    }

    /// The kernel's report was incomplete: which keys are down is not known, until they say so.
    mutating func forget() { since = [:] }

    /// Whether a key is stuck now that was not before.
    mutating func becameStuck(at now: MonotonicInstant) -> Bool {
        let before = stuck.count
        for (code, start) in since where start.duration(to: now) >= Self.limit { stuck.insert(code) }
        return stuck.count > before
    }

    /// How long until a key would be stuck; `nil` while none is down that is not stuck already.
    func wait(at now: MonotonicInstant) -> Duration? {
        since.filter { !stuck.contains($0.key) }.values.min().map { start in
            max(.milliseconds(1), Self.limit - start.duration(to: now))
        }
    }
}
