// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import RatingModel
import Synchronization

/// What epoll reported of one line.
struct Readiness {
    /// The line's number within its loop.
    let line: UInt64
    /// Whether there is something to read.
    let isReadable: Bool
    /// Whether there is room to write.
    let isWritable: Bool
    /// Whether the far side is gone or the line is broken.
    let isHungUp: Bool
}

/// The thread that waits in epoll and runs the jobs of one ``DeviceLoop``: it is that actor's serial executor.
///
/// Since the waiting and the actor share the thread, a line's bytes reach its driver without a hop. Other threads put
/// jobs into a list and wake the thread through an eventfd, once for any number of jobs. An idle loop never wakes.
final class LoopExecutor: SerialExecutor {
    private enum Work {
        case job(UnownedJob)
        /// A piece of a task that asked to run here, whatever actor it is in.
        case task(UnownedJob, UnownedTaskExecutor)
        case call(@Sendable () -> Void)
    }

    private struct State {
        var work: [Work] = []
        /// Whether the eventfd was written and not yet read, so that it need not be written again.
        var isWoken = false
        var isStopping = false
        weak var loop: DeviceLoop?
    }

    private static let wakeNumber: UInt64 = 0
    private static let timerNumber: UInt64 = 1
    /// Numbers below this one are not lines.
    static let firstLine: UInt64 = 2
    private static let eventsPerTurn = 64
    /// Rounds of jobs before the lines are looked at again.
    private static let roundsPerTurn = 16

    private let poll: Int32
    private let wake: Int32
    private let timer: Int32
    private let state = Mutex(State())
    private let thread = Atomic<UInt>(0)

    init() throws(GatewayError) {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        timer = timerfd_create(CLOCK_BOOTTIME, Int32(TFD_CLOEXEC | TFD_NONBLOCK))
        guard poll >= 0, wake >= 0, timer >= 0 else { throw .loopFailed("make an event loop", errno) }
        try watch(wake, number: Self.wakeNumber, for: .reading)
        try watch(timer, number: Self.timerNumber, for: .reading)
    }

    deinit {
        for descriptor in [poll, wake, timer] where descriptor >= 0 { close(descriptor) }
    }

    /// Starts the thread; `loop` is referenced weakly, and its end stops the thread.
    func start(for loop: DeviceLoop) throws(GatewayError) {
        state.withLock { $0.loop = loop }
        var identifier = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let failure = pthread_create(
            &identifier, nil,
            { @Sendable argument in
                guard let argument else { return nil }
                Unmanaged<LoopExecutor>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument)
        guard failure == 0 else {
            Unmanaged<LoopExecutor>.fromOpaque(argument).release()
            throw .loopFailed("start the thread of the event loop", failure)
        }
        pthread_detach(identifier)
    }

    /// Ends the thread after the jobs it has.
    func stop() {
        state.withLock { $0.isStopping = true }
        signal()
    }

    // MARK: Executor

    func enqueue(_ job: consuming ExecutorJob) { add(.job(UnownedJob(job))) }

    /// Runs a piece of a task on the thread, in turn with the jobs of the loop.
    func enqueue(_ job: UnownedJob, of tasks: UnownedTaskExecutor) { add(.task(job, tasks)) }

    /// Runs a closure on the thread, after the jobs that are there already.
    func post(_ call: @escaping @Sendable () -> Void) { add(.call(call)) }

    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    func checkIsolated() { precondition(isCurrent, "not on the thread of the device loop") }

    /// Whether the caller runs on this thread.
    var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    private func add(_ work: Work) {
        let isOutside = !isCurrent
        let mustWake = state.withLock { state in
            state.work.append(work)
            defer { if isOutside { state.isWoken = true } }
            return isOutside && !state.isWoken
        }
        if mustWake { signal() }
    }

    private func signal() {
        // The counter can only be full where the thread is already woken.
        eventfd_write(wake, 1)
    }

    // MARK: Thread

    private func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        hallgate_name_thread("device-loop")
        let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: Self.eventsPerTurn)
        defer { events.deallocate() }
        while true {
            let (hasMore, isStopping) = runWork()
            if isStopping, !hasMore { return }
            let count = epoll_wait(poll, events.baseAddress, Int32(events.count), hasMore ? 0 : -1)
            if count > 0 { dispatch(events[..<Int(count)]) }
        }
    }

    /// Runs what is to be run, and what that brings in turn; says whether there is more, and whether the end is near.
    ///
    /// A press takes some ten steps, each a round; to ask epoll between them would cost more than the steps.
    private func runWork() -> (hasMore: Bool, isStopping: Bool) {
        for _ in 0..<Self.roundsPerTurn {
            let work = state.withLock { state in
                defer { state.work.removeAll() }
                return state.work
            }
            if work.isEmpty { break }
            for item in work {
                switch item {
                case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
                case .task(let job, let tasks): job.runSynchronously(on: tasks)
                case .call(let call): call()
                }
            }
        }
        return state.withLock { (!$0.work.isEmpty, $0.isStopping) }
    }

    private func dispatch(_ events: Slice<UnsafeMutableBufferPointer<epoll_event>>) {
        var ready: [Readiness] = []
        var isTimerDue = false
        for event in events {
            switch event.data.u64 {
            case Self.wakeNumber:
                var count: eventfd_t = 0
                eventfd_read(wake, &count)
                state.withLock { $0.isWoken = false }
            case Self.timerNumber:
                var count: UInt64 = 0
                isTimerDue = read(timer, &count, 8) == 8
            case let number:
                ready.append(Readiness(line: number, event.events))
            }
        }
        guard isTimerDue || !ready.isEmpty, let loop = state.withLock({ $0.loop }) else { return }
        loop.assumeIsolated { $0.turn(ready, isTimerDue: isTimerDue) }
    }
}

