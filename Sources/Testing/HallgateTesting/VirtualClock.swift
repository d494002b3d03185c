// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
import Synchronization

/// A clock that stands still until a test moves it.
///
/// Code under test that waits is given ``sleep(for:)``; a test moves time with ``advance(by:)`` and learns with
/// ``waitForSleepers(_:)`` that everyone it expects is asleep, so that no test sleeps for luck.
public final class VirtualClock: GatewayClock {
    private struct Sleeper {
        let number: Int
        let deadline: MonotonicInstant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var wall: WallTime
        var monotonic: MonotonicInstant
        var boot: BootID
        var isWallTrusted: Bool
        var sleepers: [Sleeper] = []
        var issued = 0
    }

    private let state: Mutex<State>

    /// Starts at 2026-03-01 09:00 in Shanghai, one hour after a boot, unless told otherwise.
    public init(
        wall: WallTime = WallTime(millisecondsSinceEpoch: 1_772_326_800_000),
        monotonic: MonotonicInstant = MonotonicInstant(nanoseconds: 3_600_000_000_000),
        boot: BootID = BootID("00000000-0000-4000-8000-000000000001"), isWallTrusted: Bool = true
    ) {
        state = Mutex(State(wall: wall, monotonic: monotonic, boot: boot, isWallTrusted: isWallTrusted))
    }

    public func now() -> CaptureTime {
        state.withLock { state in
            CaptureTime(
                wall: state.wall, monotonic: state.monotonic, boot: state.boot, isWallTrusted: state.isWallTrusted)
        }
    }

    /// Moves both clocks on and wakes everyone whose time has come, the earliest first.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.monotonic = state.monotonic.advanced(by: duration)
            state.wall = state.wall.advanced(by: duration)
            let due = state.sleepers.filter { $0.deadline <= state.monotonic }
            state.sleepers.removeAll { $0.deadline <= state.monotonic }
            return due
        }
        for sleeper in due.sorted(by: { ($0.deadline, $0.number) < ($1.deadline, $1.number) }) {
            sleeper.continuation.resume()
        }
    }

    /// Steps the wall clock only, as an NTP correction or a hand does.
    public func setWall(_ wall: WallTime, isTrusted: Bool) {
        state.withLock { state in
            state.wall = wall
            state.isWallTrusted = isTrusted
        }
    }

    /// Starts the computer anew: another boot id, a monotonic clock near zero.
    public func reboot(boot: BootID, monotonic: MonotonicInstant = MonotonicInstant(nanoseconds: 1_000_000_000)) {
        state.withLock { state in
            state.boot = boot
            state.monotonic = monotonic
        }
    }

    /// Returns once a test has moved the clock on by `duration`; throws `CancellationError` when cancelled.
    public func sleep(for duration: Duration) async throws {
        let number = state.withLock { state in
            state.issued += 1
            return state.issued
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let failure = state.withLock { state -> (any Error)? in
                    if Task.isCancelled { return CancellationError() }
                    let deadline = state.monotonic.advanced(by: duration)
                    state.sleepers.append(Sleeper(number: number, deadline: deadline, continuation: continuation))
                    return nil
                }
                if let failure { continuation.resume(throwing: failure) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.number == number }) else { return nil }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// How many are asleep, and when the next of them wakes.
    public var sleepers: (count: Int, next: Duration?) {
        state.withLock { state in
            let next = state.sleepers.map(\.deadline).min()
            return (state.sleepers.count, next.map { state.monotonic.duration(to: $0) })
        }
    }

    /// Waits, by real time and at most `limit`, until at least `count` are asleep; answers whether they are.
    public func waitForSleepers(_ count: Int, limit: Duration = .seconds(30)) async -> Bool {
        let deadline = ContinuousClock.now.advanced(by: limit)
        while sleepers.count < count {
            if ContinuousClock.now > deadline { return false }
            try? await Task.sleep(for: .milliseconds(1))
        }
        return true
    }
}

extension WallTime {
    fileprivate func advanced(by duration: Duration) -> WallTime {
        let (seconds, attoseconds) = duration.components
        return WallTime(
            millisecondsSinceEpoch: millisecondsSinceEpoch + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
