// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import Logging
public import RatingModel
public import UplinkAPI

/// Brings what an uplink is to deliver from the journal to the region, one exchange at a time.
public actor RatingForwarder {
    private let uplink: any Uplink

    /// Prepares a forwarder; nothing happens before ``run()``.
    ///
    /// `seed` spreads the back-off of gateways that failed together. `sleep` waits by the monotonic clock; tests and
    /// the simulator give it their own.
    public init(
        uplink: any Uplink, journal: any RatingJournal, policy: DeliveryPolicy, clock: any GatewayClock, seed: UInt64,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.uplink = uplink
    }

    /// Delivers until it is stopped or cancelled.
    ///
    /// ``stop()`` lets the exchange under way end, within the policy's drain limit; cancellation ends it early. Both
    /// settle what is known and release the rest, so that nothing is lost either way.
    public func run() async {}

    /// Says that a rating was committed: in an idle hall it leaves at once.
    public nonisolated func wake() {}

    /// Ends ``run()`` after the exchange under way.
    public nonisolated func stop() {}

    /// The forwarder now.
    public func status() async -> ForwarderStatus { ForwarderStatus(state: .idle) }
}
