// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What was recorded on the line of an unknown pad.
public struct Capture: Sendable, Hashable {
    /// A piece of it in one direction.
    public struct Piece: Sendable, Hashable {
        /// Whether the pad sent it.
        public let isFromDevice: Bool
        /// Its bytes.
        public let bytes: [UInt8]

        /// Describes a piece.
        public init(isFromDevice: Bool, _ bytes: [UInt8]) {
            self.isFromDevice = isFromDevice
            self.bytes = bytes
        }
    }

    /// Most bytes of a pad that are looked at; a few hundred presses.
    public static let mostBytes = 8192

    /// The pieces in order.
    public let pieces: [Piece]

    /// Takes pieces in order.
    public init(_ pieces: [Piece]) { self.pieces = pieces }

    /// Reads a file: hexadecimal text, else the bytes as the pad sent them.
    ///
    /// Text is bytes in hexadecimal digits, a line beginning with `<` where the pad sent it and with `>` where the host
    /// did; a line without either is the pad's. `#` begins a comment. The dumps of `xxd` and `hexdump -C` are taken
    /// with their offsets and characters, and of traces the lines that are not bytes are left out.
    public init(file bytes: [UInt8]) {
        let isText = bytes.allSatisfy { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 >= 0x20 }
        var pieces: [Piece] = []
        let isDump = bytes.contains(UInt8(ascii: "|"))
        for line in isText ? String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) : [] {
            guard let piece = Capture.piece(line, isDump: isDump) else {
                pieces = []
                break
            }
            if !piece.bytes.isEmpty { pieces.append(piece) }
        }
        self.init(pieces.isEmpty && !bytes.isEmpty ? [Piece(isFromDevice: true, bytes)] : pieces)
    }

    /// What the pad sent, the first ``mostBytes`` of it.
    public var device: [UInt8] { Array(pieces.filter(\.isFromDevice).flatMap(\.bytes).prefix(Capture.mostBytes)) }

    // MARK: Text

    /// A line's bytes; `nil` where it is not hexadecimal.
    private static func piece(_ line: Substring, isDump: Bool) -> Piece? {
        var rest = line.drop { $0 == " " || $0 == "\t" }
        if let first = rest.first, "%!=#".contains(first) { return Piece(isFromDevice: true, []) }
        let isFromDevice = !rest.hasPrefix(">")
        if rest.hasPrefix("<") || rest.hasPrefix(">") { rest = rest.dropFirst() }
        rest = rest.prefix { $0 != "#" }
        var words = characterless(rest).split { $0 == " " || $0 == "\t" }
        if let first = words.first, first.hasSuffix(":") || (first.utf8.count >= 7 && isDump) {
            words.removeFirst()
        }
        var bytes: [UInt8] = []
        for word in words {
            guard word.utf8.count % 2 == 0 else { return nil }
            var digits = word[...]
            while !digits.isEmpty {
                guard let byte = UInt8(digits.prefix(2), radix: 16) else { return nil }
                bytes.append(byte)
                digits = digits.dropFirst(2)
            }
        }
        return Piece(isFromDevice: isFromDevice, bytes)
    }

    /// A line of a dump without the characters at its right: behind `|`, or behind two spaces after an offset.
    private static func characterless(_ line: Substring) -> Substring {
        let bars = line.prefix { $0 != "|" }
        guard bars.count == line.count, let colon = line.firstIndex(of: ":"),
            let gap = line[colon...].dropFirst(2).firstRange(of: "  ")
        else { return bars }
        return line[..<gap.lowerBound]
    }
}
