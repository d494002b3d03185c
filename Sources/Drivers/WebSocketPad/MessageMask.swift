// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What of the relay's bytes everyone may see: marks, known names, and the values that are known to hold no level.
///
/// Everything else is masked: scores, what names a citizen, what nobody knows, and from where a message is no JSON to
/// its end. Only what stands behind a record separator is looked at, for what comes before may be the rest of anything.
struct MessageMask {
    /// What of a member's value is shown.
    private enum Shown {
        case nothing
        /// The words of the protocol, and that there is nothing.
        case words
        /// A text, a number or a word.
        case plain
        /// The members of an object.
        case members
    }

    private static let names: [[String: Shown]] = [
        ["method": .plain, "request": .plain, "code": .plain, "param": .members, "result": .words],
        [
            "rateId": .plain, "winNum": .plain, "userCode": .plain, "date": .plain, "reserveSeq": .plain,
            "transactor": .nothing, "item": .nothing, "attitude": .nothing, "quality": .nothing, "efficiency": .nothing,
            "honest": .nothing,
        ],
    ]
    private static let words: Set<String> = ["\"Pause\"", "\"Resume\"", "\"Reset\"", "\"\"", "null"]

    private let bytes: [UInt8]
    private var position = 0
    private var shown: [UInt8?]

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        shown = bytes.map { _ in nil }
    }

    /// Masks a stretch of what went one way.
    static func masked(_ bytes: [UInt8]) -> [UInt8?] {
        var mask = MessageMask(bytes)
        while mask.position < bytes.count {
            let byte = bytes[mask.position]
            mask.position += 1
            guard byte == MessageCollector.separator else { continue }
            mask.shown[mask.position - 1] = byte
            mask.skipSpace()
            if mask.object(depth: 0) { mask.skipSpace() }
            if mask.next == MessageCollector.end { mask.shown[mask.position] = MessageCollector.end }
        }
        return mask.shown
    }

    // MARK: Grammar; each answers whether the message can be read on

    private mutating func object(depth: Int) -> Bool {
        guard take("{") else { return false }
        skipSpace()
        if take("}") { return true }
        repeat {
            skipSpace()
            guard let name = text() else { return false }
            let known = Self.names[depth][String(decoding: bytes[name].dropFirst().dropLast(), as: UTF8.self)]
            if known != nil { show(name) }
            skipSpace()
            guard take(":") else { return false }
            skipSpace()
            guard value(known ?? .words, depth: depth) else { return false }
            skipSpace()
        } while take(",")
        return take("}")
    }

    private mutating func value(_ kind: Shown, depth: Int) -> Bool {
        switch next {
        case UInt8(ascii: "{") where kind == .members && depth + 1 < Self.names.count: return object(depth: depth + 1)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return passOver()
        case UInt8(ascii: "\""):
            guard let text = text() else { return false }
            if shows(text, kind) { show(text) }
            return true
        default:
            let start = position
            while let byte = next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"), !Self.isSpace(byte) {
                guard !Self.isMark(byte) else { return false }
                position += 1
            }
            // A value that is cut off is not shown: nobody knows what it was to be.
            guard next != nil, start < position else { return false }
            if shows(start..<position, kind) { show(start..<position) }
            return true
        }
    }

    private func shows(_ range: Range<Int>, _ kind: Shown) -> Bool {
        switch kind {
        case .nothing: false
        case .plain: true
        case .words, .members: Self.words.contains(String(decoding: bytes[range], as: UTF8.self))
        }
    }

    /// Passes over a list or an object, masked.
    private mutating func passOver() -> Bool {
        var depth = 0
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                guard text() != nil else { return false }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case MessageCollector.separator, MessageCollector.end: return false
            default: break
            }
            position += 1
            if depth == 0 { return true }
        }
        return false
    }

    /// Where a text stands, its quotes included; `nil` where it is none or has no end.
    private mutating func text() -> Range<Int>? {
        guard next == UInt8(ascii: "\"") else { return nil }
        let start = position
        position += 1
        while let byte = next, byte >= 0x20 {
            position += 1
            if byte == UInt8(ascii: "\"") { return start..<position }
            if byte == UInt8(ascii: "\\"), let escaped = next, escaped >= 0x20 { position += 1 }
        }
        return nil
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte < 0x20 || [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\"")].contains(byte)
    }

    private mutating func skipSpace() {
        while let byte = next, Self.isSpace(byte) {
            shown[position] = byte
            position += 1
        }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        let byte = UInt8(ascii: mark)
        guard next == byte else { return false }
        shown[position] = byte
        position += 1
        return true
    }

    private mutating func show(_ range: Range<Int>) {
        for index in range { shown[index] = bytes[index] }
    }
}
