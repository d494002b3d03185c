// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the XML that regions answer with into the nodes of an ``AnswerTree``.
///
/// Elements, texts, references to characters, CDATA and comments; names count without their prefixes, and attributes do
/// not count. A document type is refused: nothing outside the answer is ever read, and nothing in it grows.
struct XMLTape {
    private let bytes: [UInt8]
    private var place = 0
    private var nodes: [AnswerTree.Node] = []

    /// The nodes, the first holding the root element as its only child; `nil` where the bytes are no such XML.
    static func read(_ bytes: [UInt8]) -> [AnswerTree.Node]? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var tape = XMLTape(bytes)
        guard tape.misc(), tape.place < bytes.count, tape.element(depth: 0), tape.misc(), tape.place == bytes.count
        else { return nil }
        tape.nodes[0].end = Int32(truncatingIfNeeded: tape.nodes.count)
        return tape.nodes
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
        nodes.append(AnswerTree.Node(kind: .members))
    }

    /// White space, comments and instructions between elements.
    private mutating func misc() -> Bool {
        while place < bytes.count {
            if [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) {
                place += 1
            } else if begins("<?") {
                guard skip(past: "?>") else { return false }
            } else if begins("<!--") {
                guard skip(past: "-->") else { return false }
            } else {
                return true
            }
        }
        return true
    }

    private mutating func element(depth: Int) -> Bool {
        guard depth < AnswerTree.mostDepth, nodes.count < AnswerTree.mostNodes, place < bytes.count,
            bytes[place] == UInt8(ascii: "<")
        else { return false }
        place += 1
        guard let name = name() else { return false }
        let index = nodes.count
        nodes.append(
            AnswerTree.Node(
                kind: .text, nameStart: Int32(truncatingIfNeeded: name.local),
                nameEnd: Int32(truncatingIfNeeded: name.end)))
        guard let isEmpty = attributes() else { return false }
        nodes[index].start = Int32(truncatingIfNeeded: place)
        nodes[index].stop = nodes[index].start
        if !isEmpty {
            guard content(index, depth: depth) else { return false }
            // content() stops behind "</".
            guard let end = self.name(), bytes[end.start..<end.end] == bytes[name.start..<name.end] else {
                return false
            }
            space()
            guard begins(">") else { return false }
            place += 1
        }
        nodes[index].end = Int32(truncatingIfNeeded: nodes.count)
        return true
    }

    private mutating func content(_ index: Int, depth: Int) -> Bool {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"):
                if begins("</") {
                    nodes[index].stop = Int32(truncatingIfNeeded: place)
                    place += 2
                    let raw = bytes[Int(nodes[index].start)..<Int(nodes[index].stop)]
                    return nodes[index].kind == .members || !nodes[index].isEscaped || Self.unescaped(raw) != nil
                } else if begins("<![CDATA[") {
                    nodes[index].isEscaped = true
                    guard skip(past: "]]>") else { return false }
                } else if begins("<!--") {
                    nodes[index].isEscaped = true
                    guard skip(past: "-->") else { return false }
                } else if begins("<?") {
                    nodes[index].isEscaped = true
                    guard skip(past: "?>") else { return false }
                } else {
                    nodes[index].kind = .members
                    guard element(depth: depth + 1) else { return false }
                }
            case UInt8(ascii: "&"):
                nodes[index].isEscaped = true
                place += 1
            default: place += 1
            }
        }
        return false
    }

    private mutating func name() -> (start: Int, local: Int, end: Int)? {
        let start = place
        var local = place
        while place < bytes.count, Self.isName(bytes[place]) {
            place += 1
            if bytes[place - 1] == UInt8(ascii: ":") { local = place }
        }
        return local < place && bytes[start] != UInt8(ascii: "-") ? (start, local, place) : nil
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"), 0x80...0xFF:
            true
        default: false
        }
    }

    /// Passes over attributes up to the end of a tag; says whether the element is empty.
    private mutating func attributes() -> Bool? {
        while place < bytes.count {
            space()
            if begins("/>") {
                place += 2
                return true
            }
            if begins(">") {
                place += 1
                return false
            }
            guard name() != nil else { return nil }
            space()
            guard begins("=") else { return nil }
            place += 1
            space()
            guard place < bytes.count, "\"'".utf8.contains(bytes[place]) else { return nil }
            let quote = bytes[place]
            place += 1
            while place < bytes.count, bytes[place] != quote {
                guard bytes[place] != UInt8(ascii: "<") else { return nil }
                place += 1
            }
            place += 1
        }
        return nil
    }

    private mutating func space() {
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
    }

    private func begins(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    private mutating func skip(past text: String) -> Bool {
        while place < bytes.count {
            if begins(text) {
                place += text.utf8.count
                return true
            }
            place += 1
        }
        return false
    }

    // MARK: References

    private static let references: [String: UInt8] = [
        "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"), "amp": UInt8(ascii: "&"), "quot": UInt8(ascii: "\""),
        "apos": UInt8(ascii: "'"),
    ]

    /// The text of an element without children; `nil` where a reference is none.
    static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        var rest = raw
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "&"):
                guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
                    let text = reference(rest[(rest.startIndex + 1)..<end])
                else { return nil }
                out.append(contentsOf: text)
                rest = rest[(end + 1)...]
            case UInt8(ascii: "<"):
                let isData = rest.starts(with: "<![CDATA[".utf8)
                let end: String = isData ? "]]>" : rest.starts(with: "<?".utf8) ? "?>" : "-->"
                guard let stop = rest.firstPlace(of: Array(end.utf8)) else { return nil }
                if isData { out.append(contentsOf: rest[(rest.startIndex + 9)..<max(stop, rest.startIndex + 9)]) }
                rest = rest[(stop + end.utf8.count)...]
            default:
                out.append(byte)
                rest = rest.dropFirst()
            }
        }
        return out
    }

    private static func reference(_ word: ArraySlice<UInt8>) -> [UInt8]? {
        let word = String(decoding: word, as: UTF8.self)
        if let byte = references[word] { return [byte] }
        guard word.hasPrefix("#") else { return nil }
        let digits = word.dropFirst()
        let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let number, number > 0, let scalar = Unicode.Scalar(number) else { return nil }
        return Array(String(Character(scalar)).utf8)
    }
}

extension ArraySlice<UInt8> {
    /// Where a text begins in it.
    func firstPlace(of text: [UInt8]) -> Int? {
        guard !text.isEmpty, count >= text.count else { return nil }
        return (startIndex...(endIndex - text.count)).first { self[$0...].starts(with: text) }
    }
}
