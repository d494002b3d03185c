// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Scanner

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

    @Test func `ASCII is itself`() {
        #expect(GBK.decode(Array(0..<0x80)) == String(decoding: Array(0..<0x80) as [UInt8], as: UTF8.self))
    }

    @Test(arguments: [
        [0x80], [0xFF], [0xB0], [0x41, 0xB0], [0xB0, 0x3F], [0xB0, 0x7F], [0xB0, 0xFF], [0xFE, 0xFE],
    ])
    func `what has no meaning is not decoded`(_ bytes: [UInt8]) { #expect(GBK.decode(bytes) == nil) }
}
