// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Writes values in the one way they can be written, so that equal values have equal bytes and equal hashes.
///
/// Numbers are LEB128: seven bits a byte, least significant first, the top bit set on all but the last, as few bytes
/// as possible. Signed numbers are folded first (0, −1, 1, −2 … become 0, 1, 2, 3 …). Texts and byte strings are
/// their length in bytes and the bytes. An optional value is 0, or 1 and the value.
struct CanonicalWriter {
    private(set) var bytes: [UInt8] = []
    /// The version in which presses are written.
    let version: UInt8

    init(version: UInt8 = 1) { self.version = version }

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func number(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func signed(_ value: Int64) { number(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    mutating func blob(_ value: [UInt8]) {
        number(UInt64(value.count))
        bytes += value
    }

    mutating func text(_ value: String) { blob(Array(value.utf8)) }

    mutating func optional<Value>(_ value: Value?, _ write: (inout CanonicalWriter, Value) -> Void) {
        byte(value == nil ? 0 : 1)
        if let value { write(&self, value) }
    }

    /// The 16 bytes of an id, without a length.
    mutating func id(_ value: RecordID) { bytes += value.bytes }
}
