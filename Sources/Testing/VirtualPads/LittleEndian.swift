// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension [UInt8] {
    /// Appends an integer, least significant byte first.
    mutating func append<Integer: FixedWidthInteger>(littleEndian value: Integer) {
        var rest = value
        for _ in 0..<Integer.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}

/// Takes integers off the front of some bytes and stops where they run out.
struct LittleEndianReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type) -> Integer? {
        let size = Integer.bitWidth / 8
        guard rest.count >= size else { return nil }
        let value = rest.prefix(size).reversed().reduce(Integer(0)) { $0 << 8 | Integer(truncatingIfNeeded: $1) }
        rest = rest.dropFirst(size)
        return value
    }
}

/// CRC-32 of ISO-HDLC (zlib's), bit by bit: a record is 34 bytes, so a table would not pay.
enum CRC32 {
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
