// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import KioskPages

@Suite struct TemplateTests {
    private struct Model {
        struct Item {
            let name: String
            let isLast: Bool
        }

        let title = "A & B"
        let nothing: String? = nil
        let number = 7
        let empty: [Item] = []
        let items = [Item(name: "one", isLast: false), Item(name: "two", isLast: true)]
        let w = ["hello": "您好"]
    }

    private func render(_ text: String, _ others: [String: String] = [:]) throws -> String {
        let templates = try others.map { try Template(name: $0.key, text: $0.value) }
        return try Template(name: "test", text: text)
            .render(TemplateValue(Model()), Dictionary(uniqueKeysWithValues: templates.map { ($0.name, $0) }))
    }

    @Test(arguments: [
        ("{{title}} {{ number }} {{w.hello}}", "A &amp; B 7 您好"),
        ("{{#items}}{{name}}{{^isLast}}, {{/isLast}}{{/items}}", "one, two"),
        ("{{#items}}{{name}} {{title}};{{/items}}", "one A &amp; B;two A &amp; B;"),
        ("{{#empty}}x{{/empty}}{{^empty}}none{{/empty}}", "none"),
        ("{{#nothing}}x{{/nothing}}{{^nothing}}none{{/nothing}}{{nothing}}{{unknown}}{{w.unknown}}", "none"),
        ("{{#title}}<b>{{title}}</b>{{/title}}{{! no word }}", "<b>A &amp; B</b>"),
    ]) func valuesArePutIn(_ text: String, _ expected: String) throws {
        #expect(try render(text) == expected)
    }

    @Test func templatesAreIncludedWithTheirSurroundings() throws {
        #expect(try render("{{#items}}{{> row}}{{/items}}", ["row": "<li>{{name}}"]) == "<li>one<li>two")
    }

    @Test(arguments: ["{{a", "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{#a}}{{#b}}{{/a}}{{/b}}"])
    func whatIsNoTemplateIsSaid(_ text: String) {
        #expect(throws: Template.Fault.self) { try Template(name: "test", text: text) }
    }

    @Test func markupIsEscapedEvenWithAMarkBehindIt() {
        var output = ""
        Template.appendEscaped("\"\u{301}<\u{20DD}'&>", to: &output)
        #expect(output == "&quot;\u{301}&lt;\u{20DD}&#39;&amp;&gt;")
    }
}
