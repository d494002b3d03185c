// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Text in GBK, the two-byte part of GB 18030 that scanners and displays of the mainland still speak.
///
/// GBK is GB 2312 and, around it, every other ideograph from U+4E00 to U+9FA5 in Unicode's order, so only GB 2312 is
/// kept as text. The table (48 KB) is filled when the first such text comes in, and never where none does; so is the one
/// of the way back.
public enum GBK {
    private static let trails = 0x40...0xFE
    private static let width = 190

    /// Decodes a whole text; `nil` where a byte has no meaning.
    public static func decode(_ bytes: some Sequence<UInt8>) -> String? {
        var text = String.UnicodeScalarView()
        var lead: UInt8?
        for byte in bytes {
            if let first = lead {
                guard let index = index(first, byte), index < table.count, table[index] != 0,
                    let scalar = Unicode.Scalar(table[index])
                else { return nil }
                text.append(scalar)
                lead = nil
            } else if byte < 0x80 {
                text.append(Unicode.Scalar(byte))
            } else {
                lead = byte
            }
        }
        return lead == nil ? String(text) : nil
    }

    /// A character's bytes, one or two; `nil` where GBK has no such character.
    ///
    /// Only single scalars are characters of GBK: what readers take for one character may be several.
    public static func encode(_ scalar: Unicode.Scalar) -> [UInt8]? {
        if scalar.isASCII { return [UInt8(truncatingIfNeeded: scalar.value)] }
        guard let code = UInt16(exactly: scalar.value), let place = places[code] else { return nil }
        let trail = 0x40 + Int(place) % width
        return [
            UInt8(truncatingIfNeeded: 0x81 + Int(place) / width),
            UInt8(truncatingIfNeeded: trail < 0x7F ? trail : trail + 1),
        ]
    }

    /// The places of characters in the table; where one has two, the first.
    private static let places = Dictionary(
        table.enumerated().filter { $0.element != 0 }.map { ($0.element, UInt16(truncatingIfNeeded: $0.offset)) },
        uniquingKeysWith: { first, _ in first })

    /// The place of a pair of bytes in the table; no character has 7F as its second byte.
    private static func index(_ lead: UInt8, _ trail: UInt8) -> Int? {
        guard (0x81...0xFE).contains(lead), trails.contains(Int(trail)), trail != 0x7F else { return nil }
        return (Int(lead) - 0x81) * width + Int(trail) - 0x40 - (trail > 0x7F ? 1 : 0)
    }

    private static let table: [UInt16] = {
        var table = [UInt16](repeating: 0, count: 126 * width)
        var known: Set<UInt16> = []
        func put(_ rows: [String], lead: UInt8, trail: UInt8) {
            for (lead, row) in zip(lead..., rows) {
                guard var place = index(lead, trail) else { continue }
                for scalar in row.unicodeScalars {
                    if scalar != "\u{FFFD}", let code = UInt16(exactly: scalar.value), place < table.count {
                        table[place] = code
                        known.insert(code)
                    }
                    place += 1
                }
            }
        }
        put(GBKTable.symbols, lead: 0xA1, trail: 0xA1)
        put(GBKTable.moreSymbols, lead: 0xA8, trail: 0x40)
        put(GBKTable.ideographs, lead: 0xB0, trail: 0xA1)
        var others = (0x4E00...0x9FA5 as ClosedRange<UInt16>).filter { !known.contains($0) }[...]
        others += GBKTable.compatibility.unicodeScalars.compactMap { UInt16(exactly: $0.value) }
        let wide = (0x81...0xA0 as ClosedRange<Int>).map { ($0, width) }
        let narrow = (0xAA...0xFE as ClosedRange<Int>).map { ($0, 96) }
        for (lead, count) in wide + narrow {
            let start = (lead - 0x81) * width
            for place in start..<start + count {
                guard let code = others.popFirst() else { return table }
                table[place] = code
            }
        }
        return table
    }()
}
