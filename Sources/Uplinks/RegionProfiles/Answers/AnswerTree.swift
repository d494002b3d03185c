// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A region's answer as a tree over its bytes: nothing is copied before somebody asks for a text.
///
/// JSON and XML give the same kind of tree, so that profiles name places in both alike.
struct AnswerTree: Sendable {
    /// Longest answer read, in bytes.
    static let mostBytes = 1 << 20
    /// Deepest nesting.
    static let mostDepth = 32
    /// Most values in an answer.
    static let mostNodes = 200_000

    let bytes: [UInt8]
    let form: TextForm
    /// In the order they begin; a node's children stand behind it, up to its ``Node/end``.
    let nodes: [Node]

    /// A value, with the name it has in what it stands in.
    struct Node: Sendable {
        enum Kind: UInt8, Sendable {
            case null, yes, no, number, text, list, members
        }

        var kind: Kind
        /// Whether the text is written with escapes.
        var isEscaped = false
        var nameStart: Int32 = 0
        var nameEnd: Int32 = 0
        var start: Int32 = 0
        var stop: Int32 = 0
        /// The node behind it and all that it holds.
        var end: Int32 = 0
    }

    /// Reads the bytes; `nil` where they are no such text, too long, too deep or too many.
    init?(_ bytes: [UInt8], as form: TextForm) {
        guard bytes.count <= Self.mostBytes else { return nil }
        let nodes: [Node]?
        switch form {
        case .json: nodes = JSONTape.read(bytes)
        case .xml: nodes = XMLTape.read(bytes)
        case .form, .plain: nodes = nil
        }
        guard let nodes else { return nil }
        (self.bytes, self.form, self.nodes) = (bytes, form, nodes)
    }

    /// The node at the end of a path from a node; `nil` where there is none, or a name on the way is there twice.
    func node(_ path: AnswerPath, from root: Int = 0) -> Int? {
        var place = root
        for name in path.names {
            guard let next = child(name, of: place) else { return nil }
            place = next
        }
        return place
    }

    /// The items at the end of a path: of a list, or the elements of that name side by side. `nil` where there is none.
    func items(_ path: AnswerPath, from root: Int = 0) -> [Int]? {
        if form == .xml {
            guard let last = path.names.last else { return nil }
            var parent = root
            for name in path.names.dropLast() {
                guard let next = child(name, of: parent) else { return nil }
                parent = next
            }
            guard nodes[parent].kind == .members else { return nil }
            return children(of: parent).filter { isNamed(nodes[$0], last) }
        }
        guard let place = node(path, from: root), nodes[place].kind == .list else { return nil }
        return Array(children(of: place))
    }

    /// The children of a node, in their order.
    func children(of place: Int) -> some Sequence<Int> {
        sequence(
            state: place + 1,
            next: { next -> Int? in
                guard next < Int(nodes[place].end) else { return nil }
                defer { next = Int(nodes[next].end) }
                return next
            })
    }

    private func child(_ name: [UInt8], of place: Int) -> Int? {
        switch nodes[place].kind {
        case .members:
            var found: Int?
            var next = place + 1
            while next < Int(nodes[place].end) {
                if isNamed(nodes[next], name) {
                    guard found == nil else { return nil }
                    found = next
                }
                next = Int(nodes[next].end)
            }
            return found
        case .list:
            guard let number = Int(String(decoding: name, as: UTF8.self)), number >= 0 else { return nil }
            var next = place + 1
            for _ in 0..<number {
                guard next < Int(nodes[place].end) else { return nil }
                next = Int(nodes[next].end)
            }
            return next < Int(nodes[place].end) ? next : nil
        default: return nil
        }
    }

    private func isNamed(_ node: Node, _ name: [UInt8]) -> Bool {
        equals(name, Int(node.nameStart), Int(node.nameEnd))
    }

    private func equals(_ text: [UInt8], _ start: Int, _ stop: Int) -> Bool {
        guard stop - start == text.count else { return false }
        for index in 0..<text.count where bytes[start + index] != text[index] { return false }
        return true
    }

    // MARK: Texts

    /// The text or number of a node; `nil` for what is neither.
    func text(_ place: Int) -> [UInt8]? {
        let node = nodes[place]
        guard node.kind == .text || node.kind == .number else { return nil }
        let raw = bytes[Int(node.start)..<Int(node.stop)]
        guard node.isEscaped else { return Array(raw) }
        return form == .xml ? XMLTape.unescaped(raw) : JSONTape.unescaped(raw)
    }

    /// The text at a path, as people read it.
    func words(_ path: AnswerPath?, from root: Int = 0) -> String? {
        guard let path, let place = node(path, from: root), let text = text(place) else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a node has a text; no text is made of it.
    func has(_ place: Int, _ text: [UInt8]) -> Bool {
        let node = nodes[place]
        guard node.kind == .text || node.kind == .number else { return false }
        return node.isEscaped
            ? self.text(place) == text : equals(text, Int(node.start), Int(node.stop))
    }
}
