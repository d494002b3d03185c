// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import Logging
import RatingModel
import Synchronization

/// Looks at the keys that come by way of the web process: wrong ones are slowed, counted and said in the log.
final class KeyWatch: Sendable {
    /// Most addresses that are remembered.
    static let addresses = 1024
    /// Most wrong keys of an address at once, and how long one of them counts.
    static let (atOnce, interval) = (10, Duration.seconds(6))

    private struct State {
        var attempts = PaceTable<String>(most: KeyWatch.addresses)
        var wrong: Int64 = 0
        var saidAt: MonotonicInstant?
    }

    private let clock: any GatewayClock
    private let logger: Logger
    private let state = Mutex(State())

    init(clock: any GatewayClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    /// How many wrong keys were shown since the start.
    var wrong: Int64 { state.withLock { $0.wrong } }

    /// Returns where the key is right. Throws `refusal` where it is not, and `<role>.too-many-attempts` for an address
    /// that showed too many wrong ones: the key is not looked at then, so that trying keys stays slow.
    func check(
        _ role: String, from address: String?, otherwise refusal: GatewayError, isRight: () -> Bool
    ) throws(GatewayError) {
        let (now, source) = (clock.now().monotonic, address ?? "")
        if let wait = state.withLock({
            $0.attempts.wait(of: source, every: Self.interval, atOnce: Self.atOnce, at: now)
        }) {
            throw .tooManyAttempts(role, wait: wait)
        }
        if isRight() { return }
        let count: Int64? = state.withLock { state in
            state.attempts.note(source, every: Self.interval, at: now)
            state.wrong += 1
            if let saidAt = state.saidAt, saidAt.duration(to: now) < .seconds(60) { return nil }
            state.saidAt = now
            return state.wrong
        }
        if let count {
            // What the client calls itself stays out of the log: anybody can write anything there.
            let shown = String(
                String.UnicodeScalarView(
                    source.unicodeScalars.prefix(45).filter { "0123456789abcdef.:-".unicodeScalars.contains($0) }))
            logger.warning(
                "a wrong key was shown",
                metadata: ["role": "\(role)", "address": "\(shown)", "since start": "\(count)"])
        }
        throw refusal
    }
}

extension GatewayError {
    /// An address showed too many wrong keys; `wait` is how long it waits.
    static func tooManyAttempts(_ role: String, wait: Duration) -> GatewayError {
        let seconds = wait.secondsToWait
        return GatewayError(
            "\(role).too-many-attempts",
            LocalText("too many wrong keys came from this address", "来自此地址的错误密钥过多"),
            cause: "retry after \(seconds) s",
            hint: LocalText("correct the key, and try again in \(seconds) s", "请更正密钥，并在 \(seconds) 秒后重试"),
            retryAfterSeconds: seconds)
    }
}
