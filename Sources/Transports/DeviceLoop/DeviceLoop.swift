// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// Runs the drivers of all open lines on one thread that waits in epoll and is this actor's serial executor.
///
/// Bytes that come in are handled where epoll reports them, without a hop; everyone else awaits the actor and wakes
/// the thread. Nothing here blocks: descriptors are non-blocking, and a line that could wait when it is closed is
/// closed aside. On 500 pseudo-terminals the design measured 53 µs in the median for an answer.
public actor DeviceLoop {
    /// Most bytes taken off a line at once, so that one noisy line cannot hold up the others.
    static let readBytes = 512

    private nonisolated let executor: LoopExecutor
    private var lines: [UInt64: OpenLine] = [:]
    private var issued = LoopExecutor.firstLine
    /// When the timer will fire; `nil` while it is not set.
    private var armed: MonotonicInstant?
    private var isShutDown = false
    private var turns: UInt64 = 0
    var readBuffer = [UInt8](repeating: 0, count: DeviceLoop.readBytes)

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs tasks on the loop's thread, which spares a press the hops between threads.
    ///
    /// For what follows each press from its line to its acknowledgement, and only computes and waits: whatever blocks
    /// there holds up every line. The loop has to outlive the tasks.
    public nonisolated let tasks: any TaskExecutor

    /// Starts the thread; throws where the computer has no descriptors or threads left.
    public init() throws(GatewayError) {
        executor = try LoopExecutor()
        tasks = LoopTasks(executor)
        try executor.start(for: self)
    }

    deinit { executor.stop() }

    /// Closes every line at once and takes no new ones; the thread ends with the loop itself.
    public func shutdown() {
        isShutDown = true
        for line in lines.values { close(line, reason: "the gateway stops") }
    }

    /// Takes a line over and starts a driver on it.
    ///
    /// The descriptor must be non-blocking and one that epoll can watch: a terminal, a socket, a HID or input node.
    /// Each read of at most ``readBytes`` bytes reaches the driver as one `.received`, and nodes that give one report
    /// for a read thereby give the driver one report at a time.
    public func attach(
        _ descriptor: consuming OwnedDescriptor, driver: any DeviceDriver
    ) throws(GatewayError) -> LoopConnection {
        let number = try admit(descriptor.number)
        return start(OpenLine(number: number, descriptor: descriptor.release(), reports: nil, driver: driver))
    }

    /// Takes over a line whose writes would block: each `.send` goes as one packet into a socket instead.
    ///
    /// Whoever holds the other end of the socket (SOCK_SEQPACKET) writes the packets; a full socket or one nobody
    /// reads closes the line.
    public func attach(
        _ descriptor: consuming OwnedDescriptor, reports: consuming OwnedDescriptor, driver: any DeviceDriver
    ) throws(GatewayError) -> LoopConnection {
        let number = try admit(descriptor.number)
        return start(
            OpenLine(number: number, descriptor: descriptor.release(), reports: reports.release(), driver: driver))
    }

    private func admit(_ descriptor: Int32) throws(GatewayError) -> UInt64 {
        guard !isShutDown else { throw .loopFailed("open a line while the gateway stops", 0) }
        let number = issued
        try executor.watch(descriptor, number: number, for: .reading)
        issued += 1
        return number
    }

    private func start(_ line: OpenLine) -> LoopConnection {
        lines[line.number] = line
        drive(line, .opened(nonce: .random(in: 0...(.max))))
        return LoopConnection(loop: self, number: line.number)
    }

    /// How many lines hold a descriptor.
    public var openLines: Int { lines.values.count { $0.descriptor != nil } }

    /// How often epoll reported something; a watchdog that awaits it knows that the thread is alive.
    public func heartbeat() -> UInt64 { turns }

    // MARK: For connections

    /// The next output of a line; `nil` after the last one, or when the caller is cancelled.
    func nextOutput(of number: UInt64) async -> DeviceOutput? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { takeOutput(of: number, $0) }
        } onCancel: {
            executor.post { self.assumeIsolated { $0.cancelWaiter(of: number) } }
        }
    }

    /// Answers with the next output, now or when there is one.
    ///
    /// Looking and waiting are one step here, because an output that came between them would wait for the next one.
    private func takeOutput(of number: UInt64, _ continuation: CheckedContinuation<DeviceOutput?, Never>) {
        guard let line = lines[number] else { return continuation.resume(returning: nil) }
        if let output = line.outputs.popFirst() {
            watch(line)
            return continuation.resume(returning: output)
        }
        guard !line.outputs.isFinished, !Task.isCancelled else {
            if line.descriptor == nil { lines[number] = nil }
            return continuation.resume(returning: nil)
        }
        line.waiter?.resume(returning: nil)
        line.waiter = continuation
    }

    func handle(_ event: DriverEvent, on number: UInt64) {
        if let line = lines[number] { drive(line, event) }
    }

    func finish(_ number: UInt64) {
        guard let line = lines[number] else { return }
        line.finish(reason: "the gateway reads no more")
        watch(line)
    }

    func close(_ number: UInt64) {
        if let line = lines[number] { close(line, reason: "closed by the gateway") }
    }

    func traffic(of number: UInt64) -> LineTraffic { lines[number]?.traffic.traffic ?? LineTraffic() }

    func totals(of number: UInt64) -> TrafficTotals { lines[number]?.totals ?? TrafficTotals() }

    /// Closes a line nobody holds any more.
    nonisolated func letGo(_ number: UInt64) {
        executor.post { self.assumeIsolated { $0.forget(number) } }
    }

    private func forget(_ number: UInt64) {
        guard let line = lines.removeValue(forKey: number) else { return }
        close(line, reason: "let go")
    }

    private func cancelWaiter(of number: UInt64) {
        guard let line = lines[number], let waiter = line.waiter else { return }
        line.waiter = nil
        waiter.resume(returning: nil)
    }

    // MARK: For the thread

    /// Deals with what epoll reported in one go.
    func turn(_ ready: [Readiness], isTimerDue: Bool) {
        turns &+= 1
        for readiness in ready {
            guard let line = lines[readiness.line] else { continue }
            if readiness.isWritable { writeUnsent(line) }
            if readiness.isReadable || readiness.isHungUp { readSome(line, isHungUp: readiness.isHungUp) }
        }
        if isTimerDue { runTimers() }
    }

    private func runTimers() {
        armed = nil
        let now = LoopExecutor.now()
        var due: [(at: MonotonicInstant, line: OpenLine, timer: DriverTimer)] = []
        var next: MonotonicInstant?
        for line in lines.values {
            for (timer, deadline) in line.timers {
                if deadline <= now {
                    due.append((deadline, line, timer))
                } else {
                    next = min(next ?? deadline, deadline)
                }
            }
        }
        // What drivers set meanwhile is armed as it is set.
        if let next { arm(next) }
        for (deadline, line, timer) in due.sorted(by: { $0.at < $1.at }) where line.timers[timer] == deadline {
            line.timers[timer] = nil
            drive(line, .timer(timer))
        }
    }

    /// Sets the timer where it would fire too late; a timer that fires for nothing costs one turn.
    func arm(_ deadline: MonotonicInstant) {
        if let armed, armed <= deadline { return }
        armed = deadline
        executor.arm(deadline)
    }

    /// Brings epoll's interest in line with the queues.
    func watch(_ line: OpenLine) {
        guard let descriptor = line.descriptor, line.interest != line.wantedInterest else { return }
        line.interest = line.wantedInterest
        executor.change(descriptor, number: line.number, to: line.interest)
    }

    func unwatch(_ descriptor: Int32) { executor.unwatch(descriptor) }
}
