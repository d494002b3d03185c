// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile
import RatingModel

extension Questionnaire {
    /// Reads a questionnaire's file, all mistakes into the section's log.
    public static func read(_ section: ConfigurationSection) -> Questionnaire {
        let id = section.required("questionnaire", .addressName) ?? ""
        let version = section.required("version", .integer(in: 1...1_000_000)) ?? 1
        let title = LocalizedText.required("title", in: section)
        let introduction = LocalizedText.read("introduction", in: section)
        let read = section.list("questions", atMost: mostQuestions) { question in
            Question.read(question).map { ($0, SkipReader.marks(question)) }
        }
        if read.isEmpty, !section.has("questions") {
            section.report(
                LocalText("the questionnaire asks nothing", "问卷没有任何题目"),
                hint: LocalText("add 'questions: …'", "请添加 'questions: …'"))
        }
        let questionnaire = Questionnaire(
            id: id, version: UInt32(clamping: version), title: title, introduction: introduction,
            questions: read.map(\.0))
        QuestionnaireChecks(questionnaire: questionnaire, marks: read.map(\.1), section: section).run()
        return questionnaire
    }
}

extension LocalizedText {
    static func read(_ key: String, in section: ConfigurationSection) -> LocalizedText? {
        section.section(key) { texts in
            var words: [String: String] = [:]
            words["zh-Hans"] = texts.required("zh-Hans", .text())
            for language in languages.dropFirst() { words[language] = texts.value(language, .text()) }
            return LocalizedText(words)
        }
    }

    static func required(_ key: String, in section: ConfigurationSection) -> LocalizedText {
        if !section.has(key) {
            section.report(
                LocalText("'\(key)' is missing", "缺少 '\(key)'"),
                hint: LocalText("add '\(key): {zh-Hans: …}'", "请添加 '\(key): {zh-Hans: …}'"))
        }
        return read(key, in: section) ?? LocalizedText([:])
    }
}

extension Questionnaire.Question {
    static func read(_ section: ConfigurationSection) -> Questionnaire.Question? {
        let id = section.required("id", .questionName)
        let text = LocalizedText.required("text", in: section)
        let word: KindWord? = section.required("type", .choice(KindWord.words))
        let kind: Questionnaire.Kind? =
            switch word {
            case .choice: choice(section)
            case .scale: scale(section)
            case .text:
                .text(
                    atMost: section.value(
                        "longest", .integer(in: 1...Questionnaire.mostCharacters), default: Limits.freeTextCharacters))
            case nil: nil
            }
        let isRequired = section.value("required", .choice(["true": true, "false": false]), default: false)
        let skips = section.list("skip", atMost: Questionnaire.mostOptions) { SkipReader.read($0) }
        guard let id, let kind else { return nil }
        return Questionnaire.Question(id: id, text: text, kind: kind, isRequired: isRequired, skips: skips)
    }

    private enum KindWord: String, CaseIterable {
        case choice, scale, text

        static let words = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    }

    private static func choice(_ section: ConfigurationSection) -> Questionnaire.Kind {
        var names: Set<String> = []
        let options = section.list("options", atMost: Questionnaire.mostOptions) { option in
            let id = option.required("id", .questionName)
            let text = LocalizedText.required("text", in: option)
            if let id, !names.insert(id).inserted {
                option.report(
                    LocalText("there are two options '\(id)'", "选项 '\(id)' 重复"),
                    hint: LocalText("give each a name of its own", "请为每个选项使用不同的名称"), at: "id")
            }
            return id.map { Questionnaire.Option(id: $0, text: text) }
        }
        if options.count < 2 {
            section.report(
                LocalText("a choice needs two options", "选择题至少需要两个选项"),
                hint: LocalText("add 'options: …'", "请添加 'options: …'"), at: "options")
        }
        let isMultiple = section.value("multiple", .choice(["true": true, "false": false]), default: false)
        let count = max(1, options.count)
        let most = section.value("most", .integer(in: 1...count), default: isMultiple ? count : 1)
        if !isMultiple, most > 1 {
            section.report(
                LocalText("'most' is for questions with 'multiple: true'", "'most' 仅用于 'multiple: true' 的题目"),
                hint: LocalText("add 'multiple: true', or leave 'most' out", "请添加 'multiple: true'，或去掉 'most'"),
                at: "most")
        }
        return .choice(options, atMost: isMultiple ? most : 1)
    }

    private static func scale(_ section: ConfigurationSection) -> Questionnaire.Kind {
        let low = section.value("from", .integer(in: 0...100), default: 1)
        let high = section.value("to", .integer(in: 0...100), default: 5)
        if low >= high {
            section.report(
                LocalText("the scale goes from \(low) to \(high)", "量表从 \(low) 到 \(high)"),
                hint: LocalText("let 'from' be less than 'to'", "'from' 应小于 'to'"), at: "to")
        }
        return .scale(
            low...max(low, high), low: LocalizedText.read("low", in: section),
            high: LocalizedText.read("high", in: section))
    }
}

extension ValueKind where Value == String {
    /// A name that stands in an address.
    static var addressName: ValueKind {
        ValueKind { text, isQuoted in
            let isPlain = text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-_.".utf8.contains($0)
            }
            guard isPlain else {
                return .wrong(
                    LocalText("the name cannot stand in an address", "名称不能用于网址"),
                    hint: LocalText("use letters, digits, '-', '_' and '.'", "请使用字母、数字、'-'、'_' 和 '.'"))
            }
            return Self.identifier.reading(of: text, isQuoted: isQuoted)
        }
    }

    /// The name of a question or an option.
    static var questionName: ValueKind {
        ValueKind { text, isQuoted in
            guard text.utf8.count <= Questionnaire.nameBytes else {
                return .wrong(
                    LocalText(
                        "the name is longer than \(Questionnaire.nameBytes) bytes", "名称超过 \(Questionnaire.nameBytes) 字节"
                    ),
                    hint: LocalText("shorten it", "请缩短"))
            }
            guard text != SkipReader.end else {
                return .wrong(
                    LocalText("'\(SkipReader.end)' stands for the end", "'\(SkipReader.end)' 表示问卷结束"),
                    hint: LocalText("choose another name", "请另取名称"))
            }
            return Self.identifier.reading(of: text, isQuoted: isQuoted)
        }
    }
}
