// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization

/// A set of virtual pads, all driven by one thread that waits in epoll.
///
/// Every call is safe from any task: it leaves an order for the thread and, where it is `async`, waits for the result.
public final class PadRack: Sendable {
    /// How many pads there are.
    public let count: Int
    let shared: Shared
    private let thread: Mutex<pthread_t?>

    /// What the thread and its callers share.
    final class Shared: Sendable {
        /// What the thread has still to do; `nil` once it does nothing any more.
        let orders = Mutex<[RackOrder]?>([])
        let report = Mutex(RackReport())
        let wake: Int32
        let onNotice: @Sendable (Int, PadNotice) -> Void

        init(onNotice: @escaping @Sendable (Int, PadNotice) -> Void) throws(PadError) {
            wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
            self.onNotice = onNotice
            guard wake >= 0 else { throw .system("eventfd", errno) }
        }

        deinit { close(wake) }

        func post(_ order: RackOrder) {
            let isTaken = orders.withLock { orders in
                orders?.append(order)
                return orders != nil
            }
            if isTaken { eventfd_write(wake, 1) } else { order.decline() }
        }
    }

    /// Plugs all pads in and starts their thread.
    ///
    /// `seed` decides the disturbances. `onNotice` is called on the thread with the pad's number and what it did; it
    /// must return at once. With `boot` the pads can be updated.
    public init(
        pads: [PadSettings], seed: UInt64, boot: PadBoot? = nil,
        onNotice: @escaping @Sendable (Int, PadNotice) -> Void = { _, _ in }
    ) throws(PadError) {
        count = pads.count
        shared = try Shared(onNotice: onNotice)
        let loop = try RackLoop(pads: pads, seed: seed, boot: boot, shared: shared)
        thread = Mutex(nil)
        let box = Unmanaged.passRetained(loop)
        var handle = pthread_t()
        let code = pthread_create(&handle, nil, runRackLoop, box.toOpaque())
        guard code == 0 else {
            box.release()
            throw .system("pthread_create", code)
        }
        thread.withLock { $0 = handle }
    }

    deinit { stop() }

    /// The figures now.
    public var report: RackReport { shared.report.withLock { $0 } }

    /// Whether the thread has taken every order given so far.
    var isIdle: Bool { shared.orders.withLock { $0?.isEmpty ?? true } }

    /// Lets a citizen go to a pad, and waits until they leave.
    public func receive(_ visit: Visit, pad: Int) async -> VisitOutcome {
        await withCheckedContinuation { continuation in
            shared.post(.visit(pad: pad, visit) { continuation.resume(returning: $0) })
        }
    }

    /// Presses a key out of the blue.
    public func press(pad: Int, key: UInt8, level: UInt8) { shared.post(.press(pad: pad, key: key, level: level)) }

    /// Pulls a pad's plug; it comes back by itself after the time stated, or with `plugIn`.
    public func unplug(pad: Int, replugAfter: Duration? = nil) {
        shared.post(.unplug(pad: pad, replugAfter: replugAfter))
    }

    /// Gives an unplugged pad its line and power back.
    public func plugIn(pad: Int) { shared.post(.plugIn(pad: pad)) }

    /// Disturbs the next pieces of bytes that go that way, whichever pad's they are.
    public func disturb(_ direction: LineDirection, pieces: Int) { shared.post(.disturb(direction, pieces: pieces)) }

    /// Lets a new gateway open the lines whose old one died without giving up its exclusive use.
    public func clearExclusive() { shared.post(.clearExclusive) }

    /// Runs `action` on the pads' thread at a moment when a press has no thanks yet, and answers with the proof.
    ///
    /// Once a press waits for its thanks, `delay` more passes; if then none waits, it starts over. The action runs
    /// between two looks at the lines, so no thanks can come in between the check and the action. Without
    /// `needsPress` the action runs after `delay`, whatever the pads do then. Answers `nil` where no such moment came
    /// within `patience`; the action was not run then.
    public func strike(
        after delay: Duration, patience: Duration, needsPress: Bool = true, action: @escaping @Sendable () -> Void
    ) async -> StrikeReport? {
        await withCheckedContinuation { continuation in
            shared.post(
                .strike(
                    Strike(
                        delay: delay.wholeNanoseconds, giveUpAt: monotonicNanoseconds() &+ patience.wholeNanoseconds,
                        needsPress: needsPress, action: action, finish: { continuation.resume(returning: $0) })))
        }
    }

    /// Unplugs all pads, ends every visit, and waits for the thread to end. Later orders end at once; a second call
    /// does nothing.
    public func stop() {
        guard let handle = thread.withLock({ $0.take() }) else { return }
        shared.post(.stop)
        pthread_join(handle, nil)
    }
}

/// What a caller asks of the thread.
enum RackOrder: Sendable {
    case visit(pad: Int, Visit, @Sendable (VisitOutcome) -> Void)
    case press(pad: Int, key: UInt8, level: UInt8)
    case unplug(pad: Int, replugAfter: Duration?)
    case plugIn(pad: Int)
    case disturb(LineDirection, pieces: Int)
    case clearExclusive
    case strike(Strike)
    case stop

    /// Answers a caller whose order came too late, so that nobody waits for a thread that has ended.
    func decline() {
        switch self {
        case .visit(_, _, let finish): finish(.notShown)
        case .strike(let strike): strike.finish(nil)
        case .press, .unplug, .plugIn, .disturb, .clearExclusive, .stop: break
        }
    }
}

/// An action that waits for its moment.
struct Strike: Sendable {
    let delay: UInt64
    let giveUpAt: UInt64
    let needsPress: Bool
    let action: @Sendable () -> Void
    let finish: @Sendable (StrikeReport?) -> Void
}

extension Duration {
    /// Nanoseconds, none for negative durations, and at most what fits.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max / 4 : min(product &+ UInt64(attoseconds / 1_000_000_000), .max / 4)
    }
}

/// The monotonic clock in nanoseconds.
func monotonicNanoseconds() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) &* 1_000_000_000 &+ UInt64(now.tv_nsec)
}
