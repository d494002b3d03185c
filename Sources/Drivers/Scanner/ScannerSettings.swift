// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// How a scanner sends what it reads, and which codes are taken.
public struct ScannerSettings: Sendable, Hashable {
    /// What the bytes of the line are.
    public enum Input: Sendable, Hashable {
        /// The text itself, as serial scanners send it.
        case text
        /// `struct input_event` of a scanner that is a keyboard (24 bytes, Linux on 64-bit machines), US layout.
        case keyEvents
        /// HID reports with the text in them; each read of the line is one report.
        case reports(ReportLayout)
    }

    /// Where the text stands in a HID report; makers differ, so nothing is assumed.
    public struct ReportLayout: Sendable, Hashable {
        /// The report's first byte, by which others are told apart; `nil` where reports have no number.
        public var number: UInt8?
        /// The offset of the byte that counts the text's bytes.
        public var lengthAt: Int
        /// The offset of the text's first byte.
        public var textAt: Int

        /// Describes a report.
        public init(number: UInt8?, lengthAt: Int, textAt: Int) {
            self.number = number
            self.lengthAt = lengthAt
            self.textAt = textAt
        }
    }

    /// What ends a code.
    public enum Ending: String, Sendable, Hashable, CaseIterable {
        /// CR, LF or both.
        case any
        /// CR.
        case cr
        /// LF.
        case lf
        /// CR and LF.
        case crlf
        /// The tabulator.
        case tab
        /// ``ScannerSettings/silence`` without a byte; CR and LF at the end are left out.
        case silence
    }

    /// How the text is encoded.
    public enum Encoding: String, Sendable, Hashable, CaseIterable {
        /// UTF-8 alone.
        case utf8 = "utf-8"
        /// GBK alone.
        case gbk
        /// UTF-8, and GBK where it is not.
        case auto
    }

    /// What is done with the AIM's three characters before a code (ISO/IEC 15424).
    public enum SymbologyPrefix: String, Sendable, Hashable, CaseIterable {
        /// Taken off where they stand.
        case detect
        /// A code without them is not taken.
        case required
        /// They belong to the text.
        case none
    }

    /// The name the scanner goes by; it has none of its own.
    public var device: DeviceID
    /// What the bytes of the line are.
    public var input = Input.text
    /// What ends a code.
    public var ending = Ending.any
    /// How long no byte comes after a code, where that ends it; 20 ms to 2 s.
    public var silence = Duration.milliseconds(100)
    /// How the text is encoded.
    public var encoding = Encoding.utf8
    /// What is done with the AIM's characters.
    public var symbology = SymbologyPrefix.detect
    /// What the scanner puts before each code; it is taken off, and a code without it is not taken.
    public var prefix = ""
    /// What the scanner puts after each code; it is taken off, and a code without it is not taken.
    public var suffix = ""
    /// How many characters a code has.
    public var length = 1...512
    /// The characters a code can have; `nil` for all but control characters.
    public var characters: CharacterRanges?
    /// Bytes that switch the scanner on, where it takes any.
    public var switchOn: [UInt8] = []
    /// Bytes that switch the scanner off, where it takes any.
    public var switchOff: [UInt8] = []

    /// The settings of a scanner that sends UTF-8 ended by CR, LF or both.
    public init(device: DeviceID) { self.device = device }
}

/// A set of characters written as ranges, such as `0-9A-Z_-`: a hyphen that joins nothing stands for itself.
public struct CharacterRanges: Sendable, Hashable {
    private var ranges: [ClosedRange<Unicode.Scalar>] = []

    /// Reads ranges; `nil` for none, or for one whose end comes before its beginning.
    public init?(_ text: String) {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.popFirst() {
            guard scalars.first == "-", let last = scalars.dropFirst().first else {
                ranges.append(first...first)
                continue
            }
            guard first <= last else { return nil }
            ranges.append(first...last)
            scalars = scalars.dropFirst(2)
        }
        if ranges.isEmpty { return nil }
    }

    /// Whether a character is among them.
    public func contains(_ scalar: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(scalar) } }
}
