// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import GatewayHealth
import Glibc
import Logging
import RatingDelivery
import RatingModel
import ServiceLifecycle
import ServiceManager
import Synchronization

/// Feeds the service manager's watchdog while the gateway makes progress (`WATCHDOG=1` of sd_notify(3)).
///
/// Each part is asked by a child task of its own, so that one that hangs holds up only its own questions.
struct WatchdogService: Service {
    /// How often the watchdog is fed.
    let interval: Duration
    let gateway: Gateway
    let notifier: SystemdNotifier
    let logger: Logger

    /// A third of the time after which the manager would restart the daemon (`$WATCHDOG_USEC`), so that one datagram
    /// may get lost; `nil` where no watchdog is asked for, or of another process.
    static func intervalFromEnvironment() -> Duration? {
        func number(_ name: String) -> Int64? { getenv(name).flatMap { Int64(String(cString: $0)) } }
        guard let microseconds = number("WATCHDOG_USEC"), microseconds > 0 else { return nil }
        if let process = number("WATCHDOG_PID"), process != Int64(getpid()) { return nil }
        return .microseconds(microseconds / 3)
    }

    func run() async throws {
        let parts = parts
        let board = Board(
            judgement: WatchdogJudgement(
                parts: parts.map(\.name), at: gateway.clock.now().monotonic, silenceLimit: interval * 2))
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for part in parts { group.addTask { await ask(part, board) } }
                group.addTask { await feed(board) }
            }
        }
    }

    private func ask(_ part: Part, _ board: Board) async {
        while !Task.isCancelled {
            let oldest = await part.ask()
            board.answered(part.name, oldestPressInHand: oldest, at: gateway.clock.now().monotonic)
            try? await Task.sleep(for: interval / 2)
        }
    }

    private func feed(_ board: Board) async {
        while !Task.isCancelled {
            switch board.verdict(at: gateway.clock.now().monotonic) {
            case .feed: notifier.notify("WATCHDOG=1")
            case .starve(let reason):
                logger.critical("the watchdog is not fed", metadata: ["reason": "\(reason)"])
            }
            try? await Task.sleep(for: interval)
        }
    }

    /// Something that has to answer; only supervision knows of a press in hand.
    private struct Part: Sendable {
        let name: String
        let ask: @Sendable () async -> Duration?
    }

    private var parts: [Part] {
        let gateway = gateway
        return [
            Part(name: "the device thread") {
                _ = await gateway.deviceThreadTurns()
                return nil
            },
            Part(name: "supervision") { await gateway.supervision.progress().oldestInHand },
        ]
            + gateway.allForwarders.map { each in
                Part(name: "the forwarder of \(each.name)") {
                    _ = await each.forwarder.status()
                    return nil
                }
            }
    }
}

/// What the parts said last, shared by the tasks that ask and the one that feeds.
private final class Board: Sendable {
    private let state: Mutex<(judgement: WatchdogJudgement, oldest: Duration?)>

    init(judgement: WatchdogJudgement) { state = Mutex((judgement, nil)) }

    func answered(_ part: String, oldestPressInHand oldest: Duration?, at now: MonotonicInstant) {
        state.withLock { state in
            state.judgement.answered(part, at: now)
            if part == "supervision" { state.oldest = oldest }
        }
    }

    func verdict(at now: MonotonicInstant) -> WatchdogJudgement.Verdict {
        state.withLock { $0.judgement.verdict(oldestPressInHand: $0.oldest, at: now) }
    }
}
