// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A strict reader of JSON (RFC 8259) with limits on size and depth: nothing but the grammar, and no member twice.
public struct JSONParser {
    /// Longest text, in bytes.
    public static let longest = 16 * 1024
    /// Deepest nesting of lists and objects.
    public static let deepest = 8
    /// Most characters of a number; more serve nobody.
    private static let longestNumber = 64

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads one value that fills the text but for white space.
    public static func parse(_ bytes: [UInt8]) throws(JSONMistake) -> JSONValue {
        guard bytes.count <= longest else { throw .tooLong }
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw .unexpected(at: parser.position) }
        return value
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(JSONMistake) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONMistake) -> JSONValue {
        guard depth <= JSONParser.deepest else { throw .tooDeep }
        position += 1
        var members: [String: JSONValue] = [:]
        if takeAfterSpace("}") { return .object(members) }
        repeat {
            skipSpace()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw .unexpected(at: position) }
            let name = try string()
            guard takeAfterSpace(":") else { throw .unexpected(at: position) }
            guard members.updateValue(try value(depth: depth), forKey: name) == nil else {
                throw .duplicate(at: start)
            }
        } while takeAfterSpace(",")
        guard takeAfterSpace("}") else { throw .unexpected(at: position) }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONMistake) -> JSONValue {
        guard depth <= JSONParser.deepest else { throw .tooDeep }
        position += 1
        var items: [JSONValue] = []
        if takeAfterSpace("]") { return .array(items) }
        repeat { items.append(try value(depth: depth)) } while takeAfterSpace(",")
        guard takeAfterSpace("]") else { throw .unexpected(at: position) }
        return .array(items)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONMistake) -> JSONValue {
        for byte in word.utf8 { guard take(byte) else { throw .unexpected(at: position) } }
        return value
    }

    private mutating func number() throws(JSONMistake) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else {
            throw .unexpected(at: start)
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            guard digits() > 0 else { throw .unexpected(at: position) }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw .unexpected(at: position) }
        }
        guard position - start <= JSONParser.longestNumber else { throw .unexpected(at: start) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw .unexpected(at: start) }
        return .double(value)
    }

    // MARK: Texts

    private mutating func string() throws(JSONMistake) -> String {
        position += 1
        let start = position
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else { throw .encoding(at: start) }
                return string
            case UInt8(ascii: "\\"):
                position += 1
                text += try escaped()
            case 0..<0x20:
                throw .unexpected(at: position)
            default:
                text.append(byte)
                position += 1
            }
        }
        throw .unexpected(at: position)
    }

    private mutating func escaped() throws(JSONMistake) -> [UInt8] {
        guard let letter = next else { throw .unexpected(at: position) }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
        default: throw .unexpected(at: position - 1)
        }
    }

    /// The scalar of one `\u` escape, or of two that are a pair of surrogates.
    private mutating func scalar() throws(JSONMistake) -> Unicode.Scalar {
        let start = position
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw .encoding(at: start) }
        let second = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00)
        else { throw .encoding(at: start) }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONMistake) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw .unexpected(at: position)
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func takeAfterSpace(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        return take(UInt8(ascii: character))
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }
}
