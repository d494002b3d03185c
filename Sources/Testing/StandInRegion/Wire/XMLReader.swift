// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// An element of XML with its text and its children: as much of XML 1.0 as a region's calls use.
///
/// Names lose their prefixes. Declarations of types and entities are refused: nothing that a stranger sends is expanded.
struct XMLElement: Sendable, Hashable {
    /// The bytes are no such XML.
    struct Unreadable: Error, Hashable {}

    let name: String
    var text = ""
    var children: [XMLElement] = []

    /// Most elements inside each other.
    private static let mostDepth = 32

    /// Reads a document.
    init(_ bytes: [UInt8]) throws(Unreadable) {
        guard let document = String(validating: bytes, as: UTF8.self) else { throw Unreadable() }
        var rest = document[...]
        var open: [XMLElement] = []
        var root: XMLElement?
        while let start = rest.firstIndex(of: "<") {
            let before = rest[..<start]
            if open.isEmpty {
                guard before.allSatisfy(\.isWhitespace) else { throw Unreadable() }
            } else {
                open[open.count - 1].text += try Self.unescaped(before)
            }
            rest = rest[start...].dropFirst()
            if rest.first == "!" { throw Unreadable() }
            guard let end = rest.firstIndex(of: ">") else { throw Unreadable() }
            let tag = rest[..<end]
            rest = rest[end...].dropFirst()
            if tag.first == "?" { continue }
            if tag.first == "/" {
                guard let closed = open.popLast(), closed.name == Self.plainName(tag.dropFirst()) else {
                    throw Unreadable()
                }
                if open.isEmpty { root = closed } else { open[open.count - 1].children.append(closed) }
                continue
            }
            guard root == nil, open.count < Self.mostDepth else { throw Unreadable() }
            open.append(XMLElement(name: Self.plainName(tag)))
            if tag.last == "/", let empty = open.popLast() {
                if open.isEmpty { root = empty } else { open[open.count - 1].children.append(empty) }
            }
        }
        guard let root, open.isEmpty, rest.allSatisfy(\.isWhitespace) else { throw Unreadable() }
        self = root
    }

    private init(name: String) { self.name = name }

    /// The first child of a name.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The name of a tag without prefix, attributes and closing slash.
    private static func plainName(_ tag: Substring) -> String {
        let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
        return String(name.split(separator: ":").last ?? "")
    }

    private static func unescaped(_ text: Substring) throws(Unreadable) -> String {
        guard text.contains("&") else { return String(text) }
        var plain = ""
        var rest = text
        while let start = rest.firstIndex(of: "&") {
            plain += rest[..<start]
            guard let end = rest[start...].firstIndex(of: ";") else { throw Unreadable() }
            plain.unicodeScalars.append(try scalar(rest[start..<end].dropFirst()))
            rest = rest[end...].dropFirst()
        }
        return plain + rest
    }

    private static func scalar(_ name: Substring) throws(Unreadable) -> Unicode.Scalar {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let digits = name.hasPrefix("#x") ? name.dropFirst(2) : name.dropFirst()
            guard name.hasPrefix("#"), let number = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10),
                let scalar = Unicode.Scalar(number)
            else { throw Unreadable() }
            return scalar
        }
    }
}
