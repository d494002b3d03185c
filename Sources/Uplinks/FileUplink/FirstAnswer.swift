// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// An answer from a thread to a task that may be cancelled before it comes.
final class FirstAnswer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, Never>)
        case given(Value)
        case over
    }

    private struct Guarded {
        var state = State.open
        var hasBegun = false
        var isCancelled = false
    }

    private let guarded = Mutex(Guarded())

    /// Says that the work begins; answers whether anybody still waits for it.
    func begin() -> Bool {
        guarded.withLock { guarded in
            guard !guarded.isCancelled else { return false }
            guarded.hasBegun = true
            return true
        }
    }

    /// Gives the answer; without effect where there is one, or nobody waits.
    func give(_ value: Value) {
        let waiting = guarded.withLock { guarded -> CheckedContinuation<Value, Never>? in
            switch guarded.state {
            case .open:
                guarded.state = .given(value)
                return nil
            case .awaited(let continuation):
                guarded.state = .over
                return continuation
            case .given, .over: return nil
            }
        }
        waiting?.resume(returning: value)
    }

    /// Waits for the answer; a task that is cancelled answers itself, knowing whether the work had begun.
    func value(ifCancelled fallback: @escaping @Sendable (_ hasBegun: Bool) -> Value) async -> Value {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = guarded.withLock { guarded -> Value? in
                    if case .given(let value) = guarded.state {
                        guarded.state = .over
                        return value
                    }
                    guarded.state = .awaited(continuation)
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            let hasBegun = guarded.withLock { guarded in
                guarded.isCancelled = true
                return guarded.hasBegun
            }
            give(fallback(hasBegun))
        }
    }
}
