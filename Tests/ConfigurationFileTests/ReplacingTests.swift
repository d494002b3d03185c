// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel
import Testing

/// Items of a list that take the place of earlier ones.
struct ReplacingTests {
    private func read(_ text: String) -> (items: [String], mistakes: [String]) {
        let outcome = ConfigurationFile.read(text: text, name: "f") { file in
            file.list("parts", atMost: 9, places: ["path", "match"]) { part -> String? in
                let path = part.value("path", .text())
                let serial = part.section("match") { $0.value("serial", .text()) } ?? nil
                let color = part.value("color", .text())
                return [path, serial, color].map { $0 ?? "-" }.joined(separator: " ")
            }
        }
        return (outcome.value, outcome.diagnostics.map(\.message.english))
    }

    @Test func `an item keeps what its replacement does not state`() {
        let parts = read("parts: [{path: /a, color: red}, {path: /b}, {replaces: /a, path: /c}]")
        #expect(parts.items == ["/c - red", "/b - -"] && parts.mistakes == [])
        #expect(read("parts: [{path: /a, color: red}, {replaces: /a, color: blue}]").items == ["/a - blue"])
    }

    @Test func `a place of another kind takes the place of the old one`() {
        let parts = read("parts: [{match: {serial: S1}, color: red}, {replaces: S1, path: /c}]")
        #expect(parts.items == ["/c - red"] && parts.mistakes == [])
    }

    @Test func `a replacement can be replaced`() {
        let parts = read("parts: [{path: /a, color: red}, {replaces: /a, path: /b}, {replaces: /b, path: /c}]")
        #expect(parts.items == ["/c - red"])
    }

    @Test(arguments: [
        "parts: [{replaces: /a, path: /c}]", "parts: [{color: /a}, {replaces: /a, path: /c}]",
        "parts: [{path: /a}, {replaces: [/a], path: /c}]", "parts: [{replaces: /c, path: /c}]",
    ]) func `nothing to replace is a mistake`(_ text: String) {
        #expect(read(text).mistakes == ["there is nothing to replace by that name"])
    }

    @Test func `lists without places know no replacement`() {
        let outcome = ConfigurationFile.read(text: "parts: [{id: a}, {id: b, replaces: a}]", name: "f") { file in
            file.list("parts", atMost: 9) { $0.value("id", .text()) }
        }
        #expect(outcome.value == ["a", "b"])
        #expect(outcome.diagnostics.map(\.message.english) == ["unknown key 'replaces'"])
    }
}
