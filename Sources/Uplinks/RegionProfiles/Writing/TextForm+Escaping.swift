// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension TextForm {
    /// Escapes what was written from a place on, as the form wants it. Most texts need nothing and stay where they are.
    func escape(_ out: inout [UInt8], from start: Int) {
        var place = start
        while place < out.count, isHarmless(out[place]) { place += 1 }
        guard place < out.count else { return }
        let rest = Array(out[place...])
        out.removeSubrange(place...)
        for byte in rest { if isHarmless(byte) { out.append(byte) } else { escape(byte, into: &out) } }
    }

    private func isHarmless(_ byte: UInt8) -> Bool {
        switch self {
        case .json: byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        case .xml:
            byte >= 0x20 && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "&")
                && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
        case .form:
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                true
            default: false
            }
        case .plain: byte >= 0x20 && byte != 0x7F
        }
    }

    private func escape(_ byte: UInt8, into out: inout [UInt8]) {
        switch self {
        case .json:
            // RFC 8259 section 7; everything else goes as UTF-8.
            if byte < 0x20 {
                out.append(contentsOf: "\\u00".utf8)
                out.appendHexadecimal(byte)
            } else {
                out.append(UInt8(ascii: "\\"))
                out.append(byte)
            }
        case .xml:
            switch byte {
            case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "\""): out.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): out.append(contentsOf: "&apos;".utf8)
            case 0x09, 0x0A, 0x0D:
                out.append(contentsOf: "&#".utf8)
                out.appendDecimal(UInt64(byte))
                out.append(UInt8(ascii: ";"))
            // XML 1.0 has no way to write the other control characters.
            default: out.append(UInt8(ascii: " "))
            }
        case .form:
            out.append(UInt8(ascii: "%"))
            out.appendHexadecimal(byte, capitals: true)
        // A line break in a header field would begin another one.
        case .plain: out.append(UInt8(ascii: " "))
        }
    }
}

extension [UInt8] {
    /// Writes a byte as two hexadecimal digits.
    mutating func appendHexadecimal(_ byte: UInt8, capitals: Bool = false) {
        append(Self.digit(byte >> 4, capitals: capitals))
        append(Self.digit(byte & 15, capitals: capitals))
    }

    private static func digit(_ value: UInt8, capitals: Bool) -> UInt8 {
        value < 10 ? 0x30 &+ value : (capitals ? 0x37 : 0x57) &+ value
    }

    /// Writes a number in hexadecimal without leading zeros.
    mutating func appendHexadecimal(number: UInt64) {
        var shift = 60
        while shift > 0, number >> UInt64(shift) == 0 { shift -= 4 }
        while shift >= 0 {
            append(Self.digit(UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 15, capitals: false))
            shift -= 4
        }
    }

    /// Writes a number in decimal digits, at least so many.
    mutating func appendDecimal(_ number: UInt64, digits least: Int = 1) {
        let start = count
        var rest = number
        repeat {
            append(0x30 &+ UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        while count - start < least { append(0x30) }
        self[start...].reverse()
    }

    /// Writes the 36 characters of an id.
    mutating func appendID(_ high: UInt64, _ low: UInt64) {
        for index in 0..<16 {
            if index == 4 || index == 6 || index == 8 || index == 10 { append(UInt8(ascii: "-")) }
            let word = index < 8 ? high : low
            appendHexadecimal(UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index & 7))))
        }
    }
}
