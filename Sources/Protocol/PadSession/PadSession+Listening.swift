// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

extension PadSession {
    mutating func receive(_ bytes: [UInt8], at now: UInt64) {
        if isOnBus {
            // A frame that lost its end would else be answered when the next one begins, in the middle of it.
            if now > heardAt &+ ProtocolTimers.busGap { _ = decoder.push(0) }
            heardAt = now
        }
        var index = 0
        while index < bytes.count {
            if case .frame = decoder.push(bytes[index]) { takeFrame(at: now) }
            index &+= 1
        }
    }

    /// Passes over what is not for this pad and what it does not know; answers on a bus, where each frame is a turn.
    @inline(never)
    private mutating func takeFrame(at now: UInt64) {
        guard !MessageType.isFromPad(decoder.type) else { return }
        let isBroadcast = decoder.address == ProtocolLimits.broadcastAddress
        guard isBroadcast || decoder.address == identity.address else { return }
        if let message = try? HostMessage(&decoder) { take(message, at: now) }
        if isOnBus, !isBroadcast { act(.send(nextFrame(at: now) ?? PadMessage.idleFrame(from: identity.address))) }
    }

    private mutating func take(_ message: HostMessage, at now: UInt64) {
        switch message {
        case .ask(_, let nonce):
            // A gateway that started anew knows nothing of the pause an older one asked for.
            if nonce != link.nonce { isPaused = false }
            link = Link(helloDue: now, nonce: nonce)
        case .welcome(let version):
            open(version, at: now)
        case .acknowledge(let log, let sequence):
            if log == self.log { acknowledged(sequence) }
        case .refuse(let log, let sequence):
            if log == self.log {
                queue.refuse(sequence, at: now)
                signalOutcome(of: sequence, .fault)
            }
        case .prompt(let number, let milliseconds):
            show(number, for: milliseconds, at: now)
        case .cancelPrompt(let number):
            if number == prompt.number { clearPrompt() }
            prompt.owes = number
        case .pause:
            isPaused = true
            if prompt.number != 0 { clearPrompt() }
            owesHealth = true
        case .resume:
            isPaused = false
            owesHealth = true
        case .time(let milliseconds):
            act(.setTime(milliseconds))
        case .keepAlive:
            // On a bus it is a turn, and health every time would leave the entries none.
            if !isOnBus || healthDue <= now { owesHealth = true }
        case .identify:
            act(.blink(milliseconds: ProtocolTimers.identify))
            owesHealth = true
        }
    }

    private mutating func open(_ version: UInt8, at now: UInt64) {
        if version == ProtocolLimits.version {
            if !link.isOpen { queue.startOver() }
            link.isOpen = true
        } else {
            link.isOpen = false
            link.helloDue = now &+ ProtocolTimers.helloRejected
            link.helloInterval = ProtocolTimers.helloRejected
        }
    }

    private mutating func acknowledged(_ sequence: UInt32) {
        let wasFull = !queue.hasRoom
        guard queue.isDurable(sequence), queue.remove(sequence) else { return }
        act(.trim(sequence: sequence))
        if wasFull { owesHealth = true }
        signalOutcome(of: sequence, .thanks)
    }

    /// Tells the one who pressed, unless they have gone or somebody pressed since.
    private mutating func signalOutcome(of sequence: UInt32, _ signal: PadSignal) {
        guard awaited == sequence else { return }
        awaited = 0
        self.signal(signal)
    }

    private mutating func show(_ number: UInt32, for milliseconds: UInt32, at now: UInt64) {
        if number != prompt.number, number != prompt.ended, !isPaused {
            // One that is replaced has ended: a retransmission of it must not bring it back.
            if prompt.number != 0 { prompt.ended = prompt.number }
            prompt.number = number
            prompt.endsAt = now &+ UInt64(milliseconds)
            act(.showPrompt(number: number, milliseconds: milliseconds))
        }
        prompt.owes = number
    }
}
