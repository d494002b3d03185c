// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The source files as text, read once.
struct SourceTree: Sendable {
    struct File: Sendable {
        /// Path from the repository's root.
        let path: String
        let lines: [Substring]

        /// `Sources/<layer>/<target>/…`: the layer, or "Tests".
        var layer: String { path.split(separator: "/").dropFirst(isSource ? 1 : 0).first.map(String.init) ?? "" }
        var target: String { path.split(separator: "/").dropFirst(isSource ? 2 : 1).first.map(String.init) ?? "" }
        var isSource: Bool { path.hasPrefix("Sources/") }

        /// The modules the file imports, with the line each stands on.
        var imports: [(module: String, line: Int)] {
            lines.enumerated().compactMap { index, line in
                var words = line.split(separator: " ")
                while let first = words.first,
                    ["public", "internal", "package", "private", "fileprivate"].contains(first)
                        || first.hasPrefix("@")
                {
                    words.removeFirst()
                }
                guard words.first == "import", words.count >= 2 else { return nil }
                let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
                let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
                return (String(name.prefix { $0 != "." }), index + 1)
            }
        }
    }

    let files: [File]

    static let root: String = URL(filePath: #filePath).resolvingSymlinksInPath().path()
        .components(before: "/Tests/ArchitectureTests/")

    static let current: SourceTree = {
        var files: [File] = []
        for top in ["Sources", "Tests"] {
            guard let names = try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + top) else { continue }
            for name in names.sorted() where name.hasSuffix(".swift") {
                let path = top + "/" + name
                guard let data = FileManager.default.contents(atPath: root + "/" + path) else { continue }
                let text = String(decoding: data, as: UTF8.self)
                files.append(File(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false)))
            }
        }
        return SourceTree(files: files)
    }()

    var sources: [File] { files.filter(\.isSource) }
}

extension String {
    /// The part before the last occurrence of a text.
    func components(before text: String) -> String {
        guard let range = range(of: text, options: .backwards) else { return self }
        return String(self[..<range.lowerBound])
    }
}
