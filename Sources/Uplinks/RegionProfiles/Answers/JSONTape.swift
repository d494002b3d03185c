// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Reads JSON (RFC 8259) strictly into the nodes of an ``AnswerTree``.
struct JSONTape {
    private let bytes: [UInt8]
    private var place = 0
    private var nodes: [AnswerTree.Node] = []

    /// The nodes, the root first; `nil` where the bytes are no JSON.
    static func read(_ bytes: [UInt8]) -> [AnswerTree.Node]? {
        var tape = JSONTape(bytes)
        guard tape.value(depth: 0), tape.space(), tape.place == bytes.count else { return nil }
        return tape.nodes
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
        nodes.reserveCapacity(bytes.count / 24 + 8)
    }

    private mutating func space() -> Bool {
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
        return true
    }

    private mutating func value(depth: Int, name: (Int, Int) = (0, 0)) -> Bool {
        _ = space()
        guard place < bytes.count, nodes.count < AnswerTree.mostNodes, depth <= AnswerTree.mostDepth else {
            return false
        }
        let index = nodes.count
        nodes.append(
            AnswerTree.Node(
                kind: .null, nameStart: Int32(truncatingIfNeeded: name.0), nameEnd: Int32(truncatingIfNeeded: name.1)))
        let isRead =
            switch bytes[place] {
            case UInt8(ascii: "{"): members(index, depth: depth + 1)
            case UInt8(ascii: "["): list(index, depth: depth + 1)
            case UInt8(ascii: "\""): text(index)
            case UInt8(ascii: "t"): word("true", .yes, index)
            case UInt8(ascii: "f"): word("false", .no, index)
            case UInt8(ascii: "n"): word("null", .null, index)
            default: number(index)
            }
        nodes[index].end = Int32(truncatingIfNeeded: nodes.count)
        return isRead
    }

    private mutating func members(_ index: Int, depth: Int) -> Bool {
        nodes[index].kind = .members
        place += 1
        _ = space()
        if take("}") { return true }
        repeat {
            _ = space()
            // The name's place is kept in a node that is taken back.
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return false }
            let scratch = nodes.count
            nodes.append(AnswerTree.Node(kind: .text))
            guard text(scratch) else { return false }
            // A name with escapes is compared as it is written, and so is none that a profile knows.
            let name = (Int(nodes[scratch].start), Int(nodes[scratch].stop))
            nodes.removeLast()
            _ = space()
            guard take(":"), value(depth: depth, name: name) else { return false }
            _ = space()
        } while take(",")
        return take("}")
    }

    private mutating func list(_ index: Int, depth: Int) -> Bool {
        nodes[index].kind = .list
        place += 1
        _ = space()
        if take("]") { return true }
        repeat {
            guard value(depth: depth) else { return false }
            _ = space()
        } while take(",")
        return take("]")
    }

    private mutating func word(_ word: StaticString, _ kind: AnswerTree.Node.Kind, _ index: Int) -> Bool {
        nodes[index].kind = kind
        for scalar in word.description.utf8 {
            guard place < bytes.count, bytes[place] == scalar else { return false }
            place += 1
        }
        return true
    }

    private mutating func number(_ index: Int) -> Bool {
        let start = place
        _ = take("-")
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[place - whole] != UInt8(ascii: "0") else { return false }
        if take(".") { guard digits() > 0 else { return false } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard digits() > 0 else { return false }
        }
        set(index, .number, start, place)
        return true
    }

    private mutating func text(_ index: Int) -> Bool {
        place += 1
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                set(index, .text, start, place)
                place += 1
                return !nodes[index].isEscaped || Self.unescaped(bytes[start..<(place - 1)]) != nil
            case UInt8(ascii: "\\"):
                nodes[index].isEscaped = true
                place += 2
            case 0..<0x20: return false
            default: place += 1
            }
        }
        return false
    }

    private mutating func set(_ index: Int, _ kind: AnswerTree.Node.Kind, _ start: Int, _ stop: Int) {
        nodes[index].kind = kind
        nodes[index].start = Int32(truncatingIfNeeded: start)
        nodes[index].stop = Int32(truncatingIfNeeded: stop)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func digits() -> Int {
        let start = place
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
        return place - start
    }

    // MARK: Escapes

    /// The text behind its escapes; `nil` where one is none.
    static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        var place = raw.startIndex
        while place < raw.endIndex {
            guard raw[place] == UInt8(ascii: "\\") else {
                out.append(raw[place])
                place += 1
                continue
            }
            guard place + 1 < raw.endIndex else { return nil }
            place += 2
            switch raw[place - 1] {
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "u"):
                guard let scalar = scalar(raw, &place) else { return nil }
                out.append(contentsOf: String(Character(scalar)).utf8)
            case let byte where "\"\\/".utf8.contains(byte): out.append(byte)
            default: return nil
            }
        }
        return out
    }

    /// The scalar of one `\u` escape, or of two that are a pair of surrogates.
    private static func scalar(_ raw: ArraySlice<UInt8>, _ place: inout Int) -> Unicode.Scalar? {
        guard let first = hexadecimal(raw, &place) else { return nil }
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, place + 1 < raw.endIndex, raw[place] == UInt8(ascii: "\\"),
            raw[place + 1] == UInt8(ascii: "u")
        else { return nil }
        place += 2
        guard let second = hexadecimal(raw, &place), (0xDC00...0xDFFF).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00)
    }

    private static func hexadecimal(_ raw: ArraySlice<UInt8>, _ place: inout Int) -> UInt16? {
        guard place + 4 <= raw.endIndex else { return nil }
        var value: UInt16 = 0
        for byte in raw[place..<place + 4] {
            guard let digit = byte.hexadecimalValue else { return nil }
            value = value << 4 | UInt16(digit)
        }
        place += 4
        return value
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit in either case.
    var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}
