// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

extension PadSession {
    /// Says everything there is to say; on a line of the pad's own.
    mutating func speak(at now: UInt64) {
        while let frame = nextFrame(at: now) { act(.send(frame)) }
    }

    /// What is to be said first: who the pad is, then what was asked, then the log.
    @inline(never)
    mutating func nextFrame(at now: UInt64) -> [UInt8]? {
        guard link.isOpen else { return hello(at: now) }
        if prompt.owes != 0 {
            let number = prompt.owes
            prompt.owes = 0
            return PadMessage.promptingFrame(number, isShowing: number == prompt.number, from: identity.address)
        }
        if owesHealth {
            owesHealth = false
            healthDue = now &+ ProtocolTimers.healthOnBus
            return health(at: now).encoded(from: identity.address)
        }
        return queue.nextFrame(at: now, log: log, address: identity.address)
    }

    @inline(never)
    private mutating func hello(at now: UInt64) -> [UInt8]? {
        guard isOnBus || link.helloDue <= now else { return nil }
        link.helloDue = now &+ link.helloInterval
        link.helloInterval = max(link.helloInterval, min(2 &* link.helloInterval, ProtocolTimers.helloMost))
        prompt.owes = 0
        owesHealth = false
        return Hello(
            versions: .spoken, conformance: identity.conformance, keys: identity.keys,
            padID: identity.id, log: log, nonce: link.nonce, model: identity.model, firmware: identity.firmware
        ).encoded(from: identity.address)
    }

    @inline(never)
    private func health(at now: UInt64) -> PadHealth {
        PadHealth(
            isPaused: isPaused, isLogFull: !queue.hasRoom,
            waiting: UInt16(truncatingIfNeeded: min(queue.count, 0xFFFF)),
            lifetimeCount: lifetimeCount, uptimeSeconds: UInt32(truncatingIfNeeded: now / 1000))
    }

    @inline(never)
    mutating func signal(_ signal: PadSignal) {
        act(.signal(signal))
    }

    @inline(never)
    mutating func act(_ action: PadAction) {
        actions.append(action)
    }
}
