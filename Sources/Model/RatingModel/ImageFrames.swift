// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The chunks of a PNG (ISO/IEC 15948 section 5): what says how large a picture is, and that it is whole.
enum PNGFrame {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

    /// Width and height, in pixels; `nil` where a chunk breaks off or is damaged, where there is no picture in it, or where
    /// something stands behind the end.
    static func size(of bytes: [UInt8]) -> (width: Int, height: Int)? {
        var place = signature.count
        var size: (width: Int, height: Int)?
        var hasData = false
        while bytes.count - place >= 12 {
            let length = number(bytes[place..<(place + 4)])
            guard length <= bytes.count - place - 12 else { return nil }
            let content = bytes[(place + 8)..<(place + 8 + length)]
            let sum = number(bytes[(place + 8 + length)..<(place + 12 + length)])
            guard Int(CRC32.of(bytes[(place + 4)..<(place + 8 + length)])) == sum else { return nil }
            let name = Array(bytes[(place + 4)..<(place + 8)])
            place += 12 + length
            // The header is the first chunk, and there is one.
            guard (size == nil) == (name == Array("IHDR".utf8)) else { return nil }
            switch name {
            case Array("IHDR".utf8):
                size = header(Array(content))
                if size == nil { return nil }
            case Array("IDAT".utf8): hasData = hasData || length > 0
            case Array("IEND".utf8): return hasData && length == 0 && place == bytes.count ? size : nil
            default: break
            }
        }
        return nil
    }

    /// What the header says, where it says what can be (section 11.2.2).
    private static func header(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard bytes.count == 13 else { return nil }
        let depths: [UInt8]
        switch bytes[9] {
        case 0: depths = [1, 2, 4, 8, 16]
        case 3: depths = [1, 2, 4, 8]
        case 2, 4, 6: depths = [8, 16]
        default: return nil
        }
        guard depths.contains(bytes[8]), bytes[10] == 0, bytes[11] == 0, bytes[12] <= 1 else { return nil }
        return (number(bytes[0..<4]), number(bytes[4..<8]))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}

/// The segments of a JPEG (ITU-T T.81 annex B).
enum JPEGFrame {
    static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

    /// Width and height, in pixels; `nil` where no scan of a frame that browsers decode follows, or the end is missing.
    static func size(of bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard bytes.suffix(2) == [0xFF, 0xD9] else { return nil }
        var place = 2
        var size: (width: Int, height: Int)?
        while bytes.count - place >= 4 {
            guard bytes[place] == 0xFF else { return nil }
            let marker = bytes[place + 1]
            // Fill bytes may stand before a marker.
            if marker == 0xFF {
                place += 1
                continue
            }
            let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
            guard length >= 2, length <= bytes.count - place - 2 else { return nil }
            let content = Array(bytes[(place + 4)..<(place + 2 + length)])
            switch marker {
            // Baseline, extended sequential and progressive, with Huffman codes.
            case 0xC0, 0xC1, 0xC2:
                guard size == nil, let frame = frame(content) else { return nil }
                size = frame
            case 0xDA: return size
            // Tables, restart intervals, what applications put there, and comments.
            case 0xC4, 0xDB, 0xDD, 0xE0...0xEF, 0xFE: break
            default: return nil
            }
            place += 2 + length
        }
        return nil
    }

    /// What the header of a frame says: 8 bits a sample, and one, three or four components.
    private static func frame(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard bytes.count >= 6, bytes[0] == 8, [1, 3, 4].contains(bytes[5]), bytes.count == 6 + 3 * Int(bytes[5]) else {
            return nil
        }
        return (Int(bytes[3]) << 8 | Int(bytes[4]), Int(bytes[1]) << 8 | Int(bytes[2]))
    }
}
