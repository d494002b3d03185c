// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RatingModel
import Testing

@testable import ConfigurationFile

/// Tables that others hand over as CSV.
@Suite struct TableTests {
    private static let form = TableForm(list: "codes", columns: ["window": "window", "窗口": "window", "text": "text"])

    /// What is read of a file of these bytes, as `window=text`, and what is wrong with it.
    private func read(_ bytes: [UInt8]) throws -> (rows: [String], mistakes: [String]) {
        let file = FileManager.default.temporaryDirectory.appending(path: "table-\(UUID()).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        let outcome = ConfigurationFile.read(text: "codes: \(file.path())\n", name: "c") { section in
            section.file("codes", table: Self.form) { table in
                table.list("codes", atMost: 3) { row in
                    "\(row.value("window", .text()) ?? "-")=\(row.required("text", .text(atMost: 20)) ?? "-")"
                }
            } ?? []
        }
        let mistakes = outcome.diagnostics.map { "\($0.mark.line):\($0.mark.column): \($0.message.english)" }
        return (outcome.value, mistakes)
    }

    private func read(_ text: String) throws -> (rows: [String], mistakes: [String]) { try read(Array(text.utf8)) }

    @Test(arguments: [
        "window,text\nA01,a\n,b\n", "window,text\r\nA01,a\r\n,b", "\u{FEFF}text,窗口\na,A01\nb,\n",
        "序号,text,window,备注\n1, a ,\"A01\",\"x,\"\"y\"\"\nz\"\n\n,,,\n2,b,,\n",
        "\"window\",\"text\"\n\"A01\",\"a\"\n\"\",b\n",
    ]) func `columns stand in any order, with others between them`(_ text: String) throws {
        let read = try read(text)
        #expect(read.rows == ["A01=a", "-=b"] && read.mistakes.isEmpty, "\(read)")
    }

    @Test func `what looks like another type is a text`() throws {
        #expect(try read("window,text\n007,null\nyes,~\n").rows == ["007=null", "yes=~"])
        #expect(try read("window,text\n").rows.isEmpty)
    }

    @Test(arguments: [
        ("window,text\nA01,\n", "2:1: 'text' is missing"),
        ("window,text\nA01,\(String(repeating: "x", count: 21))\n", "2:5: "),
        ("A01,a\n", "1:1: the first row"), ("", "1:1: the first row"), ("window,窗口,text\n", "1:1: the first row"),
        ("window,text\nA01,a,b\n", "2:1: the row has more"), ("window,text\nA01,\"a\n\n", "2:5: the quotes"),
        ("window,text\n1,a\n2,b\n3,c\n4,d\n", "5:1: 'codes' has more than 3"),
    ]) func `mistakes have their place`(_ text: String, _ words: String) throws {
        let mistakes = try read(text).mistakes
        #expect(mistakes.contains { $0.hasPrefix(words) }, "\(mistakes)")
    }

    @Test func `GBK is refused where it begins, and no YAML is read as a table`() throws {
        // 窗口 in GBK heads the second column.
        let gbk = Array("text,".utf8) + [0xB4, 0xB0, 0xBF, 0xDA] + Array("\na,A01\n".utf8)
        let read = try read(gbk)
        #expect(read.rows.isEmpty && read.mistakes.contains { $0.hasPrefix("1:6: the text is not UTF-8") }, "\(read)")
        let outcome = ConfigurationFile.read(text: "codes: /nowhere.yaml\n", name: "c") { section in
            section.file("codes", table: Self.form) { _ in true }
        }
        #expect(outcome.value == nil && outcome.diagnostics.first?.message.english.contains("no file") == true)
    }
}
