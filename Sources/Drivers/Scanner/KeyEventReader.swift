// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Turns `struct input_event` of a keyboard into characters of the US layout, which scanners type in as delivered.
///
/// An event is 24 bytes: the time (16), type and code (2 each), value (4), little-endian (linux/input.h). Reads may
/// split events.
struct KeyEventReader: Sendable {
    private static let eventBytes = 24
    private var event: [UInt8] = []
    private var shifts: Set<UInt16> = []

    /// Takes a byte; answers with a character where it ended the event of a key that has one.
    mutating func push(_ byte: UInt8) -> UInt8? {
        event.append(byte)
        guard event.count == KeyEventReader.eventBytes else { return nil }
        defer { event.removeAll(keepingCapacity: true) }
        let type = UInt16(event[16]) | UInt16(event[17]) << 8
        let code = UInt16(event[18]) | UInt16(event[19]) << 8
        let isDown = event[20] == 1 && event[21...].allSatisfy { $0 == 0 }
        let isUp = event[20...].allSatisfy { $0 == 0 }
        guard type == KeyEventReader.key else { return nil }
        if KeyEventReader.shiftKeys.contains(code) {
            if isDown { shifts.insert(code) } else if isUp { shifts.remove(code) }
            return nil
        }
        guard isDown, let key = KeyEventReader.keys[code] else { return nil }
        return shifts.isEmpty ? key.plain : key.shifted
    }

    /// `EV_KEY`.
    private static let key: UInt16 = 1
    /// `KEY_LEFTSHIFT` and `KEY_RIGHTSHIFT`.
    private static let shiftKeys: Set<UInt16> = [42, 54]

    /// The keys with characters by their codes (linux/input-event-codes.h).
    private static let keys: [UInt16: (plain: UInt8, shifted: UInt8)] = {
        var keys: [UInt16: (plain: UInt8, shifted: UInt8)] = [:]
        func row(_ first: UInt16, _ plain: String, _ shifted: String) {
            for (code, pair) in zip(first..., zip(plain.utf8, shifted.utf8)) { keys[code] = (pair.0, pair.1) }
        }
        row(2, "1234567890-=", "!@#$%^&*()_+")
        row(15, "\tqwertyuiop[]\r", "\tQWERTYUIOP{}\r")
        row(30, "asdfghjkl;'`", "ASDFGHJKL:\"~")
        row(43, "\\zxcvbnm,./", "|ZXCVBNM<>?")
        row(55, "*", "*")
        row(57, " ", " ")
        row(71, "789-456+1230.", "789-456+1230.")
        // The Enter and the slash of the number pad.
        row(96, "\r", "\r")
        row(98, "/", "/")
        return keys
    }()
}
