// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

import GBKText

/// The decoder against another implementation of GBK.
@Suite struct GBKTests {
    /// Every pair of bytes, its scalar's two bytes behind it, through FNV-1a; Python's codec gives the same
    /// (`.ci/gbk-table` prints it).
    @Test func `every character is the one of the other codec`() {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        var count = 0
        for lead in UInt8(0x80)...0xFF {
            for trail in UInt8(0x40)...0xFF {
                guard let text = GBK.decode([lead, trail]), let scalar = text.unicodeScalars.first else { continue }
                count += 1
                let code = UInt16(truncatingIfNeeded: scalar.value)
                for byte in [lead, trail, UInt8(code >> 8), UInt8(truncatingIfNeeded: code)] {
                    digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
                }
            }
        }
        #expect(count == 21791)
        #expect(digest == 0x997E_4C2D_2695_5F11)
    }

    @Test func `every character goes back to its bytes`() throws {
        var count = 0
        for lead in UInt8(0x80)...0xFE {
            for trail in UInt8(0x40)...0xFE {
                guard let scalar = GBK.decode([lead, trail])?.unicodeScalars.first else { continue }
                let bytes = try #require(GBK.encode(scalar))
                // Where one character has two places, the first stands for both.
                #expect(bytes == [lead, trail] || GBK.decode(bytes) == String(scalar))
                count += bytes == [lead, trail] ? 1 : 0
            }
        }
        #expect(count == 21791)
    }

    /// The bytes of Python's codec.
    @Test func `a text goes out as the other codec writes it`() {
        let bytes = "请评价：A1 丂狜龥".unicodeScalars.compactMap(GBK.encode).flatMap { $0 }
        #expect(
            bytes == [
                0xC7, 0xEB, 0xC6, 0xC0, 0xBC, 0xDB, 0xA3, 0xBA, 0x41, 0x31, 0x20, 0x81, 0x40, 0xAA,
                0x40, 0xFD, 0x9B,
            ])
        for scalar in "\u{1820}😀\u{20000}\u{80}".unicodeScalars { #expect(GBK.encode(scalar) == nil) }
    }

    @Test func `ASCII is itself`() {
        #expect(GBK.decode(Array(0..<0x80)) == String(decoding: Array(0..<0x80) as [UInt8], as: UTF8.self))
    }

    @Test(arguments: [
        [0x80], [0xFF], [0xB0], [0x41, 0xB0], [0xB0, 0x3F], [0xB0, 0x7F], [0xB0, 0xFF], [0xFE, 0xFE],
    ])
    func `what has no meaning is not decoded`(_ bytes: [UInt8]) { #expect(GBK.decode(bytes) == nil) }
}
