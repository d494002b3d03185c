// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What is wrong with a piece of a description's text.
public struct FrameTextError: Error, Sendable, Hashable {
    /// What is wrong.
    public let message: LocalText
    /// What to write instead.
    public let hint: LocalText
}

/// Reads the short texts in which a description writes bytes, conditions and templates.
///
/// Bytes are pairs of hexadecimal digits or characters in single quotes, separated by spaces: `FF 68`, `24 'OK' 0D 0A`.
public enum FrameText {
    /// Longest text taken, in bytes.
    public static let mostBytes = 2048

    /// Reads bytes, such as `0D 0A`.
    public static func bytes(_ text: String) throws(FrameTextError) -> [UInt8] {
        var bytes: [UInt8] = []
        for token in try tokens(of: text) {
            guard case .bytes(let more) = token else { throw notBytes(token) }
            bytes += more
        }
        return bytes
    }

    /// Reads bytes of which some may be anything, such as `FF 68 ?? ?? 68`.
    public static func pattern(_ text: String) throws(FrameTextError) -> [UInt8?] {
        var pattern: [UInt8?] = []
        for token in try tokens(of: text) {
            switch token {
            case .bytes(let more): pattern += more.map(Optional.some)
            case .any: pattern.append(nil)
            case .place: throw notBytes(token)
            }
        }
        return pattern
    }

    /// Reads conditions that hold together, such as `6=11 7!=01`.
    public static func conditions(_ text: String) throws(FrameTextError) -> [FrameCondition] {
        var conditions: [FrameCondition] = []
        for word in text.split(separator: " ") {
            let isEqual = !word.contains("!=")
            let parts = word.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let offset = offset(isEqual ? parts[0] : parts[0].dropLast()),
                let value = byte(parts[1])
            else {
                throw FrameTextError(
                    message: LocalText("'\(word.prefix(32))' is not a condition", "'\(word.prefix(32))' 不是条件"),
                    hint: LocalText(
                        "write offset=byte or offset!=byte, such as 6=11; -1 is the last byte",
                        "请写成 偏移=字节 或 偏移!=字节，例如 6=11；-1 为最后一个字节"))
            }
            conditions.append(FrameCondition(FramePlace(offset), value, isEqual: isEqual))
        }
        return conditions
    }

    /// Reads a template, such as `FF 68 <length> <length> 68 <address> 01 <7..-3> <checksum> 16`.
    public static func template(_ text: String) throws(FrameTextError) -> FrameTemplate {
        var elements: [FrameTemplate.Element] = []
        for token in try tokens(of: text) {
            switch token {
            case .bytes(let bytes): elements += bytes.map(FrameTemplate.Element.byte)
            case .any: throw notBytes(token)
            case .place(let words): elements.append(try element(words))
            }
        }
        return FrameTemplate(elements)
    }

    // MARK: Tokens

    private enum Token {
        case bytes([UInt8])
        case any
        case place(Substring)
    }

