// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Keeps the starts of calls as far apart as the region's rate limit asks; every call counts, not only batches.
actor CallPace {
    private let interval: Duration
    private var next: ContinuousClock.Instant?

    init(interval: Duration) { self.interval = interval }

    /// Returns when the next call may start; throws where the wait was cancelled.
    func turn() async throws(CancellationError) {
        guard interval > .zero else { return }
        let now = ContinuousClock.now
        let start = max(now, next ?? now)
        next = start + interval
        guard start > now else { return }
        do { try await Task.sleep(until: start) } catch { throw CancellationError() }
    }
}
