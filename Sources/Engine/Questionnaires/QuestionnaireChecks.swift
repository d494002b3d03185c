// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// Reads the rules that leave questions out.
enum SkipReader {
    /// The word for the end of the questionnaire.
    static let end = "end"

    static func read(_ section: ConfigurationSection) -> Questionnaire.Skip? {
        let answers = section.values("is", atMost: Questionnaire.mostOptions, .text(atMost: Questionnaire.nameBytes))
        if !section.has("is") {
            section.report(
                LocalText("'is' is missing", "缺少 'is'"),
                hint: LocalText("name the answers the rule is for: 'is: [a, b]'", "请写明适用的答案：'is: [a, b]'"))
        }
        guard let target = section.required("to", .text(atMost: Questionnaire.nameBytes)), !answers.isEmpty else {
            return nil
        }
        return Questionnaire.Skip(answers: Set(answers), target: target == end ? nil : target)
    }

    /// Where a question's rules and name stand, for what shows only once all questions are read.
    static func marks(_ section: ConfigurationSection) -> (id: SourceMark, skip: SourceMark) {
        (section.mark(of: "id"), section.mark(of: "skip"))
    }
}

/// What shows only once a questionnaire is read as a whole.
struct QuestionnaireChecks {
    let questionnaire: Questionnaire
    let marks: [(id: SourceMark, skip: SourceMark)]
    let section: ConfigurationSection

    func run() {
        var places: [String: Int] = [:]
        for (place, question) in questionnaire.questions.enumerated() {
            if places[question.id] != nil {
                report(
                    marks[place].id, LocalText("there are two questions '\(question.id)'", "题目 '\(question.id)' 重复"),
                    hint: LocalText("give each a name of its own", "请为每道题使用不同的名称"))
            }
            places[question.id] = places[question.id] ?? place
        }
        for (place, question) in questionnaire.questions.enumerated() {
            for skip in question.skips { check(skip, of: question, place, places) }
        }
        if questionnaire.longestResponse > Questionnaire.responseBytes {
            section.report(
                LocalText(
                    "a response can need \(questionnaire.longestResponse) bytes, of \(Questionnaire.responseBytes)",
                    "一份答卷可能需要 \(questionnaire.longestResponse) 字节，上限 \(Questionnaire.responseBytes)"),
                hint: LocalText("shorten the names of questions and options", "请缩短题目和选项的名称"), at: "questions")
        }
        checkWords()
    }

    private func checkWords() {
        if questionnaire.writtenCharacters > Questionnaire.mostWrittenCharacters {
            section.report(
                LocalText(
                    "\(questionnaire.writtenCharacters) characters can be written, of \(Questionnaire.mostWrittenCharacters)",
                    "各文字题合计 \(questionnaire.writtenCharacters) 字，上限 \(Questionnaire.mostWrittenCharacters)"),
                hint: LocalText("ask fewer questions in words, or lower 'longest'", "请减少文字题，或调低 'longest'"),
                at: "questions")
        }
        if questionnaire.wordBytes > Questionnaire.wordBytes {
            section.report(
                LocalText(
                    "its words take \(questionnaire.wordBytes) bytes, of \(Questionnaire.wordBytes)",
                    "全部文字共 \(questionnaire.wordBytes) 字节，上限 \(Questionnaire.wordBytes)"),
                hint: LocalText("shorten them, or make two questionnaires of it", "请精简文字，或拆成两份问卷"), at: "questions")
        }
    }

    private func check(
        _ skip: Questionnaire.Skip, of question: Questionnaire.Question, _ place: Int, _ places: [String: Int]
    ) {
        if let target = skip.target, places[target].map({ $0 <= place }) ?? true {
            let isKnown = places[target] != nil
            report(
                marks[place].skip,
                isKnown
                    ? LocalText("'\(target)' comes before '\(question.id)'", "'\(target)' 在 '\(question.id)' 之前")
                    : LocalText("there is no question '\(target)'", "没有题目 '\(target)'"),
                hint: LocalText("name a later question, or 'end'", "请写后面的题目，或 'end'"))
        }
        let known: Set<String> =
            switch question.kind {
            case .choice(let options, _): Set(options.map(\.id))
            case .scale(let range, _, _): Set(range.map(String.init))
            case .text: []
            }
        for answer in skip.answers.subtracting(known).sorted() {
            report(
                marks[place].skip,
                LocalText("'\(answer)' is no answer to '\(question.id)'", "'\(answer)' 不是 '\(question.id)' 的答案"),
                hint: LocalText(
                    "name options, or numbers of the scale; words lead nowhere else", "请写选项名称或量表数字；文字题不能跳转"))
        }
    }

    private func report(_ mark: SourceMark, _ message: LocalText, hint: LocalText) {
        section.report(Diagnostic(mark, message, hint: hint))
    }
}

extension Questionnaire {
    /// The characters that can be written in all questions together.
    var writtenCharacters: Int {
        questions.reduce(0) { sum, question in
            if case .text(let most) = question.kind { sum + most } else { sum }
        }
    }

    /// The bytes of all words in all languages.
    var wordBytes: Int {
        let words = questions.flatMap { question -> [LocalizedText?] in
            switch question.kind {
            case .choice(let options, _): [question.text] + options.map(\.text)
            case .scale(_, let low, let high): [question.text, low, high]
            case .text: [question.text]
            }
        }
        return (words + [title, introduction]).compactMap { $0 }.reduce(0) { sum, text in
            sum + text.words.values.reduce(0) { $0 + $1.utf8.count }
        }
    }

    /// The bytes that the ids of the longest response take.
    var longestResponse: Int {
        questions.reduce(0) { sum, question in
            var bytes = question.id.utf8.count + 12
            if case .choice(let options, let most) = question.kind {
                bytes += options.map { $0.id.utf8.count + 1 }.sorted(by: >).prefix(most).reduce(0, +)
            }
            return sum + bytes
        }
    }
}
