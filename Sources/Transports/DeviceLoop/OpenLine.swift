// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Glibc
import RatingModel

/// What the loop holds for one line; it belongs to the actor and never leaves it.
final class OpenLine {
    /// The line's number within its loop, never used twice.
    let number: UInt64
    /// The descriptor; `nil` once it is closed.
    var descriptor: Int32?
    /// Where whole reports are handed to whoever writes them; `nil` where the descriptor itself is written.
    var reports: Int32?
    /// Whether the descriptor is a socket, whose far end must not end the process with SIGPIPE.
    let isSocket: Bool
    var driver: any DeviceDriver
    /// When the driver's timers run out.
    var timers: [DriverTimer: MonotonicInstant] = [:]
    /// What the device has not taken yet.
    var unsent = SendQueue()
    /// What the engine has not taken yet.
    var outputs = OutputQueue()
    /// The engine, where it waits for an output.
    var waiter: CheckedContinuation<DeviceOutput?, Never>?
    /// The last bytes of either direction, for the operator.
    private(set) var traffic = TrafficRing()
    /// All bytes of either direction, counted.
    private(set) var totals = TrafficTotals()
    /// What epoll watches for now.
    var interest: LoopExecutor.Interest = .reading
    /// Set while the driver's answers are carried out: why the line is to be closed after them.
    var closing: String?

    init(number: UInt64, descriptor: Int32, reports: Int32?, driver: any DeviceDriver) {
        var node = stat()
        isSocket = fstat(descriptor, &node) == 0 && node.st_mode & S_IFMT == S_IFSOCK
        self.number = number
        self.descriptor = descriptor
        self.reports = reports
        self.driver = driver
    }

    /// What epoll should watch for, by the state of the two queues.
    var wantedInterest: LoopExecutor.Interest {
        var wanted: LoopExecutor.Interest = []
        if outputs.wantsMore { wanted.insert(.reading) }
        if !unsent.isEmpty { wanted.insert(.writing) }
        return wanted
    }

    /// Keeps what was read or sent in one go, for the operator.
    func note(_ bytes: [UInt8], _ direction: TrafficRecord.Direction, at now: MonotonicInstant) {
        traffic.append(bytes, direction, at: now)
        switch direction {
        case .received: totals.received &+= UInt64(bytes.count)
        case .sent: totals.sent &+= UInt64(bytes.count)
        }
    }

    /// Hands an output to the engine, or keeps it until the engine asks; nothing follows the end.
    func put(_ output: DeviceOutput) {
        guard !outputs.isFinished else { return }
        if let waiter {
            self.waiter = nil
            waiter.resume(returning: output)
        } else {
            outputs.append(output)
        }
    }

    /// Ends the outputs with the reason.
    func finish(reason: String) {
        guard !outputs.isFinished else { return }
        put(.closed(reason: reason))
        outputs.isFinished = true
    }
}
