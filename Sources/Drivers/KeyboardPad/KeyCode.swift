// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a key code of the kernel types (linux/input-event-codes.h).
enum KeyCode: Sendable, Hashable {
    /// A digit of the main row or of the keypad.
    case digit(UInt8)
    /// Either enter key.
    case enter
    /// A key that types nothing by itself: keypads press num lock or shift around a digit.
    case modifier
    /// Anything else.
    case other

    init(_ code: UInt16) {
        switch code {
        case 2...10: self = .digit(UInt8(code - 1))  // KEY_1 to KEY_9
        case 11: self = .digit(0)  // KEY_0
        case 71...73: self = .digit(UInt8(code - 64))  // KEY_KP7 to KEY_KP9
        case 75...77: self = .digit(UInt8(code - 71))  // KEY_KP4 to KEY_KP6
        case 79...81: self = .digit(UInt8(code - 78))  // KEY_KP1 to KEY_KP3
        case 82: self = .digit(0)  // KEY_KP0
        case 28, 96: self = .enter  // KEY_ENTER, KEY_KPENTER
        case 29, 42, 54, 56, 58, 69, 97, 100: self = .modifier  // control, shift, alt, caps lock, num lock
        default: self = .other
        }
    }
}
