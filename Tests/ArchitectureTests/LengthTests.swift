// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// The lengths beyond which a file or a function is doing two things.
private enum Lengths {
    static let file = 400
    static let function = 70
    static let executable = 20
}

@Suite struct LengthTests {
    @Test func noFileIsTooLong() {
        for file in SourceTree.current.files {
            #expect(file.lines.count <= Lengths.file, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func executablesAreThin() {
        for file in SourceTree.current.sources where file.layer == "Executables" {
            #expect(file.lines.count <= Lengths.executable, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func noFunctionIsTooLong() {
        for file in SourceTree.current.files {
            for function in functions(in: file) where function.length > Lengths.function {
                Issue.record("\(file.path):\(function.line): the function has \(function.length) lines")
            }
        }
    }

    @Test func aLongFunctionIsSeen() {
        let body = Array(repeating: Substring("        work()"), count: 80)
        let lines = ["struct A {", "    func long() {"] + body + ["    }", "}"]
        let found = functions(in: SourceTree.File(path: "Sources/X/Y/Z.swift", lines: lines.map { $0[...] }))
        #expect(found.map(\.length) == [82])
    }

    @Test func aRequirementHasNoLength() {
        let after =
            Array(repeating: Substring("    struct B { let a = 1 }"), count: 80) + ["    struct C {", "    }", "}"]
        let lines = ["protocol A {", "    func open()", "}", ""] + after
        #expect(functions(in: SourceTree.File(path: "Sources/X/Y/Z.swift", lines: lines.map { $0[...] })).isEmpty)
    }

    /// Functions and initialisers with a body; the formatter puts a body's closing brace under its declaration.
    private func functions(in file: SourceTree.File) -> [(line: Int, length: Int)] {
        var found: [(line: Int, length: Int)] = []
        for (index, line) in file.lines.enumerated() {
            let indent = line.prefix { $0 == " " }
            let words = line.split(separator: " ")
            guard words.contains("func") || words.contains(where: { $0.hasPrefix("init(") || $0.hasPrefix("init?(") }),
                !line.contains("}"), !indent.isEmpty || !words.isEmpty, !line.trimmed.hasPrefix("//")
            else { continue }
            let closing = indent + "}"
            guard let end = file.lines[(index + 1)...].firstIndex(where: { $0.hasPrefix(closing) }) else { continue }
            // A protocol's requirement has no body: nothing opens before the declaration ends.
            let declaration = file.lines[index...end].prefix { !$0.trimmed.isEmpty && !$0.trimmed.hasPrefix("///") }
            if declaration.contains(where: { $0.hasSuffix("{") }) { found.append((index + 1, end - index + 1)) }
        }
        return found
    }
}

extension Substring {
    var trimmed: Substring { drop { $0 == " " } }
}