    private static func tokens(of text: String) throws(FrameTextError) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let first = rest.first {
            if first == " " {
                rest.removeFirst()
            } else if let closing: Character = ["'": "'", "<": ">"][first] {
                let inside = rest.dropFirst().prefix { $0 != closing }
                let after = rest.dropFirst(1 + inside.count)
                guard !after.isEmpty, !inside.isEmpty else {
                    throw FrameTextError(
                        message: LocalText("\(first) without \(closing)", "\(first) 没有对应的 \(closing)"),
                        hint: LocalText("close it", "请补上"))
                }
                tokens.append(first == "<" ? .place(inside) : .bytes(Array(inside.utf8)))
                rest = after.dropFirst()
            } else {
                let word = rest.prefix { $0 != " " && $0 != "<" && $0 != "'" }
                rest = rest.dropFirst(word.count)
                if word == "??" { tokens.append(.any) } else { tokens.append(.bytes([try wantedByte(word)])) }
            }
        }
        return tokens
    }

    private static func wantedByte(_ word: Substring) throws(FrameTextError) -> UInt8 {
        if let byte = byte(word) { return byte }
        throw FrameTextError(
            message: LocalText("'\(word.prefix(32))' is not a byte", "'\(word.prefix(32))' 不是字节"),
            hint: LocalText(
                "write two hexadecimal digits for each byte, with spaces between: FF 68; characters stand in quotes: 'OK'",
                "每个字节写两位十六进制数，以空格分隔：FF 68；字符写在单引号内：'OK'"))
    }

    private static func notBytes(_ token: Token) -> FrameTextError {
        let shown =
            switch token {
            case .place(let words): "<\(words.prefix(32))>"
            default: "??"
            }
        return FrameTextError(
            message: LocalText("\(shown) cannot stand here", "此处不能使用 \(shown)"),
            hint: LocalText("write each byte in two hexadecimal digits", "请将每个字节写成两位十六进制数"))
    }

    private static func byte(_ word: Substring) -> UInt8? {
        guard word.utf8.count == 2, !word.hasPrefix("+"), !word.hasPrefix("-") else { return nil }
        return UInt8(word, radix: 16)
    }

    private static func offset(_ word: Substring) -> Int? {
        guard let offset = Int(word), !word.hasPrefix("+"), abs(offset) <= FrameDescription.mostBytes else {
            return nil
        }
        return offset
    }

    private static func element(_ words: Substring) throws(FrameTextError) -> FrameTemplate.Element {
        let parts = words.split(separator: ":", omittingEmptySubsequences: false)
        switch (parts[0], parts.count) {
        case ("length", 1): return .length
        case ("checksum", 1): return .checksum
        case ("address", 1): return .address
        case ("seconds", 1): return .seconds(.byte)
        case ("seconds", 2...3): if let number = number(parts.dropFirst()) { return .seconds(number) }
        case ("count", 2): if let range = range(parts[1]) { return .count(.byte, range) }
        case ("count", 3...4):
            if let number = number(parts.dropFirst().dropLast()), let range = range(parts[parts.count - 1]) {
                return .count(number, range)
            }
        case ("text", 1): return .text(width: nil)
        case ("waiting", 2...3): if let digits = digits(parts) { return .waiting(digits) }
        case ("ticket", 2...3): if let digits = digits(parts) { return .ticket(digits) }
        case ("text", 2): if let count = Int(parts[1]), (1...200).contains(count) { return .text(width: count) }
        case (let words, 1):
            if let place = offset(words) { return .echo(FramePlace(place)) }
            if let range = range(words) { return .echoes(range) }
        default: break
        }
        throw FrameTextError(
            message: LocalText("<\(words.prefix(32))> is not known here", "<\(words.prefix(32))> 未知"),
            hint: LocalText(
                "known: <5>, <7..-3>, <length>, <checksum>, <address>, <seconds>, <waiting:3>, <ticket:3:0A>, <waiting:3:ascii>, <text>, <text:16>, <count:2:little:4..-3>, <seconds:2>",
                "可用：<5>、<7..-3>、<length>、<checksum>、<address>、<seconds>、<waiting:3>、<ticket:3:0A>、<waiting:3:ascii>、<text>、<text:16>、<count:2:little:4..-3>、<seconds:2>"
            ))
    }

    private static func range(_ words: Substring) -> FrameRange? {
        guard let dots = words.firstRange(of: ".."), let from = offset(words[..<dots.lowerBound]),
            let to = offset(words[dots.upperBound...])
        else { return nil }
        return FrameRange(from: FramePlace(from), to: FramePlace(to))
    }

    /// How a number is written: `1`, `2`, `2:little`, `3:ascii`.
    private static func number(_ parts: ArraySlice<Substring>) -> FrameTemplate.Number? {
        let (count, form) = (parts.first.flatMap { Int($0) }, parts.dropFirst().first)
        return switch (count, form, parts.count) {
        case (1, nil, 1): .byte
        case (2, nil, 1), (2, "big", 2): .twoBytes(isLittleEndian: false)
        case (2, "little", 2): .twoBytes(isLittleEndian: true)
        case (let count?, "ascii", 2) where (1...5).contains(count): .digits(count)
        default: nil
        }
    }

    private static func digits(_ parts: [Substring]) -> FrameTemplate.Digits? {
        guard let count = Int(parts[1]), (1...9).contains(count) else { return nil }
        guard parts.count == 3 else { return FrameTemplate.Digits(count) }
        if parts[2] == "ascii" { return FrameTemplate.Digits(count, isASCII: true, blank: 0x20) }
        return byte(parts[2]).map { FrameTemplate.Digits(count, blank: $0) }
    }
}
