// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import PadSession
import Synchronization

/// The thread's entry; a function of its own, so that it belongs to no actor.
nonisolated func runRackLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<RackLoop>.fromOpaque(context).takeRetainedValue().run()
    return nil
}

/// What the rack's thread owns: the pads, the visits at them, and the disturbances.
final class RackLoop {
    let pads: [VirtualPad]
    var visits: [OngoingVisit?]
    var noise: LineNoise
    let shared: PadRack.Shared
    private let epoll: Int32
    /// When each unplugged pad comes back; `nil` where it does not by itself.
    var replugAt: [UInt64?]
    var strike: Strike?
    /// When the strike falls, once a press waits for its thanks.
    var strikeAt: UInt64?
    /// What callers wait to hear at the end of this turn.
    var answers: [@Sendable () -> Void] = []
    private var isStopping = false

    init(pads: [PadSettings], seed: UInt64, boot: PadBoot?, shared: PadRack.Shared) throws(PadError) {
        self.pads = pads.map { VirtualPad(settings: $0, boot: boot) }
        self.shared = shared
        visits = pads.map { _ in nil }
        replugAt = pads.map { _ in nil }
        noise = LineNoise(generator: SeededGenerator(seed: seed, stream: 1))
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw .system("epoll_create1", errno) }
        try watch(shared.wake, token: UInt64.max)
        let now = monotonicNanoseconds()
        for pad in pads.indices { try plugIn(pad, at: now) }
        publish()
    }

    deinit { if epoll >= 0 { close(epoll) } }

    /// Waits and works until told to stop.
    func run() {
        var ready = [epoll_event](repeating: epoll_event(), count: 128)
        while !isStopping {
            let count = epoll_wait(epoll, &ready, Int32(ready.count), waitMilliseconds(at: monotonicNanoseconds()))
            let now = monotonicNanoseconds()
            for event in ready.prefix(Int(max(0, count))) {
                if event.data.u64 == .max {
                    obey(at: now)
                } else if pads.indices.contains(Int(event.data.u64)) {
                    pads[Int(event.data.u64)].receive(at: now, noise: &noise)
                }
            }
            for pad in pads.indices { tick(pad, at: now) }
            strikeIfDue(at: monotonicNanoseconds())
            publish()
            answerCallers()
        }
        for pad in pads.indices {
            leave(pad, .notShown)
            pads[pad].unplug()
        }
        finishStrike(nil)
        publish()
        answerCallers()
        let late = shared.orders.withLock { $0.take() } ?? []
        for order in late { order.decline() }
    }

    /// Comes after the figures are published, so that a caller who hears of a visit's end finds it in the report.
    private func answerCallers() {
        let waiting = answers
        answers.removeAll(keepingCapacity: true)
        for answer in waiting { answer() }
    }

    private func watch(_ descriptor: Int32, token: UInt64) throws(PadError) {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = token
        guard epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw .system("epoll_ctl", errno) }
    }

    func plugIn(_ pad: Int, at now: UInt64) throws(PadError) {
        guard pads[pad].master == nil else { return }
        replugAt[pad] = nil
        try pads[pad].plugIn(at: now, noise: &noise)
        if let master = pads[pad].master { try watch(master, token: UInt64(pad)) }
    }

    private func tick(_ pad: Int, at now: UInt64) {
        if let at = replugAt[pad], at <= now {
            do throws(PadError) { try plugIn(pad, at: now) } catch { replugAt[pad] = now &+ 100_000_000 }
        }
        if let at = pads[pad].timerAt, at <= now { pads[pad].handle(.timer, at: now, noise: &noise) }
        follow(pad, at: now)
    }

    /// A strike within the next millisecond is waited for awake, because epoll counts in milliseconds.
    private func waitMilliseconds(at now: UInt64) -> Int32 {
        var next = strikeAt ?? strike?.giveUpAt ?? .max
        for pad in pads.indices {
            next = min(next, pads[pad].timerAt ?? .max, replugAt[pad] ?? .max, visits[pad]?.until ?? .max)
        }
        guard next != .max else { return -1 }
        guard next > now else { return 0 }
        let left = next - now
        if strikeAt != nil { return Int32(clamping: left / 1_000_000) }
        return Int32(clamping: left / 1_000_000 + 1)
    }

    private func obey(at now: UInt64) {
        var value: eventfd_t = 0
        eventfd_read(shared.wake, &value)
        let orders = shared.orders.withLock { orders in
            let taken = orders ?? []
            orders = []
            return taken
        }
        for order in orders { obey(order, at: now) }
    }

    private func obey(_ order: RackOrder, at now: UInt64) {
        switch order {
        case .visit(let pad, let visit, let finish):
            guard pads.indices.contains(pad) else { return answers.append { finish(.notShown) } }
            leave(pad, .notShown)
            visits[pad] = OngoingVisit(
                visit: visit, until: now &+ visit.patience.wholeNanoseconds, finish: finish)
        case .press(let pad, let key, let level):
            guard pads.indices.contains(pad) else { return }
            pads[pad].press(key: key, level: level, cut: nil, at: now, noise: &noise)
        case .unplug(let pad, let delay):
            guard pads.indices.contains(pad) else { return }
            pads[pad].unplug()
            replugAt[pad] = delay.map { now &+ $0.wholeNanoseconds }
        case .plugIn(let pad):
            guard pads.indices.contains(pad) else { return }
            replugAt[pad] = now
        case .disturb(let direction, let pieces): noise.arm(direction, pieces: pieces)
        case .clearExclusive:
            for pad in pads { pad.clearExclusive() }
        case .strike(let order):
            finishStrike(nil)
            strike = order
        case .stop: isStopping = true
        }
    }
}
