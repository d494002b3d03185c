// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// Decides whether the service manager's watchdog may be fed: only where every part made progress or proved idle.
///
/// A process that is merely alive is the health of others. Here each part (the device thread, supervision, each
/// forwarder) is asked over and over and has to answer, and no press may wait for its commit for ever. What keeps the
/// food back is named, so that the log of a restarted daemon says why.
public struct WatchdogJudgement: Sendable, Hashable {
    /// What to do with the watchdog.
    public enum Verdict: Sendable, Hashable {
        /// Feed it.
        case feed
        /// Keep the food back; the words name what stands still.
        case starve(String)
    }

    /// How long a commit may take before the committer counts as stuck: far beyond the slowest SD card's worst sync,
    /// for a restart does not make a disk faster.
    public static let commitLimit = Duration.seconds(30)

    private let commitLimit: Duration
    private let silenceLimit: Duration
    private var answeredAt: [String: MonotonicInstant]

    /// Starts with every part having answered just now; a part is silent after `silenceLimit` without an answer.
    public init(
        parts: [String], at now: MonotonicInstant, silenceLimit: Duration,
        commitLimit: Duration = WatchdogJudgement.commitLimit
    ) {
        self.silenceLimit = silenceLimit
        self.commitLimit = commitLimit
        answeredAt = Dictionary(parts.map { ($0, now) }, uniquingKeysWith: { first, _ in first })
    }

    /// Notes that a part answered.
    public mutating func answered(_ part: String, at now: MonotonicInstant) {
        if answeredAt[part] != nil { answeredAt[part] = now }
    }

    /// Judges the moment; `oldestPressInHand` is how long the oldest press has waited for its commit.
    public func verdict(oldestPressInHand: Duration?, at now: MonotonicInstant) -> Verdict {
        for (part, last) in answeredAt.sorted(by: { $0.key < $1.key }) where last.duration(to: now) > silenceLimit {
            return .starve("\(part) has not answered for \(last.duration(to: now).components.seconds) s")
        }
        if let oldest = oldestPressInHand, oldest > commitLimit {
            return .starve("a press has waited \(oldest.components.seconds) s for its commit")
        }
        return .feed
    }
}
