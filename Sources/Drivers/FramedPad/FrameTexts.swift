// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import GBKText

/// How texts and codes are written in the frames that are sent.
public struct FrameTexts: Sendable, Hashable {
    /// How characters become bytes.
    public enum Encoding: String, Sendable, Hashable, CaseIterable {
        /// UTF-8.
        case utf8 = "utf-8"
        /// GBK, the two-byte part of GB 18030.
        case gbk
    }

    /// A character that a display takes for something else unless it is written otherwise.
    public struct Escape: Sendable, Hashable {
        /// The character, one of ASCII.
        public var byte: UInt8
        /// What is written in its place.
        public var replacement: [UInt8]

        /// Describes an escape.
        public init(_ byte: UInt8, as replacement: [UInt8]) {
            self.byte = byte
            self.replacement = replacement
        }
    }

    /// How characters become bytes.
    public var encoding = Encoding.utf8
    /// Most bytes of a text that the display takes, as they are before escapes; `nil` for as many as the frame holds.
    public var most: Int?
    /// What is written otherwise.
    public var escapes: [Escape] = []
    /// The byte that fills a text up to the width that a frame has for it.
    public var fill: UInt8 = 0x20
    /// The text of the standby frame.
    public var standby = ""

    /// Begins with UTF-8 and no limits.
    public init() {}

    /// What readers take for one character, as it is and as it goes into a frame; `nil` where it cannot.
    ///
    /// Control characters go into none, and nor does what would end the text early: the byte `end`, where one does.
    func bytes(of character: Character, endedBy end: UInt8?) -> (plain: [UInt8], written: [UInt8])? {
        var result: (plain: [UInt8], written: [UInt8]) = ([], [])
        for scalar in character.unicodeScalars {
            guard scalar.properties.generalCategory != .control, let plain = bytes(of: scalar) else { return nil }
            let escape = plain.count == 1 ? escapes.first { $0.byte == plain[0] } : nil
            guard escape != nil || end.map({ !plain.contains($0) }) ?? true else { return nil }
            result.plain += plain
            result.written += escape?.replacement ?? plain
        }
        return result
    }

    private func bytes(of scalar: Unicode.Scalar) -> [UInt8]? {
        switch encoding {
        case .utf8: Array(String(scalar).utf8)
        case .gbk: GBK.encode(scalar)
        }
    }

    /// How many bytes a text has before escapes; `nil` where one of its characters cannot be written.
    func count(_ text: String, endedBy end: UInt8?) -> Int? {
        var count = 0
        for character in text {
            guard let bytes = bytes(of: character, endedBy: end) else { return nil }
            count += bytes.plain.count
        }
        return count
    }

    /// A text as it goes into a frame, cut between characters where there is no room; of a code, which is another one
    /// without a character, `nil` where anything would be missing.
    func written(_ text: String, width: Int?, isCode: Bool, endedBy end: UInt8?) -> [UInt8]? {
        var (written, count): ([UInt8], Int) = ([], 0)
        for character in text {
            guard let bytes = bytes(of: character, endedBy: end) else {
                if isCode { return nil }
                continue
            }
            guard count + bytes.plain.count <= most ?? .max, written.count + bytes.written.count <= width ?? .max else {
                if isCode { return nil }
                break
            }
            written += bytes.written
            count += bytes.plain.count
        }
        return written + [UInt8](repeating: fill, count: max(0, (width ?? 0) - written.count))
    }
}
