// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Reads a YAML file with its drop-ins into one tree, and hands that to a typed reader.
public enum ConfigurationFile {
    /// What came of it.
    public struct Outcome<Value> {
        /// What the reader made of the file; to be used only where no diagnostic is an error.
        public let value: Value
        /// Every mistake, sorted by position.
        public let diagnostics: [Diagnostic]
        /// The files that were there, the main file first.
        public let files: [String]
    }

    /// Reads `path` and `path.d/*.yaml`, the latter laid over it in the order of their names.
    ///
    /// Lists of a drop-in are appended, sections merged, values replaced. A file that is absent is an empty one. A
    /// file with a mistake in its YAML is reported and left out, and the reader sees the others, so that mistakes of
    /// all files are reported at once. With `table` the file itself is one, and its drop-ins are YAML.
    public static func read<Value>(
        _ path: String, table: TableForm? = nil, _ body: (ConfigurationSection) -> Value
    ) -> Outcome<Value> {
        let log = DiagnosticLog()
        var files: [String] = []
        var root: ConfigurationNode?
        var isWhole = true
        for (order, file) in ([path] + dropIns(of: path, log: log)).enumerated() {
            guard let parsed = parse(file, order: order, table: order == 0 ? table : nil) else { continue }
            files.append(file)
            parsed.diagnostics.forEach(log.report)
            isWhole = isWhole && (parsed.root != nil || parsed.diagnostics.isEmpty)
            guard let node = parsed.root, !node.isNull else { continue }
            root = root?.merged(with: node) ?? node
        }
        let start = SourceMark(file: path, line: 1, column: 1)
        let empty = ConfigurationNode(mark: start, content: .section([]))
        // While a file could not be parsed, nobody can tell what is missing or unknown in the others.
        let value = read(root ?? empty, empty, log: isWhole ? log : DiagnosticLog(), body)
        return Outcome(value: value, diagnostics: log.diagnostics, files: files)
    }

    /// Reads a text that is in no file, such as a stanza that is to be proposed; `name` stands in its diagnostics.
    public static func read<Value>(
        text: String, name: String, _ body: (ConfigurationSection) -> Value
    ) -> Outcome<Value> {
        let log = DiagnosticLog()
        let start = SourceMark(file: name, line: 1, column: 1)
        let empty = ConfigurationNode(mark: start, content: .section([]))
        var root: ConfigurationNode?
        do {
            let parsed = parseYAML(try SourceText(file: name, order: 0, bytes: Array(text.utf8)))
            parsed.diagnostics.forEach(log.report)
            root = parsed.root
        } catch {
            log.report(error.diagnostic)
        }
        let value = read(root ?? empty, empty, log: log, body)
        return Outcome(value: value, diagnostics: log.diagnostics, files: [])
    }

    private static func read<Value>(
        _ root: ConfigurationNode, _ empty: ConfigurationNode, log: DiagnosticLog,
        _ body: (ConfigurationSection) -> Value
    ) -> Value {
        if let value = ConfigurationSection.section(root, key: "the file", log: log, body) { return value }
        return body(ConfigurationSection([], at: empty.mark, log: DiagnosticLog()))
    }

    private static func parse(_ file: String, order: Int, table: TableForm?) -> ParsedFile? {
        do {
            guard let bytes = try FileBytes.read(file, atMost: SourceText.byteLimit + 1) else { return nil }
            let source = try SourceText(file: file, order: order, bytes: bytes)
            return table.map { parseTable(source, as: $0) } ?? parseYAML(source)
        } catch let error as SourceError {
            return ParsedFile(root: nil, diagnostics: [error.diagnostic])
        } catch {
            let mark = SourceMark(file: file, fileOrder: order, line: 1, column: 1)
            return ParsedFile(root: nil, diagnostics: [FileBytes.diagnostic(for: error, at: mark)])
        }
    }

    private static func dropIns(of path: String, log: DiagnosticLog) -> [String] {
        do {
            return try FileBytes.names(in: path + ".d").filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { "\(path).d/\($0)" }
        } catch {
            log.report(FileBytes.diagnostic(for: error, at: SourceMark(file: path + ".d", line: 1, column: 1)))
            return []
        }
    }
}
