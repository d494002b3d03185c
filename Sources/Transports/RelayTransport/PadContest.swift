// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Sees two pads that connect in by one name: each throws the other out, again and again.
///
/// A single pad on a bad network replaces itself too, but seldom: one that notices a dead connection waits first.
struct PadContest {
    /// So many replacements within ``window`` are two pads'.
    static let most = 4
    static let window = Duration.seconds(60)
    /// After so long without a replacement it is over.
    static let calm = Duration.seconds(300)

    private var moments: [ContinuousClock.Instant] = []
    private var contestedAt: ContinuousClock.Instant?
    /// Where the last two connected in from, each once.
    private(set) var addresses: [String] = []

    /// A pad took the place of another; answers whether this is where it became a contest.
    mutating func replaced(_ old: String, _ new: String, _ now: ContinuousClock.Instant) -> Bool {
        addresses = old == new ? [new] : [old, new].sorted()
        moments.removeAll { $0.duration(to: now) > Self.window }
        moments.append(now)
        if moments.count > Self.most { moments.removeFirst() }
        guard moments.count == Self.most else { return false }
        let isNew = !isContested(at: now)
        contestedAt = now
        return isNew
    }

    func isContested(at now: ContinuousClock.Instant) -> Bool {
        contestedAt.map { $0.duration(to: now) < Self.calm } ?? false
    }
}

/// Counts pads that were not let in, so that the log hears of them at most once in ten seconds.
struct RefusalCount {
    static let interval = Duration.seconds(10)

    private var count: UInt64 = 0
    private var saidAt: ContinuousClock.Instant?

    /// One more; answers how many there were since the last answer, where it is time for one.
    mutating func note(at now: ContinuousClock.Instant) -> UInt64? {
        count &+= 1
        if let saidAt, saidAt.duration(to: now) < Self.interval { return nil }
        defer { count = 0 }
        saidAt = now
        return count
    }
}
