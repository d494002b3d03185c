// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

extension AnswerRules {
    static func read(_ section: ConfigurationSection) -> AnswerRules {
        var rules = AnswerRules()
        rules.form = section.value("form", .choice(["json": TextForm.json, "xml": .xml]), default: .json)
        rules.inside = section.value("inside", .path)
        if section.has("refused_statuses") {
            rules.refusedStatuses = Set(section.values("refused_statuses", atMost: 20, .integer(in: 400...499)))
        }
        rules.message = section.value("message", .path)
        rules.whole = meanings(section)
        rules.each = section.section("each") { Each.read($0) } ?? nil
        rules.caseHeld = section.list("case_held", atMost: 20) { Condition.read($0) }
        section.section("rated") { rated in
            rules.rated.yes = rated.list("yes", atMost: 20) { Condition.read($0) }
            rules.rated.no = rated.list("no", atMost: 20) { Condition.read($0) }
        }
        section.section("code") { code in
            rules.code.image = code.value("image", .path)
            // Where a picture is named alone, there is no text.
            rules.code.text = code.value("text", .path) ?? (code.has("image") ? nil : rules.code.text)
        }
        section.section("token") { token in
            rules.token.token = token.value("token", .path, default: rules.token.token)
            rules.token.seconds = token.value("seconds", .path)
        }
        section.section("holdings") { rules.holdings.read($0) }
        section.section("notices") { rules.notices.read($0) }
        return rules
    }

    fileprivate static func meanings(_ section: ConfigurationSection) -> [Meaning: [Condition]] {
        var meanings: [Meaning: [Condition]] = [:]
        for meaning in Meaning.allCases {
            let conditions = section.list(meaning.rawValue, atMost: 20) { Condition.read($0) }
            if !conditions.isEmpty { meanings[meaning] = conditions }
        }
        return meanings
    }
}

extension AnswerRules.Each {
    static func read(_ section: ConfigurationSection) -> AnswerRules.Each? {
        guard let list = section.required("list", .path) else { return nil }
        var each = AnswerRules.Each(list: list)
        let id = section.value("id", .path)
        let project = section.value("project", .path)
        let service = section.value("service", .path)
        let ordinal = section.value("ordinal", .path)
        if let id {
            each.key = .id(id)
        } else if let project, let service {
            each.key = .caseNumber(project: project, service: service, ordinal: ordinal)
        } else if !section.value("in_order", .flag, default: false) {
            section.report(
                LocalText("nothing says which rating an item speaks of", "未说明每一项对应哪条评价"),
                hint: LocalText(
                    "give 'id', or 'project' and 'service', or 'in_order: true'",
                    "请给出 'id'，或 'project' 与 'service'，或 'in_order: true'"))
        }
        each.word = section.value("word", .path)
        each.message = section.value("message", .path)
        each.meanings = AnswerRules.meanings(section)
        return each
    }
}

extension Condition {
    static func read(_ section: ConfigurationSection) -> Condition? {
        guard let path = section.required("path", .path) else { return nil }
        let phrases = section.values("contains", atMost: 20, .text(atMost: 256))
        let words = section.values("is", atMost: 20, .answerWord)
        if !phrases.isEmpty { return Condition(path: path, test: .contains(phrases)) }
        var texts: [[UInt8]] = []
        for word in words {
            switch word {
            case .flag(let flag): return Condition(path: path, test: .isFlag(flag))
            case .text(let text): texts.append(Array(text.utf8))
            }
        }
        if texts.isEmpty {
            section.report(
                LocalText("the condition asks for nothing", "该条件没有内容"),
                hint: LocalText("add 'is: …' or 'contains: …'", "请添加 'is: …' 或 'contains: …'"))
            return nil
        }
        return Condition(path: path, test: .isText(texts))
    }
}

extension AnswerRules.HoldingPaths {
    mutating func read(_ section: ConfigurationSection) {
        list = section.value("list", .path, default: list)
        id = section.value("id", .path, default: id)
        level = section.value("level", .path, default: level)
        channel = section.value("channel", .path, default: channel)
        project = section.value("project", .path, default: project)
        service = section.value("service", .path, default: service)
    }
}

extension AnswerRules.NoticePaths {
    mutating func read(_ section: ConfigurationSection) {
        list = section.value("list", .path, default: list)
        next = section.value("next", .path, default: next)
        kind = section.value("kind", .path, default: kind)
        rating = section.value("rating", .path, default: rating)
        number = section.value("number", .path, default: number)
        outcome = section.value("outcome", .path, default: outcome)
        text = section.value("text", .path, default: text)
        state = section.value("state", .path, default: state)
        deadline = section.value("deadline", .path, default: deadline)
        scope = section.value("scope", .path, default: scope)
        period = section.value("period", .path, default: period)
        value = section.value("value", .path, default: value)
        version = section.value("version", .path, default: version)
        table = section.value("table", .path, default: table)
        project = section.value("project", .path, default: project)
        service = section.value("service", .path, default: service)
    }
}
