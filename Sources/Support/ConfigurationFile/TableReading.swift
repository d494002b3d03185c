// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// How a table that others hand over as CSV stands for a list of a configuration.
public struct TableForm: Sendable, Hashable {
    /// The key of the list that the rows are.
    public let list: String
    /// Which key of a row a column is, by the words that can head it.
    public let columns: [String: String]

    /// Takes both.
    public init(list: String, columns: [String: String]) {
        self.list = list
        self.columns = columns
    }

    /// Whether a file is such a table, by its name.
    func fits(_ path: String) -> Bool { path.lowercased().hasSuffix(".csv") }
}

/// Reads CSV (RFC 4180) as the tree that the same list in YAML would be, each value at its place: the first row heads the
/// columns, in any order; columns that are not known and cells that are empty are left out, as are empty rows.
func parseTable(_ source: SourceText, as form: TableForm) -> ParsedFile {
    var reader = TableReader(source: source)
    let rows = reader.rows()
    let start = source.mark(line: 0, column: 0)
    var diagnostics = reader.diagnostics
    let keys = (rows.first ?? []).map { form.columns[trimmed($0.text)] }
    if Set(keys.compactMap(\.self)).count < keys.compactMap(\.self).count || keys.allSatisfy({ $0 == nil }) {
        let words = form.columns.keys.sorted().joined(separator: ", ")
        diagnostics.append(
            Diagnostic(
                start, LocalText("the first row does not head the columns, each once", "首行不是列名，或列名重复"),
                hint: LocalText("let it name them; known here: \(words)", "请在首行写列名；此处可用：\(words)")))
        return ParsedFile(root: nil, diagnostics: diagnostics)
    }
    var items: [ConfigurationNode] = []
    for row in rows.dropFirst() {
        var entries: [ConfigurationNode.Entry] = []
        for (cell, key) in zip(row, keys) {
            guard let key, !trimmed(cell.text).isEmpty else { continue }
            let value = ConfigurationNode(mark: cell.mark, content: .scalar(trimmed(cell.text), isQuoted: true))
            entries.append(ConfigurationNode.Entry(key: key, keyMark: cell.mark, value: value))
        }
        if row.dropFirst(keys.count).contains(where: { !trimmed($0.text).isEmpty }) {
            diagnostics.append(
                Diagnostic(
                    row[0].mark, LocalText("the row has more cells than the first one", "该行的单元格多于首行"),
                    hint: LocalText("put what holds a comma between quotes", "含逗号的内容请用英文双引号括起")))
        }
        if !entries.isEmpty { items.append(ConfigurationNode(mark: row[0].mark, content: .section(entries))) }
    }
    let list = ConfigurationNode(mark: start, content: .list(items))
    let entry = ConfigurationNode.Entry(key: form.list, keyMark: start, value: list)
    return ParsedFile(root: ConfigurationNode(mark: start, content: .section([entry])), diagnostics: diagnostics)
}

/// Spaces around a cell are no part of it.
private func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
}

/// Takes a text apart into rows of cells.
private struct TableReader {
    struct Cell {
        var text = ""
        let mark: SourceMark
    }

    let source: SourceText
    private(set) var diagnostics: [Diagnostic] = []
    private var row: [Cell] = []
    private var place = (line: 0, column: 0)

    init(source: SourceText) { self.source = source }

    private var here: SourceMark { source.mark(line: place.line, column: place.column) }

    /// The rows that are not empty, the first heading the columns.
    mutating func rows() -> [[Cell]] {
        var rows: [[Cell]] = []
        var scalars = String(decoding: source.bytes, as: UTF8.self).unicodeScalars[...]
        var cell = Cell(mark: here)
        while let scalar = next(&scalars) {
            switch scalar {
            case "\"" where cell.text.isEmpty:
                guard quoted(&scalars, into: &cell) else { return rows }
            case ",":
                row.append(cell)
                cell = Cell(mark: here)
            case "\n":
                end(&rows, with: cell)
                cell = Cell(mark: here)
            case "\r" where scalars.first == "\n": break
            default: cell.text.unicodeScalars.append(scalar)
            }
        }
        end(&rows, with: cell)
        return rows
    }

    private mutating func end(_ rows: inout [[Cell]], with cell: Cell) {
        row.append(cell)
        if row.contains(where: { !trimmed($0.text).isEmpty }) { rows.append(row) }
        row = []
    }

    /// What stands between quotes, two of which are one of its own; says whether it ends.
    private mutating func quoted(_ scalars: inout Substring.UnicodeScalarView, into cell: inout Cell) -> Bool {
        while let scalar = next(&scalars) {
            guard scalar == "\"" else {
                cell.text.unicodeScalars.append(scalar)
                continue
            }
            guard scalars.first == "\"" else { return true }
            _ = next(&scalars)
            cell.text.unicodeScalars.append("\"")
        }
        diagnostics.append(
            Diagnostic(
                cell.mark, LocalText("the quotes that begin here do not end", "此处开始的引号没有结束"),
                hint: LocalText("write two quotes for one within a cell", "单元格内的双引号请写两次")))
        return false
    }

    private mutating func next(_ scalars: inout Substring.UnicodeScalarView) -> UnicodeScalar? {
        guard let scalar = scalars.popFirst() else { return nil }
        place = scalar == "\n" ? (place.line + 1, 0) : (place.line, place.column + 1)
        return scalar
    }
}
