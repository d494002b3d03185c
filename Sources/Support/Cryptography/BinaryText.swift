// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// How bytes are written as text, as regions differ in it.
public enum BinaryText: String, Sendable, Hashable, CaseIterable {
    /// Hexadecimal with small letters.
    case hex
    /// Hexadecimal with capital letters.
    case capitalHex = "HEX"
    /// Base64 with padding (RFC 4648 section 4).
    case base64

    /// Writes the bytes.
    public func encode(_ bytes: some Sequence<UInt8>) -> String {
        switch self {
        case .hex: Self.hex(bytes, Array("0123456789abcdef".utf8))
        case .capitalHex: Self.hex(bytes, Array("0123456789ABCDEF".utf8))
        case .base64: Base64.encode(bytes)
        }
    }

    /// Reads what ``encode(_:)`` writes; hexadecimal in either case, either with white space at the ends.
    public func decode(_ text: String) throws(CryptographyError) -> [UInt8] {
        let white: [UInt8] = [0x20, 0x0A, 0x0D, 0x09]
        let whole = Array(text.utf8)
        guard let first = whole.firstIndex(where: { !white.contains($0) }),
            let last = whole.lastIndex(where: { !white.contains($0) })
        else { return [] }
        let body = whole[first...last]
        let bytes = self == .base64 ? Base64.decode(body) : Self.bytes(fromHex: body)
        guard let bytes else { throw .badForm(self == .base64 ? "the Base64 text" : "the hexadecimal text") }
        return bytes
    }

    private static func hex(_ bytes: some Sequence<UInt8>, _ digits: [UInt8]) -> String {
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    private static func bytes(fromHex text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            let digit: UInt8
            switch character {
            case 0x30...0x39: digit = character - 0x30
            case 0x41...0x46: digit = character - 0x41 + 10
            case 0x61...0x66: digit = character - 0x61 + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }
}
