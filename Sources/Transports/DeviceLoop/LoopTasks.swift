// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Lets tasks prefer the thread of a ``DeviceLoop`` (SE-0417): actors that have no executor of their own run there too
/// while such a task is in them.
final class LoopTasks: TaskExecutor {
    private let thread: LoopExecutor

    init(_ thread: LoopExecutor) { self.thread = thread }

    func enqueue(_ job: consuming ExecutorJob) { thread.enqueue(UnownedJob(job), of: asUnownedTaskExecutor()) }
}
