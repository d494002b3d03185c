// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadProtocol

/// Who a pad is: fixed at manufacture, or by switches on it.
public struct PadIdentity: Sendable, Hashable {
    /// The number on its label; unique among all pads.
    public let id: UInt64
    /// Its bus address: 0 on a line of its own, 1 to 126 on RS-485, where it speaks only when spoken to.
    public let address: UInt8
    /// How many rating keys it has.
    public let keys: UInt8
    /// Maker and model as UTF-8, at most ProtocolLimits/textBytes bytes; longer texts are cut.
    public let model: [UInt8]
    /// Firmware version as UTF-8, at most ProtocolLimits/textBytes bytes; longer texts are cut.
    public let firmware: [UInt8]

    /// The conformance level it states, 0 to 3 (firmware-protocol.md section 1.3).
    public let conformance: UInt8

    /// Takes what manufacture and switches say.
    public init(
        id: UInt64, address: UInt8 = 0, keys: UInt8 = 5, model: [UInt8], firmware: [UInt8], conformance: UInt8 = 1
    ) {
        self.id = id
        self.address = address
        self.keys = keys
        self.model = model
        self.firmware = firmware
        self.conformance = conformance
    }
}

/// One entry of a pad's log: a press, or a prompt that ended without one.
public struct PadLogEntry: Sendable, Hashable {
    /// Its place in the log, from 1.
    public let sequence: UInt32
    /// How often rating keys went down in the pad's life, this one included.
    public let lifetimeCount: UInt32
    /// The prompt it answers; 0 without one.
    public let prompt: UInt32
    /// What happened.
    public let result: PressResult
    /// The level, 1 (very satisfied) to 5; 0 unless rated.
    public let level: UInt8
    /// The key from the left and from 1; 0 where none was pressed.
    public let key: UInt8
    /// When, by the clock `handle` is told; `nil` once that clock has started anew, as after a power cut.
    public let pressedAtMilliseconds: UInt64?

    /// Takes an entry as it was written.
    public init(
        sequence: UInt32, lifetimeCount: UInt32, prompt: UInt32, result: PressResult, level: UInt8, key: UInt8,
        pressedAtMilliseconds: UInt64?
    ) {
        self.sequence = sequence
        self.lifetimeCount = lifetimeCount
        self.prompt = prompt
        self.result = result
        self.level = level
        self.key = key
        self.pressedAtMilliseconds = pressedAtMilliseconds
    }
}

/// What a pad's non-volatile memory holds when the power comes back.
///
/// The owner of the memory writes all of it: `log` when the log is created, the rest with each appended entry. The
/// newest entry is kept even when it was acknowledged, because the next sequence and the count are read from it.
public struct PadMemory: Sendable, Hashable {
    /// The random number, not 0, minted when this log was created; a lost log gets a new one.
    public let log: UInt64
    /// The sequence of the next entry: one more than the newest entry ever written to this log; 1 in a new log.
    public let nextSequence: UInt32
    /// The newest entry's lifetime count, or what else is known of it; 0 in a new pad.
    public let lifetimeCount: UInt32
    /// The entries not trimmed yet, oldest first.
    public let waiting: [PadLogEntry]
    /// How many entries can wait at once; at least 1, and for a conforming pad at least 64.
    public let capacity: Int

    /// Takes what was read back.
    public init(log: UInt64, nextSequence: UInt32, lifetimeCount: UInt32, waiting: [PadLogEntry], capacity: Int) {
        self.log = log
        self.nextSequence = nextSequence
        self.lifetimeCount = lifetimeCount
        self.waiting = waiting
        self.capacity = capacity
    }
}
