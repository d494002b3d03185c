// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A page's text with places for values, in the part of Mustache that pages need.
///
/// `{{name}}` is a value, escaped for HTML; there is no way of putting one in as it is. `{{#name}}…{{/name}}` is repeated
/// for a list and kept for what is there, `{{^name}}…{{/name}}` is kept for what is not; `{{> name}}` is another template,
/// `{{! … }}` nothing. Names may be paths, `page.title`.
struct Template: Sendable {
    /// What keeps a text from being a template.
    struct Fault: Error, Equatable {
        let template: String
        let words: String
    }

    indirect enum Node: Sendable {
        case literal(String)
        case value([String])
        case section([String], isInverted: Bool, [Node])
        case partial(String)
    }

    let name: String
    let nodes: [Node]

    init(name: String, text: String) throws(Fault) {
        self.name = name
        var rest = text[...]
        var open: [(path: [String], isInverted: Bool, nodes: [Node])] = [([], false, [])]
        while let start = rest.firstRange(of: "{{") {
            if start.lowerBound > rest.startIndex {
                open[open.count - 1].nodes.append(.literal(String(rest[..<start.lowerBound])))
            }
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
                throw Fault(template: name, words: "a tag is not closed")
            }
            let tag = rest[start.upperBound..<end.lowerBound]
            rest = rest[end.upperBound...]
            let path = Self.path(tag.drop { "#^/>!".contains($0) })
            switch tag.first {
            case "!": continue
            case ">": open[open.count - 1].nodes.append(.partial(path.joined(separator: ".")))
            case "#", "^": open.append((path, tag.first == "^", []))
            case "/":
                guard open.count > 1, let section = open.popLast(), section.path == path else {
                    throw Fault(template: name, words: "\(tag) closes nothing")
                }
                open[open.count - 1].nodes.append(
                    .section(path, isInverted: section.isInverted, section.nodes))
            default: open[open.count - 1].nodes.append(.value(path))
            }
        }
        guard open.count == 1 else { throw Fault(template: name, words: "\(open[1].path) is not closed") }
        nodes = open[0].nodes + [.literal(String(rest))]
    }

    private static func path(_ text: Substring) -> [String] {
        text.filter { $0 != " " }.split(separator: ".").map(String.init)
    }

    /// The text with its values; `templates` are what it may include.
    func render(_ value: TemplateValue, _ templates: [String: Template]) -> String {
        var output = ""
        Self.render(nodes, [value], templates, into: &output)
        return output
    }

    private static func render(
        _ nodes: [Node], _ stack: [TemplateValue], _ templates: [String: Template], into output: inout String
    ) {
        for node in nodes {
            switch node {
            case .literal(let text): output += text
            case .value(let path): find(path, stack)?.text.map { appendEscaped($0, to: &output) }
            case .partial(let name): render(templates[name]?.nodes ?? [], stack, templates, into: &output)
            case .section(let path, let isInverted, let inner):
                let found = find(path, stack)
                guard !isInverted else {
                    if !(found?.isThere ?? false) { render(inner, stack, templates, into: &output) }
                    continue
                }
                guard let found, found.isThere else { continue }
                for one in found.each { render(inner, stack + [one], templates, into: &output) }
            }
        }
    }

    /// The value of a path whose first name the innermost section that has it gives.
    private static func find(_ path: [String], _ stack: [TemplateValue]) -> TemplateValue? {
        guard let first = path.first, var value = stack.reversed().lazy.compactMap({ $0[first] }).first else {
            return nil
        }
        for name in path.dropFirst() {
            guard let next = value[name] else { return nil }
            value = next
        }
        return value
    }

    /// Escapes by Unicode scalar: to who goes by character, a quote with an accent behind it is no quote, and a text could
    /// end the attribute it stands in.
    static func appendEscaped(_ text: String, to output: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "&": output += "&amp;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            default: output.unicodeScalars.append(scalar)
            }
        }
    }
}

/// What a template can show, decide by or repeat.
enum TemplateValue: Sendable {
    case text(String)
    case flag(Bool)
    case list([TemplateValue])
    case fields([String: TemplateValue])
    case words([String: String])

    /// Any value of a model by its own fields; `nil` is a flag that is down.
    init(_ value: Any) {
        if let text = value as? String {
            self = .text(text)
        } else if let flag = value as? Bool {
            self = .flag(flag)
        } else if let number = value as? Int {
            self = .text(String(number))
        } else if let words = value as? [String: String] {
            self = .words(words)
        } else {
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .optional: self = mirror.children.first.map { TemplateValue($0.value) } ?? .flag(false)
            case .collection: self = .list(mirror.children.map { TemplateValue($0.value) })
            default:
                let fields = mirror.children.compactMap { child in child.label.map { ($0, TemplateValue(child.value)) }
                }
                self = .fields(Dictionary(fields) { first, _ in first })
            }
        }
    }

    subscript(name: String) -> TemplateValue? {
        switch self {
        case .fields(let fields): fields[name]
        case .words(let words): words[name].map { .text($0) }
        case .text, .flag, .list: nil
        }
    }

    /// What a value reads as; `nil` for what is no text.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// Whether a section of it is kept.
    var isThere: Bool {
        switch self {
        case .flag(let flag): flag
        case .list(let list): !list.isEmpty
        case .text, .fields, .words: true
        }
    }

    /// What a section of it is repeated for.
    var each: [TemplateValue] {
        if case .list(let list) = self { list } else { [self] }
    }
}
