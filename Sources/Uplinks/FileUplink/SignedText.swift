// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The form bundles and receipts share: a first line, fields, lines, and a signature over all before it.
///
/// It is read strictly: there is one way to write a text, so that two readers cannot see two texts in one file.
struct SignedText: Sendable, Hashable {
    /// Longer files are not read.
    static let mostBytes = 32 * 1024 * 1024

    /// The values of the fields, by their names.
    let fields: [String: String]
    /// What stands between the two empty lines.
    let lines: [String]
    /// What is signed: everything up to the second empty line, with it.
    let body: [UInt8]
    /// The signature's text.
    let signature: String

    /// What is signed, from the parts.
    static func body(_ kind: String, _ fields: [(name: String, value: String)], _ lines: [String]) -> [UInt8] {
        var text = kind + "\n"
        for field in fields { text += field.name + " " + field.value + "\n" }
        text += "\n"
        for line in lines { text += line + "\n" }
        return Array((text + "\n").utf8)
    }

    /// The whole file.
    static func file(_ body: [UInt8], signature: String) -> [UInt8] { body + Array("signature \(signature)\n".utf8) }

    /// Reads a file whose first line is `kind`, with exactly these fields in this order; `nil` where it is anything else.
    init?(_ file: [UInt8], kind: String, fields names: [String]) {
        guard file.count <= Self.mostBytes, file.last == 0x0A else { return nil }
        guard let end = Self.startOfLastLine(file), end >= 2, file[end - 1] == 0x0A, file[end - 2] == 0x0A else {
            return nil
        }
        guard let tail = Self.text(file[end..<(file.count - 1)]), tail.hasPrefix("signature ") else { return nil }
        guard let text = Self.text(file[..<(end - 2)]) else { return nil }
        var rows = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard rows.popFirst().map(String.init) == kind else { return nil }
        var fields: [String: String] = [:]
        for name in names {
            guard let row = rows.popFirst(), row.hasPrefix(name + " ") else { return nil }
            fields[name] = String(row.dropFirst(name.utf8.count + 1))
        }
        // Without a line the two empty ones follow each other, and one of them was taken off above.
        guard rows.popFirst() == "" || (rows.isEmpty && file[..<(end - 1)].suffix(2) == [0x0A, 0x0A]) else {
            return nil
        }
        guard rows.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.fields = fields
        lines = rows.map(String.init)
        body = Array(file[..<end])
        signature = String(tail.dropFirst("signature ".count))
    }

    private static func startOfLastLine(_ file: [UInt8]) -> Int? {
        file.dropLast().lastIndex(of: 0x0A).map { $0 + 1 }
    }

    /// The text of printable ASCII and line feeds; nothing else stands in these files.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
