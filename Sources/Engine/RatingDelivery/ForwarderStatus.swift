// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A forwarder at one moment.
public struct ForwarderStatus: Sendable, Hashable {
    /// What the forwarder is doing; the cases are those of the operator's status.
    public enum State: String, Sendable, Hashable {
        /// Nothing to deliver.
        case idle
        /// Delivering.
        case delivering
        /// Waiting after a failure, or for a rating whose own time has not come.
        case backingOff
        /// Failing for long enough that only single ratings are tried.
        case outage
    }

    /// What was counted since the start.
    public struct Counters: Sendable, Hashable {
        /// Exchanges begun.
        public var batches: Int64 = 0
        /// Ratings the region took.
        public var accepted: Int64 = 0
        /// Ratings the region had already.
        public var duplicates: Int64 = 0
        /// Refusals, of a batch as a whole or of a rating.
        public var refusals: Int64 = 0
        /// Ratings parked.
        public var parked: Int64 = 0
        /// Ratings the region put off, or did not speak of.
        public var putOff: Int64 = 0
        /// Exchanges that failed.
        public var failures: Int64 = 0
        /// Times the journal failed.
        public var journalFailures: Int64 = 0
        /// Outages begun.
        public var outages: Int64 = 0

        /// All zero.
        public init() {}
    }

    /// What it is doing.
    public var state: State
    /// When the region last took a rating or answered a probe; `nil` since the start.
    public var lastAnswerAt: MonotonicInstant?
    /// What went wrong last, while it has not gone right since.
    public var lastFailure: GatewayError?
    /// What was counted.
    public var counters: Counters
    /// Steps taken; the watchdog sees progress in it.
    public var progress: UInt64
    /// Since when the present step goes on (an exchange, a transaction); `nil` while waiting with nothing to do.
    public var busySince: MonotonicInstant?
    /// When the present wait ends by itself; `nil` while busy, or where only a new rating ends it.
    public var waitsUntil: MonotonicInstant?

    /// Takes the readings.
    public init(
        state: State, lastAnswerAt: MonotonicInstant? = nil, lastFailure: GatewayError? = nil,
        counters: Counters = Counters(), progress: UInt64 = 0, busySince: MonotonicInstant? = nil,
        waitsUntil: MonotonicInstant? = nil
    ) {
        self.state = state
        self.lastAnswerAt = lastAnswerAt
        self.lastFailure = lastFailure
        self.counters = counters
        self.progress = progress
        self.busySince = busySince
        self.waitsUntil = waitsUntil
    }
}
