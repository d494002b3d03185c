// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// CRC-32C (Castagnoli, reflected, as in RFC 3720 appendix B.4), over the bytes of a row.
struct CRC32C {
    private var state: UInt32 = 0xFFFF_FFFF

    /// Eight tables of 256: the k-th continues a byte through k bytes of zero, so that eight bytes are one step
    /// (Kounavis and Berry 2005).
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for index in 0..<256 {
            var value = UInt32(index)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
            tables[index] = value
        }
        for index in 256..<(8 * 256) {
            let before = tables[index - 256]
            tables[index] = before >> 8 ^ tables[Int(before & 0xFF)]
        }
        return tables
    }()

    mutating func update(_ bytes: [UInt8]) {
        // In unoptimised builds the checked subscripts would be most of a commit's time.
        Self.tables.withUnsafeBufferPointer { tables in
            bytes.withUnsafeBytes { bytes in
                var crc = state
                var index = 0
                while index &+ 8 <= bytes.count {
                    let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
                    crc = Self.step(word ^ UInt64(crc), tables)
                    index &+= 8
                }
                while index < bytes.count {
                    crc = crc >> 8 ^ tables[Int(truncatingIfNeeded: (crc ^ UInt32(bytes[index])) & 0xFF)]
                    index &+= 1
                }
                state = crc
            }
        }
    }

    /// Takes eight bytes, most significant first.
    mutating func update(_ number: Int64) {
        Self.tables.withUnsafeBufferPointer { tables in
            state = Self.step(UInt64(bitPattern: number).byteSwapped ^ UInt64(state), tables)
        }
    }

    /// Eight bytes at once, the first in the lowest bits, with the state before them mixed in.
    private static func step(_ word: UInt64, _ tables: UnsafeBufferPointer<UInt32>) -> UInt32 {
        func part(_ table: Int, _ shift: UInt64) -> UInt32 {
            tables[table &* 256 &+ Int(truncatingIfNeeded: word &>> shift & 0xFF)]
        }
        return part(7, 0) ^ part(6, 8) ^ part(5, 16) ^ part(4, 24) ^ part(3, 32) ^ part(2, 40) ^ part(1, 48)
            ^ part(0, 56)
    }

    /// Takes bytes with their length before them, so that no two lists of fields have the same input.
    mutating func updateField(_ bytes: [UInt8]) {
        update(Int64(bytes.count))
        update(bytes)
    }

    /// The checksum as SQLite keeps it: a number from 0 to 2³² − 1.
    var value: Int64 { Int64(~state) }
}

extension Int64 {
    /// The eight bytes, most significant first.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

extension RecordID {
    /// The 16 bytes, as ``RecordID/bytes``, without the cost of a sequence in unoptimised builds.
    var storedBytes: [UInt8] { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) } }
}
