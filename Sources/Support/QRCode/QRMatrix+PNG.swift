// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

extension QRMatrix {
    /// A PNG image in black and white (ISO/IEC 15948), for printers and programs that draw nothing themselves.
    ///
    /// With 4 pixels a module a code for an address is some 230 pixels wide, 29 mm on a ticket printer of 203 dots an
    /// inch, and has 7 KB: its rows stand in it as they are, not compressed.
    public func png(pixelsPerModule scale: Int = 4, quietZone: Int = QRMatrix.quietZone) -> [UInt8] {
        let (scale, zone) = (max(1, scale), max(0, quietZone))
        let side = (size + 2 * zone) * scale
        var rows: [UInt8] = []
        for row in 0..<(size + 2 * zone) {
            // No filter, then a bit a pixel from the left, 1 for white; what fills the last byte is not looked at.
            var line: [UInt8] = [0] + [UInt8](repeating: 0xFF, count: (side + 7) / 8)
            for pixel in 0..<side where self[pixel / scale - zone, row - zone] {
                line[1 + pixel / 8] &= ~(0x80 >> UInt8(pixel % 8))
            }
            for _ in 0..<scale { rows += line }
        }
        let header = Self.number(side) + Self.number(side) + [1, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Self.chunk("IHDR", header)
            + Self.chunk("IDAT", Self.stored(rows)) + Self.chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return number(content.count) + body + number(Int(CRC32.of(body)))
    }

    /// A zlib stream (RFC 1950) of blocks that are stored (RFC 1951 section 3.2.4).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: bytes.count, by: 0xFFFF) {
            let block = bytes[start..<min(start + 0xFFFF, bytes.count)]
            let length = [UInt8(block.count & 0xFF), UInt8(block.count >> 8)]
            stream += [block.endIndex == bytes.count ? 1 : 0] + length + length.map { ~$0 } + block
        }
        // Adler-32.
        let (low, high) = bytes.reduce((1, 0)) { sums, byte in
            let low = (sums.0 + Int(byte)) % 65521
            return (low, (sums.1 + low) % 65521)
        }
        return stream + number(high << 16 | low)
    }

    private static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
