// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// JSON written in a fixed order, so that the same batch is the same bytes each time it is sent.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    /// Writes `{"name":[{…},{…}]}` from pairs in their order.
    init(array name: String, of objects: [[(name: String, value: String)]]) {
        bytes.reserveCapacity(64 + objects.count * 400)
        raw("{")
        string(name)
        raw(":[")
        for (index, object) in objects.enumerated() {
            raw(index == 0 ? "{" : ",{")
            for (position, field) in object.enumerated() {
                if position > 0 { raw(",") }
                string(field.name)
                raw(":")
                string(field.value)
            }
            raw("}")
        }
        raw("]}")
    }

    private mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Escapes what RFC 8259 section 7 says must be; everything else goes as UTF-8.
    private mutating func string(_ text: String) {
        let digits = Array("0123456789abcdef".utf8)
        raw("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): raw("\\\"")
            case UInt8(ascii: "\\"): raw("\\\\")
            case 0x00..<0x20:
                raw("\\u00")
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        raw("\"")
    }
}
