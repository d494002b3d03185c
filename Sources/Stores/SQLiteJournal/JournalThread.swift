// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A thread that is the serial executor of one journal.
///
/// Every commit waits for the disk. On the shared pool, which has as many threads as cores, a slow disk would stop
/// everything else in the daemon; here it stops only the journal's own callers, and those are meant to wait. The
/// thread ends when the executor is freed.
final class JournalThread: SerialExecutor {
    private let queue = JobQueue()

    init() throws(JournalFailure) {
        let queue = Unmanaged.passRetained(queue)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { @Sendable argument in
                if let argument { Unmanaged<JobQueue>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, queue.toOpaque())
        guard result == 0 else {
            queue.release()
            throw .system("pthread_create", result)
        }
        pthread_detach(thread)
    }

    deinit { queue.stop() }

    func enqueue(_ job: consuming ExecutorJob) { queue.add(UnownedJob(job), asUnownedSerialExecutor()) }
}

/// The jobs that wait for a journal's thread. Unchecked, because the mutex guards what Swift cannot see it guard.
private final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [(UnownedJob, UnownedSerialExecutor)] = []
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

    func add(_ job: UnownedJob, _ executor: UnownedSerialExecutor) {
        pthread_mutex_lock(mutex)
        jobs.append((job, executor))
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
        while true {
            pthread_mutex_lock(mutex)
            while jobs.isEmpty, !isStopped { pthread_cond_wait(condition, mutex) }
            let ready = jobs
            jobs.removeAll(keepingCapacity: true)
            let isLast = isStopped
            pthread_mutex_unlock(mutex)
            // The last job may free the executor, and with it everything but this queue.
            for (job, executor) in ready { job.runSynchronously(on: executor) }
            if isLast, ready.isEmpty { return }
        }
    }
}
