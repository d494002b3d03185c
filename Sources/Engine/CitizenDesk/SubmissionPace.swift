// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// How fast ratings may come by one code, and at one window, and numbers at one kiosk: what comes faster is to be sent again later.
///
/// It loses nothing and blocks nobody for good: a citizen waits for seconds.
public struct SubmissionPace: Sendable {
    /// Most codes, windows and questionnaires that are remembered.
    public static let most = 4096

    /// Who comes: a code by its number, a window, or whoever answers a questionnaire.
    public enum Source: Sendable, Hashable {
        /// By a code, named by its number.
        case code([UInt8])
        /// At a window.
        case window(WindowID)
        /// At a self-service kiosk, by its name.
        case kiosk(String)
        /// To a questionnaire, named by its id.
        case questionnaire(String)
    }

    /// How many a minute a source may send for long; half of it, and at least five, may come at once.
    public var perMinute: Int

    private var table = PaceTable<Source>(most: Self.most)

    /// Starts with nobody known.
    public init(perMinute: Int) { self.perMinute = max(1, perMinute) }

    /// How many sources are remembered.
    public var count: Int { table.count }

    /// Counts a submission of these sources together; answers how long to wait where it comes too fast, and then counts
    /// nothing.
    public mutating func take(_ sources: [Source], at now: MonotonicInstant) -> Duration? {
        let interval = Duration.seconds(60) / max(1, perMinute)
        let waits = sources.compactMap { table.wait(of: $0, every: interval, atOnce: max(5, perMinute / 2), at: now) }
        if let longest = waits.max() { return longest }
        for source in sources { table.note(source, every: interval, at: now) }
        return nil
    }
}

extension GatewayError {
    /// Ratings come faster than people can give them; `wait` is how long to wait.
    public static func ratingTooFast(_ wait: Duration) -> GatewayError {
        let seconds = wait.secondsToWait
        return GatewayError(
            "rating.too-fast", LocalText("ratings come too fast here", "此处提交过于频繁"), cause: "retry after \(seconds) s",
            hint: LocalText("send it again in \(seconds) s", "请在 \(seconds) 秒后重新提交"), retryAfterSeconds: seconds)
    }
}
