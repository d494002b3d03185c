// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// CRC-32C (Castagnoli, reflected, as in RFC 3720 appendix B.4), over the bytes of a row.
struct CRC32C {
    private var state: UInt32 = 0xFFFF_FFFF

    private static let table: [UInt32] = (0..<256).map { index in
        var value = UInt32(index)
        for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
        return value
    }

    mutating func update(_ bytes: [UInt8]) {
        // In unoptimised builds the checked subscripts would be most of a commit's time.
        Self.table.withUnsafeBufferPointer { table in
            bytes.withUnsafeBufferPointer { bytes in
                var crc = state
                var index = 0
                while index < bytes.count {
                    crc = crc >> 8 ^ table[Int(truncatingIfNeeded: (crc ^ UInt32(bytes[index])) & 0xFF)]
                    index &+= 1
                }
                state = crc
            }
        }
    }

    /// Takes eight bytes, most significant first.
    mutating func update(_ number: Int64) {
        Self.table.withUnsafeBufferPointer { table in
            var crc = state
            var shift: Int64 = 56
            while shift >= 0 {
                crc = crc >> 8 ^ table[Int(truncatingIfNeeded: (Int64(crc) ^ number >> shift) & 0xFF)]
                shift &-= 8
            }
            state = crc
        }
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