// MARK: What the loop asks of epoll and the timer

extension LoopExecutor {
    /// What a line waits for; a hang-up is reported in any case.
    struct Interest: OptionSet {
        let rawValue: UInt32
        static let reading = Interest(rawValue: EPOLLIN.rawValue)
        static let writing = Interest(rawValue: EPOLLOUT.rawValue)
    }

    func watch(_ descriptor: Int32, number: UInt64, for interest: Interest) throws(GatewayError) {
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(u64: number))
        guard epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw .loopFailed("watch a line", errno) }
    }

    func change(_ descriptor: Int32, number: UInt64, to interest: Interest) {
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(u64: number))
        epoll_ctl(poll, EPOLL_CTL_MOD, descriptor, &event)
    }

    func unwatch(_ descriptor: Int32) { epoll_ctl(poll, EPOLL_CTL_DEL, descriptor, nil) }

    /// Sets the one timer to a moment since boot; a moment in the past fires at once.
    func arm(_ deadline: MonotonicInstant) {
        let nanoseconds = max(1, deadline.nanoseconds)
        var setting = itimerspec()
        setting.it_value = timespec(
            tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        timerfd_settime(timer, Int32(TFD_TIMER_ABSTIME), &setting, nil)
    }

    static func now() -> MonotonicInstant {
        var reading = timespec()
        clock_gettime(CLOCK_BOOTTIME, &reading)
        return MonotonicInstant(nanoseconds: Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec))
    }
}

extension Readiness {
    fileprivate init(line: UInt64, _ events: UInt32) {
        self.line = line
        isReadable = events & EPOLLIN.rawValue != 0
        isWritable = events & EPOLLOUT.rawValue != 0
        isHungUp = events & (EPOLLHUP.rawValue | EPOLLERR.rawValue | EPOLLRDHUP.rawValue) != 0
    }
}

extension GatewayError {
    static func loopFailed(_ what: String, _ errno: Int32) -> GatewayError {
        GatewayError(
            "device.loop-failed", LocalText("cannot \(what)", "设备事件循环无法启动或登记线路"),
            cause: String(cString: strerror(errno)),
            hint: LocalText(
                "check the limit of open files of the service (LimitNOFILE)", "请检查服务的打开文件数上限（LimitNOFILE）"))
    }
}
