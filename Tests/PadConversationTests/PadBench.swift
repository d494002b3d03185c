// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import PadSession

/// A pad whose gateway and memory the test plays.
struct PadBench {
    static let log: UInt64 = 0x8877_6655_4433_2211
    var session: PadSession
    var now: UInt64 = 0

    init(address: UInt8 = 0, waiting: [PadLogEntry] = [], nextSequence: UInt32 = 1, capacity: Int = 8) {
        session = PadSession(
            identity: PadIdentity(id: 42, address: address, model: Array("M".utf8), firmware: Array("F".utf8)),
            memory: PadMemory(
                log: PadBench.log, nextSequence: nextSequence, lifetimeCount: 100, waiting: waiting, capacity: capacity)
        )
    }

    /// A pad with power, welcomed by the gateway.
    static func welcomed(waiting: [PadLogEntry] = [], nextSequence: UInt32 = 1, capacity: Int = 8) -> PadBench {
        var bench = PadBench(waiting: waiting, nextSequence: nextSequence, capacity: capacity)
        bench.tell(.poweredOn)
        return bench
    }

    static func entry(_ sequence: UInt32, prompt: UInt32 = 0) -> PadLogEntry {
        PadLogEntry(
            sequence: sequence, lifetimeCount: sequence, prompt: prompt, result: .rated, level: 1, key: 1,
            pressedAtMilliseconds: 5)
    }

    @discardableResult mutating func tell(_ event: PadEvent) -> [PadAction] {
        session.handle(event, at: now).filter { if case .setTimer = $0 { false } else { true } }
    }

    @discardableResult mutating func hear(_ message: HostMessage, to address: UInt8 = 0) -> [PadAction] {
        tell(.received(message.encoded(to: address)))
    }

    /// A press that is written and confirmed; returns what follows the confirmation.
    @discardableResult mutating func press(level: UInt8 = 2) -> [PadAction] {
        for action in tell(.keyPressed(key: level, level: level)) {
            if case .append(let entry) = action { return tell(.appended(sequence: entry.sequence)) }
        }
        return []
    }

    @discardableResult mutating func wait(milliseconds: UInt64) -> [PadAction] {
        now += milliseconds
        return tell(.timer)
    }

    mutating func acknowledge(_ sequence: UInt32, log: UInt64 = log) -> [PadAction] {
        hear(.acknowledge(log: log, sequence: sequence))
    }
}

extension [PadAction] {
    var said: [PadMessage] {
        compactMap { action in
            guard case .send(let bytes) = action else { return nil }
            var decoder = FrameDecoder()
            for byte in bytes where decoder.push(byte) == .frame { return try? PadMessage(&decoder) }
            return nil
        }
    }

    var sequences: [UInt32] { said.compactMap { if case .press(let press) = $0 { press.sequence } else { nil } } }

    var signals: [PadSignal] { compactMap { if case .signal(let signal) = $0 { signal } else { nil } } }
}
