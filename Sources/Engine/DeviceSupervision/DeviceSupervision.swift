// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import Logging
public import RatingModel

/// Keeps a line open to every configured device and hands what they capture to the engine.
///
/// One child task of ``run()`` serves one line: it opens the line, takes the driver's outputs one by one, waits for
/// the commit of each press before it takes the next, and opens the line anew when it is gone. So a slow disk makes
/// pads wait and loses nothing, and one bad line delays no other.
public actor DeviceSupervision {
    let transport: any DeviceTransport
    let receiver: any PressReceiver
    let clock: any GatewayClock
    let logger: Logger
    let sleep: @Sendable (Duration) async throws -> Void

    /// Every line that has a child task, also those on their way out, by their number.
    var lines: [Int: SupervisedLine] = [:]
    /// The numbers of the configured lines, in the configuration's order.
    var configured: [Int] = []
    var identities = IdentityRegister()
    var placement: DevicePlacement
    private let remember: @Sendable ([DevicePlace]) async -> Void
    private var mustRemember = false
    private var isRemembering = false
    var outputsTaken: UInt64 = 0
    private var isStopped = false
    private var issued = 0
    private let starts: AsyncStream<Int>
    private let startsContinuation: AsyncStream<Int>.Continuation

    /// Takes its collaborators; nothing is opened before ``run()``. `sleep` is replaced by tests that own the time.
    ///
    /// `placement` knows where the hardware was before a restart; `remember` keeps what it knows now.
    public init(
        transport: any DeviceTransport, receiver: any PressReceiver, clock: any GatewayClock, logger: Logger,
        placement: DevicePlacement = DevicePlacement(),
        remember: @escaping @Sendable ([DevicePlace]) async -> Void = { _ in },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.transport = transport
        self.receiver = receiver
        self.clock = clock
        self.logger = logger
        self.sleep = sleep
        self.placement = placement
        self.remember = remember
        (starts, startsContinuation) = AsyncStream.makeStream(of: Int.self)
    }

    /// Serves the assigned lines until ``stop()`` or cancellation, and returns when every line is closed.
    ///
    /// After ``stop()`` no line is read any more, and every press already taken off a line is still recorded and
    /// acknowledged where the line still stands. After cancellation only the press in hand is finished; pads with a log
    /// keep the rest.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await number in starts {
                group.addTask { await self.supervise(number) }
            }
            isStopped = true
            for line in Array(lines.values) { await retire(line) }
        }
    }

    /// Ends ``run()`` gracefully; callable from anywhere, such as a handler of graceful shutdown.
    public nonisolated func stop() { startsContinuation.finish() }

    /// Makes the lines those of the configuration: at the start and at each reload.
    ///
    /// A line whose path, speed and driver stay as they were goes on without interruption, even when its window
    /// changes; its device is then told what the new window asks. Where a path comes twice, the first one counts.
    public func apply(_ assignments: [DeviceAssignment]) async {
        guard !isStopped else { return }
        var running: [String: SupervisedLine] = [:]
        for number in configured { running[lines[number]?.path ?? ""] = lines[number] }
        var moved: [SupervisedLine] = []
        var next: [Int] = []
        var seen: Set<String> = []
        for assignment in assignments where seen.insert(assignment.line.path).inserted {
            let predecessor = running[assignment.line.path]
            if let line = predecessor, assignment.canContinue(line.assignment) {
                if !assignment.hasWindows(of: line.assignment) { moved.append(line) }
                line.assignment = assignment
                running[line.path] = nil
                next.append(line.number)
            } else {
                next.append(start(assignment, after: predecessor))
            }
        }
        configured = next
        for line in running.values { await retire(line) }
        await place(.configured(next.compactMap { lines[$0].map { PlacedLine($0.assignment) } }))
        for line in moved where line.state.identity != nil { await greet(line) }
    }

    /// Keeps the places over a restart, the newest last, however slow the disk is.
    func rememberPlaces() async {
        mustRemember = true
        guard !isRemembering else { return }
        isRemembering = true
        while mustRemember {
            mustRemember = false
            await remember(placement.places)
        }
        isRemembering = false
    }

    private func start(_ assignment: DeviceAssignment, after predecessor: SupervisedLine?) -> Int {
        issued += 1
        lines[issued] = SupervisedLine(assignment, number: issued, predecessor: predecessor)
        startsContinuation.yield(issued)
        return issued
    }
}
