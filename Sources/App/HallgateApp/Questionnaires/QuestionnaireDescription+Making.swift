// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Questionnaires

extension QuestionnaireDescription {
    /// What a page is told of a questionnaire.
    init(_ questionnaire: Questionnaire) {
        self.init(
            id: questionnaire.id, version: questionnaire.version, title: PageText(questionnaire.title),
            introduction: questionnaire.introduction.map { PageText($0) },
            questions: questionnaire.questions.map(Question.init))
    }
}

extension QuestionnaireDescription.Question {
    fileprivate init(_ question: Questionnaire.Question) {
        let skips = question.skips.map {
            QuestionnaireDescription.Skip(answers: $0.answers.sorted(), target: $0.target)
        }
        let text = PageText(question.text)
        switch question.kind {
        case .choice(let options, let most):
            self.init(
                id: question.id, text: text, kind: .choice, isRequired: question.isRequired,
                options: options.map { QuestionnaireDescription.Option(id: $0.id, text: PageText($0.text)) },
                most: most, skips: skips)
        case .scale(let range, let low, let high):
            self.init(
                id: question.id, text: text, kind: .scale, isRequired: question.isRequired,
                scale: QuestionnaireDescription.Scale(
                    from: range.lowerBound, to: range.upperBound, low: low.map { PageText($0) },
                    high: high.map { PageText($0) }), skips: skips)
        case .text(let longest):
            self.init(
                id: question.id, text: text, kind: .text, isRequired: question.isRequired, longest: longest,
                skips: skips)
        }
    }
}

extension PageText {
    fileprivate init(_ text: LocalizedText) {
        var words: [PageLanguage: String] = [:]
        for (language, text) in text.words {
            if let language = PageLanguage(rawValue: language) { words[language] = text }
        }
        self.init(words)
    }
}
