// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// A thread that waits for disks, so that a stick that hangs stops nothing else in the daemon. It ends with its owner.
final class DiskThread: Sendable {
    private let queue = WorkQueue()

    init() throws(GatewayError) {
        var thread = pthread_t()
        let queue = Unmanaged.passRetained(queue)
        let result = pthread_create(
            &thread, nil,
            { @Sendable argument in
                if let argument { Unmanaged<WorkQueue>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, queue.toOpaque())
        guard result == 0 else {
            queue.release()
            throw .bundleState("pthread_create", String(cString: strerror(result)))
        }
        pthread_detach(thread)
    }

    deinit { queue.stop() }

    /// Does the work after all that was asked for before.
    func add(_ work: @escaping @Sendable () -> Void) { queue.add(work) }
}

/// The work that waits for a thread. Unchecked, because the mutex guards what Swift cannot see it guard.
private final class WorkQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [@Sendable () -> Void] = []
    private var isStopped = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func add(_ work: @escaping @Sendable () -> Void) {
        pthread_mutex_lock(mutex)
        waiting.append(work)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    func run() {
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while waiting.isEmpty, !isStopped { pthread_cond_wait(condition, mutex) }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }
}
