// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct DocumentationCommentTests {
    /// Witnesses of the standard library's protocols are documented there.
    private static let witnesses = [
        "var description", "static func <", "static func ==", "func hash(", "func advanced(", "func duration(",
        "func makeAsyncIterator", "mutating func next", "static var configuration", "func run()",
        "static let configuration",
        "var unownedExecutor", "func enqueue(", "func asUnownedSerialExecutor", "func validate()",
    ]

    @Test func everyPublicDeclarationSaysWhatItIs() {
        for file in SourceTree.current.sources {
            for (index, line) in file.lines.enumerated() {
                let text = line.trimmed
                guard text.hasPrefix("public "), !text.hasPrefix("public import"), !text.hasPrefix("public extension"),
                    !Self.witnesses.contains(where: { text.contains($0) })
                else { continue }
                var above = index - 1
                while above >= 0, file.lines[above].trimmed.hasPrefix("@") { above -= 1 }
                let isDocumented = above >= 0 && file.lines[above].trimmed.hasPrefix("///")
                #expect(isDocumented || line.contains("/// "), "\(file.path):\(index + 1): \(text)")
            }
        }
    }
}
