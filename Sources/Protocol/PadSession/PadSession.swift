// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// The pad's end of the protocol: a pure machine that knows no clock, no flash and no UART.
///
/// Its owner tells it events and carries out the actions in order. The owner keeps the non-volatile memory: an
/// `append` is written first and confirmed with `appended`, and only then does the session send the press; a `trim`
/// releases an entry. After a power cut the owner makes a new session from the ``PadMemory`` it reads back.
public struct PadSession: Sendable {
    /// Who the pad is.
    public let identity: PadIdentity
    /// The number of the log.
    public let log: UInt64
    /// How often rating keys went down in the pad's life, presses that were not taken included.
    public internal(set) var lifetimeCount: UInt32
    /// Whether the gateway asked to refuse presses.
    public internal(set) var isPaused = false

    var queue: PressQueue
    var decoder = FrameDecoder()
    var link: Link
    var prompt = PromptState()
    /// The newest press while its maker still looks at the pad; 0 for none. Plain numbers take less code than optionals.
    var awaited: UInt32 = 0
    /// When its maker is told that the pad keeps it.
    var awaitedUntil: UInt64 = 0
    var owesHealth = false
    /// When the last byte came in, on a bus.
    var heardAt: UInt64 = 0
    /// When a keep-alive on a bus next brings health.
    var healthDue: UInt64 = 0
    /// The moment the owner's timer is set for; 0 for none.
    var timerSetFor: UInt64 = 0
    var actions: [PadAction] = []

    /// Starts from what the memory holds; give `poweredOn` next.
    public init(identity: PadIdentity, memory: PadMemory) {
        self.identity = identity
        log = memory.log
        lifetimeCount = memory.lifetimeCount
        queue = PressQueue(memory)
        link = Link()
        // The newest press tells which prompt must not be shown to the next citizen.
        prompt.ended = memory.waiting.last?.prompt ?? 0
    }

    /// Whether the gateway welcomed the pad since it last asked who it is.
    public var isOpen: Bool { link.isOpen }

    /// How many entries wait for the gateway.
    public var waiting: Int { queue.count }

    /// The prompt that shows; 0 for none.
    public var showing: UInt32 { prompt.number }

    /// Takes an event and answers with what is to be done, in order.
    ///
    /// `nowMilliseconds` counts from power-on and never steps back.
    public mutating func handle(_ event: PadEvent, at nowMilliseconds: UInt64) -> [PadAction] {
        let now = nowMilliseconds
        switch event {
        case .poweredOn: link.helloDue = now
        case .received(let bytes): receive(bytes, at: now)
        case .keyPressed(let key, let level): press(key: key, level: level, at: now)
        case .cancelPressed: if prompt.number != 0 { endPrompt(.cancelled, at: now) }
        case .appended(let sequence): queue.confirm(sequence, at: now)
        case .appendFailed(let sequence):
            if queue.remove(sequence) {
                if awaited == sequence { awaited = 0 }
                signal(.fault)
            }
        case .timer: timerSetFor = 0
        }
        passTime(at: now)
        if !isOnBus { speak(at: now) }
        setTimer(at: now)
        var result: [PadAction] = []
        swap(&result, &actions)
        return result
    }

    var isOnBus: Bool { identity.address != ProtocolLimits.directAddress }

    // MARK: Keys

    private mutating func press(key: UInt8, level: UInt8, at now: UInt64) {
        guard key != 0, level >= 1, level <= 5 else { return }
        if lifetimeCount < .max { lifetimeCount &+= 1 }
        if isPaused {
            signal(.paused)
        } else if append(.rated, level: level, key: key, at: now) {
            signal(.pressed)
            awaited = queue.nextSequence &- 1
            awaitedUntil = now &+ ProtocolTimers.thanks
            if prompt.number != 0 { clearPrompt() }
        } else {
            signal(.logFull)
        }
    }

    private mutating func append(_ result: PressResult, level: UInt8, key: UInt8, at now: UInt64) -> Bool {
        guard queue.hasRoom else { return false }
        let entry = PadLogEntry(
            sequence: queue.nextSequence, lifetimeCount: lifetimeCount, prompt: prompt.number, result: result,
            level: level, key: key, pressedAtMilliseconds: now)
        queue.append(entry, at: now)
        if !queue.hasRoom { owesHealth = true }
        act(.append(entry))
        return true
    }

    /// Logs how a prompt ended without a rating; a full log drops that, since nobody pressed a rating key.
    private mutating func endPrompt(_ result: PressResult, at now: UInt64) {
        _ = append(result, level: 0, key: 0, at: now)
        clearPrompt()
    }

    /// Takes the showing prompt back.
    @inline(never)
    mutating func clearPrompt() {
        prompt.ended = prompt.number
        prompt.number = 0
        act(.clearPrompt)
    }

    // MARK: Time

    private mutating func passTime(at now: UInt64) {
        if prompt.number != 0, prompt.endsAt <= now { endPrompt(.timedOut, at: now) }
        if awaited != 0, awaitedUntil <= now {
            awaited = 0
            signal(.kept)
        }
    }

    private mutating func setTimer(at now: UInt64) {
        var next = UInt64.max
        if prompt.number != 0 { next = prompt.endsAt }
        if awaited != 0 { next = min(next, awaitedUntil) }
        if !isOnBus { next = min(next, link.isOpen ? queue.nextDue : link.helloDue) }
        guard next != .max, next != timerSetFor else { return }
        timerSetFor = next
        act(.setTimer(atMilliseconds: next))
    }
}
