// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Reads JSON (RFC 8259) from left to right without building a tree: a batch of ratings is read once and kept as fields.
///
/// The region reads by this, and by nothing of the gateway's, so that an encoder's mistake cannot hide in its reader.
struct JSONReader {
    /// The bytes are no JSON, or not of the shape that was asked for.
    struct Unreadable: Error, Hashable {}

    /// A value that holds no others; what does is skipped.
    enum Scalar: Hashable {
        case text(String)
        /// A number as it was written.
        case number(String)
        case flag(Bool)
        case null
        /// An object or an array.
        case container
    }

    /// Objects and arrays nested deeper than this are refused.
    private static let mostDepth = 32

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var depth = 0

    /// Hands a reader of the bytes to the body, and refuses anything behind what the body read.
    static func read<Answer>(
        _ bytes: [UInt8], _ body: (inout JSONReader) throws(Unreadable) -> Answer
    ) throws(Unreadable) -> Answer {
        try bytes.withUnsafeBufferPointer { buffer throws(Unreadable) in
            var reader = JSONReader(bytes: buffer)
            let answer = try body(&reader)
            reader.skipBlanks()
            guard reader.at == buffer.count else { throw Unreadable() }
            return answer
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads an object; the body must read each member's value, or ``skip()`` it.
    mutating func object(_ member: (inout JSONReader, String) throws(Unreadable) -> Void) throws(Unreadable) {
        try open("{")
        if try closes("}") { return }
        repeat {
            skipBlanks()
            let name = try text()
            try expect(":")
            try member(&self, name)
        } while try separator(before: "}")
    }

    /// Reads an array; the body must read each element, or ``skip()`` it.
    mutating func array(_ element: (inout JSONReader) throws(Unreadable) -> Void) throws(Unreadable) {
        try open("[")
        if try closes("]") { return }
        repeat { try element(&self) } while try separator(before: "]")
    }

    /// Reads a value; of an object or an array only that it was one is told.
    mutating func scalar() throws(Unreadable) -> Scalar {
        skipBlanks()
        switch current {
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "{"):
            try object { reader, _ throws(Unreadable) in _ = try reader.scalar() }
            return .container
        case UInt8(ascii: "["):
            try array { reader throws(Unreadable) in _ = try reader.scalar() }
            return .container
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    /// Reads a value and forgets it.
    mutating func skip() throws(Unreadable) { _ = try scalar() }

    /// A text; `nil` for any other value.
    mutating func textOrNil() throws(Unreadable) -> String? {
        if case .text(let text) = try scalar() { text } else { nil }
    }

    private var current: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private mutating func skipBlanks() {
        while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
    }

    private mutating func open(_ mark: Unicode.Scalar) throws(Unreadable) {
        try expect(mark)
        depth += 1
        guard depth <= Self.mostDepth else { throw Unreadable() }
    }

    private mutating func closes(_ mark: Unicode.Scalar) throws(Unreadable) -> Bool {
        skipBlanks()
        guard current == UInt8(ascii: mark) else { return false }
        at += 1
        depth -= 1
        return true
    }

    private mutating func separator(before mark: Unicode.Scalar) throws(Unreadable) -> Bool {
        if try closes(mark) { return false }
        try expect(",")
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(Unreadable) {
        skipBlanks()
        guard current == UInt8(ascii: mark) else { throw Unreadable() }
        at += 1
    }

    private mutating func word(_ word: StaticString, _ value: Scalar) throws(Unreadable) -> Scalar {
        for offset in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[offset] else { throw Unreadable() }
            at += 1
        }
        return value
    }

    private mutating func number() throws(Unreadable) -> String {
        let start = at
        while at < bytes.count, isPartOfNumber(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard digits.first?.isNumber == true, Double(text) != nil,
            !(digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true)
        else { throw Unreadable() }
        if let point = digits.firstIndex(of: ".") {
            guard digits[point...].dropFirst().first?.isNumber == true else { throw Unreadable() }
        }
        return text
    }

    private func isPartOfNumber(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")]
                .contains(byte)
    }

    /// A text; most hold no escape and are taken as they are.
    private mutating func text() throws(Unreadable) -> String {
        guard current == UInt8(ascii: "\"") else { throw Unreadable() }
        at += 1
        let start = at
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                guard let text = String(validating: bytes[start..<at], as: UTF8.self) else { throw Unreadable() }
                at += 1
                return text
            case UInt8(ascii: "\\"): return try escapedText(from: start)
            case 0..<0x20: throw Unreadable()
            default: at += 1
            }
        }
        throw Unreadable()
    }

    private mutating func escapedText(from start: Int) throws(Unreadable) -> String {
        var plain = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: plain, as: UTF8.self) else { throw Unreadable() }
                return text
            case UInt8(ascii: "\\"): plain += try escape()
            case 0..<0x20: throw Unreadable()
            default: plain.append(byte)
            }
        }
        throw Unreadable()
    }

    private mutating func escape() throws(Unreadable) -> [UInt8] {
        let kind = current
        at += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [kind]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var units = [try codeUnit()]
            if UTF16.isLeadSurrogate(units[0]), current == UInt8(ascii: "\\") {
                at += 1
                guard current == UInt8(ascii: "u") else { throw Unreadable() }
                at += 1
                units.append(try codeUnit())
            }
            guard let text = String(validating: units, as: UTF16.self) else { throw Unreadable() }
            return Array(text.utf8)
        default: throw Unreadable()
        }
    }

    private mutating func codeUnit() throws(Unreadable) -> UInt16 {
        guard at + 4 <= bytes.count else { throw Unreadable() }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue else { throw Unreadable() }
            unit = unit << 4 | UInt16(digit)
            at += 1
        }
        return unit
    }
}
