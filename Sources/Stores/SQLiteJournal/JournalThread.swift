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

    /// Does something once on this thread, which must be the caller's, when no job has come for a while.
    ///
    /// Several wishes before that are one. What is never at rest never does it.
    func whenAtRest(_ body: @escaping @Sendable () -> Void) { queue.atRest = body }

    func checkIsolated() { precondition(queue.isOwnThread, "not on the journal's thread") }
}

/// The jobs that wait for a journal's thread. Unchecked, because the mutex guards what Swift cannot see it guard.
private final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [(UnownedJob, UnownedSerialExecutor)] = []
    private var isStopped = false
    private var thread: pthread_t?
    /// What is done at rest; the thread's own.
    var atRest: (@Sendable () -> Void)?

    /// Presses at the same moment come as a row of commits, with as long as a few hops between them.
    private static let nanosecondsToRest = 2_000_000

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    var isOwnThread: Bool { thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }

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

    /// Waits, with the mutex held, for a job or the end; does meanwhile what is to be done at rest.
    private func wait() {
        while jobs.isEmpty, !isStopped {
            guard let work = atRest else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            var until = timespec()
            clock_gettime(CLOCK_MONOTONIC, &until)
            until.tv_nsec += Self.nanosecondsToRest
            if until.tv_nsec >= 1_000_000_000 {
                until.tv_sec += 1
                until.tv_nsec -= 1_000_000_000
            }
            guard pthread_cond_timedwait(condition, mutex, &until) == ETIMEDOUT, jobs.isEmpty else { continue }
            atRest = nil
            pthread_mutex_unlock(mutex)
            work()
            pthread_mutex_lock(mutex)
        }
    }

    func run() {
        thread = pthread_self()
        while true {
            pthread_mutex_lock(mutex)
            wait()
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
