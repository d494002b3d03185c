// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@Suite struct CodeImageTests {
    /// 21 by 21 white points of one bit.
    private static func png(width: UInt8 = 21, _ change: (inout [UInt8]) -> Void = { _ in }) -> [UInt8] {
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            let body = Array(name.utf8) + content
            let sum = CRC32.of(body)
            return [0, 0, 0, UInt8(content.count)] + body + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
        }
        var header: [UInt8] = [0, 0, 0, width, 0, 0, 0, 21, 1, 0, 0, 0, 0]
        change(&header)
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + chunk("tEXt", Array("Title\u{0}a".utf8)) + chunk("IDAT", [0x78, 0x01, 0x03, 0, 0, 0, 0, 1])
            + chunk("IEND", [])
    }

    /// A JPEG of grey levels, 300 wide and 200 high; its scan holds no picture, which nobody looks at here.
    private static func jpeg(_ frame: UInt8 = 0xC0, components: UInt8 = 1) -> [UInt8] {
        let start: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xFF, 0xFE, 0, 3, 65]
        let header: [UInt8] = [0xFF, frame, 0, 8 + 3 * components, 8, 0, 200, 1, 44, components]
        var parts: [UInt8] = []
        for part in 0..<components { parts += [part + 1, 0x11, 0] }
        let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0xD9]
        return start + header + parts + scan
    }

    private func flaw(_ bytes: [UInt8]) -> CodeImage.Flaw? {
        do {
            _ = try CodeImage(bytes)
            return nil
        } catch { return error }
    }

    @Test func `a picture is taken as it came, with its form and size`() throws {
        let png = try CodeImage(Self.png())
        #expect(png.form == .png && png.width == 21 && png.height == 21 && png.bytes == Self.png())
        for (frame, components) in [(0xC0, 1), (0xC1, 3), (0xC2, 3), (0xC0, 4)] as [(UInt8, UInt8)] {
            let jpeg = try CodeImage(Self.jpeg(frame, components: components))
            #expect(jpeg.form == .jpeg && jpeg.width == 300 && jpeg.height == 200)
        }
    }

    @Test func `what is damaged, breaks off or goes on is none`() {
        let png = Self.png()
        for length in 8..<png.count { #expect(flaw(Array(png.prefix(length))) == .notWhole, "\(length)") }
        for place in 8..<png.count {
            var damaged = png
            damaged[place] ^= 0x10
            #expect(flaw(damaged) == .notWhole, "\(place)")
        }
        #expect(flaw(png + [0]) == .notWhole)
        let jpeg = Self.jpeg()
        for length in 3..<jpeg.count { #expect(flaw(Array(jpeg.prefix(length))) == .notWhole, "\(length)") }
        // A scan without a frame, arithmetic coding, two components.
        for other in [Self.jpeg(0xFE), Self.jpeg(0xC9), Self.jpeg(0xC0, components: 2)] {
            #expect(flaw(other) == .notWhole)
        }
    }

    @Test func `headers that say what cannot be are none`() {
        for (place, value) in [(8, 3), (9, 1), (9, 2), (10, 1), (11, 1), (12, 2)] as [(Int, UInt8)] {
            #expect(flaw(Self.png { $0[place] = value }) == .notWhole, "\(place)")
        }
        #expect(flaw(Self.png { $0.append(0) }) == .notWhole)
    }

    @Test func `it has its limits`() {
        #expect(flaw(Self.png(width: 20)) == .otherSize)
        #expect(flaw(Self.png { $0[2] = 4 }) == .otherSize, "1045 wide")
        #expect(flaw(Self.png { $0[0] = 0xFF }) == .otherSize)
        #expect(flaw([UInt8](repeating: 0x89, count: CodeImage.mostBytes + 1)) == .tooManyBytes)
        for other in [[], Array("GIF89a".utf8), Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), [0xFF, 0xD8]] {
            #expect(flaw(other) == .otherForm)
        }
    }

    @Test func `Base64 is read as regions write it`() throws {
        let image = try CodeImage(Self.png())
        let text = image.base64
        #expect(try CodeImage(base64: text) == image)
        #expect(try CodeImage(base64: "data:image/png;base64," + text) == image)
        let lines = stride(from: 0, to: text.count, by: 60).map { text.dropFirst($0).prefix(60) + "\r\n" }
        #expect(try CodeImage(base64: lines.joined()) == image)
        for other in ["data:image/png;base64", "*" + text.dropFirst(), String(text.dropLast())] {
            #expect(throws: CodeImage.Flaw.notBase64) { try CodeImage(base64: other) }
        }
        #expect(throws: CodeImage.Flaw.tooManyBytes) { try CodeImage(base64: String(repeating: "A", count: 100_000)) }
        #expect(throws: CodeImage.Flaw.otherForm) { try CodeImage(base64: "") }
    }

    @Test func `bytes have one text each`() {
        for count in 0..<20 {
            let bytes = (0..<UInt8(count)).map { $0 &* 37 }
            #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
        }
        #expect(Base64.encode("Hallgate".utf8) == "SGFsbGdhdGU=" && Base64.encode([0xFB, 0xFF]) == "+/8=")
        for other in ["A", "AA", "AAA", "A===", "====", "AB==", "AAB=", "AA=A", "AAA\n", "AA-A"] {
            #expect(Base64.decode(other.utf8) == nil, "\(other)")
        }
    }
}
