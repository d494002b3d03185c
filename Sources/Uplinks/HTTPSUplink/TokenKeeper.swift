// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// The token a region lent: had before the first call, anew before it runs out, and once more where the region no
/// longer admits it. However many calls want one, one is asked for. It is never logged.
actor TokenKeeper {
    private struct Held {
        let value: String
        /// From when on it is not used any more, though it may still hold.
        let renewAt: MonotonicInstant?
    }

    /// The longest time before its end at which a token is renewed; a tenth of its life where that is less.
    private static let mostMargin: Duration = .seconds(60)

    private let now: @Sendable () -> MonotonicInstant
    private let fetch: @Sendable () async throws(ExchangeFailure) -> RegionToken
    private var held: Held?
    private var isFetching = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// What the last fetch failed with, for those who waited for it.
    private var failure: ExchangeFailure?

    init(
        now: @escaping @Sendable () -> MonotonicInstant,
        fetch: @escaping @Sendable () async throws(ExchangeFailure) -> RegionToken
    ) {
        self.now = now
        self.fetch = fetch
    }

    /// A token that holds, another one than `refused`.
    func token(insteadOf refused: String? = nil) async throws(ExchangeFailure) -> String {
        while true {
            if let held, held.value != refused, held.renewAt.map({ now() < $0 }) ?? true { return held.value }
            guard isFetching else { return try await fetched() }
            await withCheckedContinuation { waiting.append($0) }
            // A fetch that its own caller cancelled says nothing to the others.
            if let failure, failure.error.code != GatewayError.stopped.code { throw failure }
        }
    }

    private func fetched() async throws(ExchangeFailure) -> String {
        isFetching = true
        failure = nil
        defer {
            isFetching = false
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
        do throws(ExchangeFailure) {
            let token = try await fetch()
            let renewAt = token.validFor.map { life in
                now().advanced(by: max(.zero, life - min(Self.mostMargin, life / 10)))
            }
            held = Held(value: token.value, renewAt: renewAt)
            return token.value
        } catch {
            held = nil
            failure = error
            throw error
        }
    }
}
