// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How the bytes of a frame are summed up, over which range, and where the sum stands.
public struct FrameChecksum: Sendable, Hashable {
    /// How it is computed.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The sum of the bytes modulo 256.
        case sum8
        /// The negative of that sum, so that range and checksum add up to 0.
        case negatedSum8 = "sum8-negated"
        /// The bytes' exclusive or.
        case xor8
        /// CRC-8 with the polynomial 07, from 00 (CRC-8/SMBUS).
        case crc8
        /// CRC-16/MODBUS: polynomial 8005 reflected, from FFFF.
        case crc16Modbus = "crc16-modbus"
        /// CRC-16/CCITT-FALSE (CRC-16/IBM-3740): polynomial 1021, from FFFF.
        case crc16CCITTFalse = "crc16-ccitt-false"
        /// The longitudinal check of MODBUS ASCII: the range is pairs of hexadecimal digits, and the negative of the sum
        /// of the bytes they write is itself written in two digits (MODBUS over Serial Line 1.02, 2.5.2.2).
        case lrc

        /// How many bytes of the frame it takes.
        public var width: Int {
            switch self {
            case .sum8, .negatedSum8, .xor8, .crc8: 1
            case .crc16Modbus, .crc16CCITTFalse, .lrc: 2
            }
        }
    }

    /// How it is computed.
    public var kind: Kind
    /// The bytes it covers.
    public var range: FrameRange
    /// Where its first byte stands.
    public var place: FramePlace
    /// Whether the low byte of a CRC of 16 bits stands first.
    public var isLittleEndian: Bool

    /// Describes a checksum.
    public init(_ kind: Kind, over range: FrameRange, at place: FramePlace, isLittleEndian: Bool = false) {
        self.kind = kind
        self.range = range
        self.place = place
        self.isLittleEndian = isLittleEndian
    }

    /// The checksum's bytes for a frame; `nil` where the range is not in it, or holds no digits under ``Kind/lrc``.
    public func bytes(for frame: [UInt8]) -> [UInt8]? {
        guard let indices = range.indices(in: frame.count) else { return nil }
        return FrameChecksum.bytes(kind, over: frame[indices], isLittleEndian: isLittleEndian)
    }

    /// Whether a frame's checksum is right.
    public func holds(in frame: [UInt8]) -> Bool {
        guard let index = place.index(in: frame.count), index + kind.width <= frame.count,
            let indices = range.indices(in: frame.count),
            let wanted = FrameChecksum.value(kind, over: frame[indices])
        else { return false }
        let (high, low) = FrameChecksum.split(wanted)
        guard kind.width == 2 else { return frame[index] == low }
        let isLowFirst = isLittleEndian && kind != .lrc
        return (frame[index], frame[index + 1]) == (isLowFirst ? (low, high) : (high, low))
    }

    /// Computes a checksum over bytes.
    public static func bytes(_ kind: Kind, over bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> [UInt8]? {
        guard let (high, low) = value(kind, over: bytes).map(split) else { return nil }
        if kind.width == 1 { return [low] }
        return isLittleEndian && kind != .lrc ? [low, high] : [high, low]
    }

    /// A checksum as a number, without an array: a search tries millions. Of ``Kind/lrc`` it is the two digits.
    private static func value(_ kind: Kind, over bytes: ArraySlice<UInt8>) -> UInt16? {
        switch kind {
        case .sum8: UInt16(bytes.reduce(0, &+))
        case .negatedSum8: UInt16(0 &- bytes.reduce(0, &+))
        case .xor8: UInt16(bytes.reduce(0, ^))
        case .crc8: UInt16(bytes.reduce(0, crc8))
        case .crc16Modbus: bytes.reduce(0xFFFF, crc16Modbus)
        case .crc16CCITTFalse: bytes.reduce(0xFFFF, crc16CCITT)
        case .lrc: lrc(bytes)
        }
    }

    private static func split(_ value: UInt16) -> (high: UInt8, low: UInt8) {
        (UInt8(truncatingIfNeeded: value &>> 8), UInt8(truncatingIfNeeded: value))
    }

    private static func crc8(_ crc: UInt8, _ byte: UInt8) -> UInt8 {
        var crc = crc ^ byte
        for _ in 0..<8 { crc = crc & 0x80 == 0 ? crc &<< 1 : crc &<< 1 ^ 0x07 }
        return crc
    }

    private static func crc16Modbus(_ crc: UInt16, _ byte: UInt8) -> UInt16 {
        var crc = crc ^ UInt16(byte)
        for _ in 0..<8 { crc = crc & 1 == 0 ? crc &>> 1 : crc &>> 1 ^ 0xA001 }
        return crc
    }

    private static func crc16CCITT(_ crc: UInt16, _ byte: UInt8) -> UInt16 {
        var crc = crc ^ UInt16(byte) &<< 8
        for _ in 0..<8 { crc = crc & 0x8000 == 0 ? crc &<< 1 : crc &<< 1 ^ 0x1021 }
        return crc
    }

    private static func lrc(_ digits: ArraySlice<UInt8>) -> UInt16? {
        guard digits.count % 2 == 0 else { return nil }
        var sum: UInt8 = 0
        var high: UInt8?
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80 else { return nil }
            if let first = high {
                sum = sum &+ (first &<< 4 | UInt8(truncatingIfNeeded: value))
                high = nil
            } else {
                high = UInt8(truncatingIfNeeded: value)
            }
        }
        return hexadecimal(0 &- sum).utf8.reduce(0) { $0 &<< 8 | UInt16($1) }
    }
}
