// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The type codes of messages (firmware-protocol.md section 2.1); bit 7 is set in what pads say.
///
/// A receiver passes over a type it does not know.
public enum MessageType {
    // The gateway's:
    static var ask: UInt8 { 0x01 }
    static var welcome: UInt8 { 0x02 }
    static var acknowledge: UInt8 { 0x03 }
    static var refuse: UInt8 { 0x04 }
    static var prompt: UInt8 { 0x05 }
    static var cancelPrompt: UInt8 { 0x06 }
    static var pause: UInt8 { 0x07 }
    static var resume: UInt8 { 0x08 }
    static var time: UInt8 { 0x09 }
    static var keepAlive: UInt8 { 0x0A }
    static var identify: UInt8 { 0x0B }
    static var text: UInt8 { 0x10 }
    static var clip: UInt8 { 0x11 }
    static var qrCode: UInt8 { 0x12 }
    static var staffCard: UInt8 { 0x13 }
    static var waiting: UInt8 { 0x14 }
    static var scanner: UInt8 { 0x20 }
    static var scanTaken: UInt8 { 0x21 }
    static var challenge: UInt8 { 0x28 }
    static var provenAcknowledge: UInt8 { 0x29 }
    static var update: UInt8 { 0x30 }
    static var chunk: UInt8 { 0x31 }
    static var finish: UInt8 { 0x32 }
    // The pad's:
    static var hello: UInt8 { 0x81 }
    static var press: UInt8 { 0x82 }
    static var prompting: UInt8 { 0x83 }
    static var health: UInt8 { 0x84 }
    static var idle: UInt8 { 0x85 }
    static var shown: UInt8 { 0x86 }
    static var scanned: UInt8 { 0x90 }
    static var provenPress: UInt8 { 0x92 }
    static var proof: UInt8 { 0xA8 }
    static var progress: UInt8 { 0xB0 }

    /// Whether this is a type of ``DisplayMessage``.
    public static func isForDisplay(_ type: UInt8) -> Bool {
        type >= text && type <= waiting || type == scanner || type == scanTaken
    }

    /// Whether this is a type of ``ProofMessage``.
    public static func isForProof(_ type: UInt8) -> Bool { type == challenge || type == provenAcknowledge }

    /// Whether this is a type of ``UpdateMessage``.
    public static func isForUpdate(_ type: UInt8) -> Bool { type >= update && type <= finish }

    /// Whether this is the gateway's unproven `acknowledge`.
    public static func isAcknowledge(_ type: UInt8) -> Bool { type == acknowledge }

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
