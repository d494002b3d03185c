// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Something that happened and that one task waits for; it is remembered until waited for, however often it happened.
final class WakeSignal: Sendable {
    private struct State {
        var isSet = false
        var waiter: CheckedContinuation<Bool, Never>?
    }

    private let state = Mutex(State())
    private let latches: Bool

    /// One that `latches` stays set for ever: every later wait ends at once.
    init(latches: Bool = false) { self.latches = latches }

    var isSet: Bool { state.withLock { $0.isSet } }

    func set() {
        let waiter = state.withLock { state in
            let waiter = state.waiter
            state.waiter = nil
            if waiter == nil || latches { state.isSet = true }
            return waiter
        }
        waiter?.resume(returning: true)
    }

    /// Returns `true` once it is set, and `false` when the task is cancelled, or when another task waits already.
    func wait() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if state.isSet {
                        state.isSet = latches
                        return true
                    }
                    if Task.isCancelled || state.waiter != nil { return false }
                    state.waiter = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiter
                state.waiter = nil
                return waiter
            }
            waiter?.resume(returning: false)
        }
    }
}
