// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// firmware-protocol.zh-CN.md says what firmware-protocol.md says, as far as a machine can tell.
@Suite struct TranslationTests {
    private let english: Document
    private let chinese: Document

    init() throws {
        english = try Document(repositoryFile: "firmware-protocol.md", from: #filePath)
        chinese = try Document(repositoryFile: "firmware-protocol.zh-CN.md", from: #filePath)
    }

    @Test(arguments: ["vector", "code", "stream"]) func `the vectors are the same`(_ kind: String) {
        #expect(!english.blocks(of: kind).isEmpty)
        #expect(chinese.blocks(of: kind) == english.blocks(of: kind))
    }

    /// The first words of headings: `###` and the number.
    private func sections(_ document: Document) -> [String] {
        document.lines.filter { $0.hasPrefix("## ") || $0.hasPrefix("### ") }.map {
            $0.split(separator: " ").prefix(2).joined(separator: " ")
        }
    }

    @Test func `the sections are the same`() {
        #expect(sections(english).count > 30)
        #expect(sections(chinese) == sections(english))
    }

    /// The tables of types and timers, and how many cells each other table's rows have.
    @Test func `the tables are as long, and the numbers in them the same`() {
        let numbers = { (document: Document) in
            document.lines.filter { $0.hasPrefix("| ") }.map { line in
                line.split(separator: "|").map { $0.filter { $0.isASCII && $0.isNumber } }.filter { !$0.isEmpty }
            }
        }
        let (theirs, ours) = (numbers(english), numbers(chinese))
        #expect(ours.count == theirs.count)
        for (one, other) in zip(ours, theirs) where one != other { Issue.record("\(one) is not \(other)") }
    }
}
