// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What becomes of those who show a wrong key: each waits for its answer, and only so many wait at once.
///
/// A right key is never held up: whoever knows none can lock nobody out, and gains nothing by trying many at once.
public struct WrongKeys: Sendable {
    /// How long the answer to a wrong key takes.
    public static let pause = Duration.seconds(1)
    /// Most wrong keys that wait for their answer; one more is told at once to come back later.
    public static let mostWaiting = 32
    /// How often an operator is told of them.
    public static let reportEvery = Duration.seconds(60)

    /// How many were shown in all.
    public private(set) var count: Int64 = 0
    private var waiting = 0
    private var untold: Int64 = 0
    private var toldAt: MonotonicInstant?

    /// Starts with none.
    public init() {}

    /// Counts a wrong key. Answers whether its answer waits, after which ``ended()`` is called; and how many there were since
    /// the last report, where it is time for one.
    public mutating func shown(at now: MonotonicInstant) -> (waits: Bool, report: Int64?) {
        count &+= 1
        untold &+= 1
        var report: Int64?
        if toldAt.map({ $0.duration(to: now) >= Self.reportEvery }) ?? true {
            (report, untold, toldAt) = (untold, 0, now)
        }
        guard waiting < Self.mostWaiting else { return (false, report) }
        waiting += 1
        return (true, report)
    }

    /// One of those that waited has its answer.
    public mutating func ended() { waiting = max(0, waiting - 1) }
}
