// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct DocumentationCommentTests {
    /// Names of the standard library's and the packages' requirements, which are documented where they are stated.
    private static let knownElsewhere: Set<String> = [
        "description", "hash", "advanced", "duration", "makeAsyncIterator", "next", "configuration", "run",
        "unownedExecutor", "enqueue", "asUnownedSerialExecutor", "validate", "<", "==", "init(integerLiteral",
        "init(stringLiteral", "init(nilLiteral", "init(floatLiteral", "init(booleanLiteral",
    ]

    /// Names that a protocol of this tree requires; what fulfils them is documented there.
    private static let requirements: Set<String> = {
        var names: Set<String> = []
        for file in SourceTree.current.sources where ["Interfaces", "Model"].contains(file.layer) {
            for line in file.lines where line.hasPrefix("    ") && !line.trimmed.hasPrefix("public ") {
                if let name = name(in: line.trimmed) { names.insert(name) }
            }
        }
        return names
    }()

    /// The name that a line declares: of a function, a property or an initialiser with its first label.
    private static func name(in text: Substring) -> String? {
        var words = text.split(separator: " ")[...]
        let modifiers: Set<Substring> = [
            "public", "static", "mutating", "nonisolated", "isolated", "nonmutating", "consuming", "borrowing",
        ]
        while let first = words.first, modifiers.contains(first) { words.removeFirst() }
        guard let kind = words.popFirst() else { return nil }
        if kind.hasPrefix("init(") { return String(kind.prefix { $0 != ":" }) }
        guard ["func", "var", "let"].contains(kind), let name = words.first else { return nil }
        return String(name.prefix { $0 != "(" && $0 != ":" })
    }

    @Test func everyPublicDeclarationSaysWhatItIs() {
        for file in SourceTree.current.sources {
            for (index, line) in file.lines.enumerated() {
                let text = line.trimmed
                guard text.hasPrefix("public "), !text.hasPrefix("public import") else { continue }
                let name = Self.name(in: text) ?? ""
                guard !Self.knownElsewhere.contains(name), !Self.requirements.contains(name)
                else { continue }
                var above = index - 1
                while above >= 0, file.lines[above].trimmed.hasPrefix("@") { above -= 1 }
                let isDocumented = above >= 0 && file.lines[above].trimmed.hasPrefix("///")
                #expect(isDocumented || line.contains("/// "), "\(file.path):\(index + 1): \(text)")
            }
        }
    }
}
