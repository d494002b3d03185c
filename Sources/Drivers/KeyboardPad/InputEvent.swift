// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// One record of an event device: `struct input_event` of a 64-bit kernel, 24 bytes in the computer's order of bytes,
/// which is little-endian on every computer Hallgate runs on (linux/input.h).
struct InputEvent: Sendable, Hashable {
    static let size = 24
    /// Where the code stands: behind two numbers of eight bytes for the time, and the kind.
    static let codeOffset = 18

    /// The kinds the driver looks at (linux/input-event-codes.h).
    enum Kind {
        static let synchronization: UInt16 = 0
        static let key: UInt16 = 1
        /// EV_MAX.
        static let most: UInt16 = 0x1F
    }

    /// What a synchronization says.
    enum Synchronization {
        /// A packet of events that belong together is complete.
        static let report: UInt16 = 0
        /// The kernel's queue was full: events are missing before the next report.
        static let dropped: UInt16 = 3
    }

    /// KEY_MAX.
    static let mostCode: UInt16 = 0x2FF

    /// When it happened by the kernel's clock; only differences mean something, and only where the clock did not step.
    let microseconds: Int64
    let kind: UInt16
    let code: UInt16
    let value: Int32
    /// The record as it was read.
    let raw: [UInt8]

    /// Reads a record; `nil` where no kernel writes such a one.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        func number(_ place: Int, _ count: Int) -> UInt64 {
            bytes[place..<(place + count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        raw = bytes
        let seconds = number(0, 8)
        let rest = number(8, 8)
        kind = UInt16(truncatingIfNeeded: number(16, 2))
        code = UInt16(truncatingIfNeeded: number(18, 2))
        value = Int32(truncatingIfNeeded: number(20, 4))
        // 2^33 seconds are the year 2242.
        guard seconds < 1 << 33, rest < 1_000_000, kind <= Kind.most, code <= Self.mostCode else { return nil }
        if kind == Kind.key, !(0...2).contains(value) { return nil }
        if kind == Kind.synchronization, value != 0 || code > 0x0F { return nil }
        microseconds = Int64(seconds) * 1_000_000 + Int64(rest)
    }
}

/// Cuts what was read into records.
///
/// The kernel hands over whole records only. The reader nevertheless finds its place again behind anything else: what
/// no kernel writes gives up its first byte and is looked at again.
struct InputEventReader: Sendable {
    /// What was found.
    enum Finding: Sendable {
        case event(InputEvent)
        /// Bytes that belong to no record.
        case garbage(bytes: Int)
    }

    /// Garbage is told at the next record, or after so many bytes.
    private static let mostGarbage = 64

    private var buffer: [UInt8] = []
    private var garbage = 0

    mutating func push(_ bytes: [UInt8]) -> [Finding] {
        var findings: [Finding] = []
        for byte in bytes {
            buffer.append(byte)
            guard buffer.count == InputEvent.size else { continue }
            if let event = InputEvent(buffer) {
                tellGarbage(into: &findings)
                findings.append(.event(event))
                buffer.removeAll(keepingCapacity: true)
            } else {
                buffer.removeFirst()
                garbage += 1
                if garbage == Self.mostGarbage { tellGarbage(into: &findings) }
            }
        }
        return findings
    }

    private mutating func tellGarbage(into findings: inout [Finding]) {
        guard garbage > 0 else { return }
        findings.append(.garbage(bytes: garbage))
        garbage = 0
    }
}
