// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The type codes of messages (firmware-protocol.md section 2.1); bit 7 is set in what pads say.
///
/// The codes of display, scanning, pairing and firmware update are reserved there and not listed here: a receiver
/// passes over a type it does not know.
public enum MessageType {
    // The gateway's:
    static let ask: UInt8 = 0x01
    static let welcome: UInt8 = 0x02
    static let acknowledge: UInt8 = 0x03
    static let refuse: UInt8 = 0x04
    static let prompt: UInt8 = 0x05
    static let cancelPrompt: UInt8 = 0x06
    static let pause: UInt8 = 0x07
    static let resume: UInt8 = 0x08
    static let time: UInt8 = 0x09
    static let keepAlive: UInt8 = 0x0A
    static let identify: UInt8 = 0x0B
    // The pad's:
    static let hello: UInt8 = 0x81
    static let press: UInt8 = 0x82
    static let prompting: UInt8 = 0x83
    static let health: UInt8 = 0x84
    static let idle: UInt8 = 0x85

    /// Whether a pad says messages of this type.
    public static func isFromPad(_ type: UInt8) -> Bool { type & 0x80 != 0 }
}

/// Why a whole frame is no message.
public enum MessageError: Error, Sendable, Hashable {
    /// A type this end does not take: reserved, newer, or the other end's; it is passed over.
    case unknownType(UInt8)
    /// A field is missing or out of its range.
    case badFields(type: UInt8)
}
