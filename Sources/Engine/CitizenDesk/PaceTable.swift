// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// How fast each of many may do something: some times at once, then evenly.
///
/// It is bounded: where it has to forget somebody, it is those that were quiet for longest.
public struct PaceTable<Source: Hashable & Sendable>: Sendable {
    /// Most that are remembered.
    public let most: Int

    /// When the last time of each would have been due, had they come evenly.
    private var due: [Source: MonotonicInstant] = [:]

    /// Starts with nobody known.
    public init(most: Int) { self.most = max(1, most) }

    /// How many are remembered.
    public var count: Int { due.count }

    /// How long somebody waits who may come once in `interval`, and `atOnce` times without waiting; `nil` for nobody.
    public func wait(
        of source: Source, every interval: Duration, atOnce: Int, at now: MonotonicInstant
    ) -> Duration? {
        let next = max(due[source] ?? now, now).advanced(by: interval)
        let wait = now.duration(to: next) - interval * atOnce
        return wait > .zero ? wait : nil
    }

    /// Counts a time.
    public mutating func note(_ source: Source, every interval: Duration, at now: MonotonicInstant) {
        if due[source] == nil, due.count >= most { forget(at: now) }
        due[source] = max(due[source] ?? now, now).advanced(by: interval)
    }

    /// Forgets whoever would not wait anyway, else those that were quiet for longest: many at a time, so that looking for
    /// them costs little for each that comes.
    private mutating func forget(at now: MonotonicInstant) {
        due = due.filter { $0.value > now }
        let tooMany = due.count - most * 7 / 8
        guard tooMany > 0 else { return }
        for quiet in due.sorted(by: { $0.value < $1.value }).prefix(tooMany) { due[quiet.key] = nil }
    }
}
