// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// Words of the site on a page, with the language they are in where the page is in another.
struct SiteText: Sendable {
    let words: String
    let lang: String
    let isForeign: Bool

    init(_ text: PageText, in language: PageLanguage) {
        let found = text.words[language] != nil ? language : text.words[.chinese] != nil ? .chinese : nil
        words = text.text(in: language)
        lang = (found ?? text.words.first?.key ?? language).rawValue
        isForeign = lang != language.rawValue
    }
}

/// What the list of questionnaires shows.
struct QuestionnairesPage: Sendable {
    struct Entry: Sendable {
        let path: String
        let title: SiteText
        let introduction: SiteText?
    }

    let page: PageFrame
    let entries: [Entry]

    init(_ page: PageFrame, _ list: [QuestionnaireList.Entry], _ language: PageLanguage) {
        self.page = page
        entries = list.map { entry in
            Entry(
                path: "/q/\(entry.id)?lang=\(language.rawValue)" + (page.isKiosk ? "&at=kiosk" : ""),
                title: SiteText(entry.title, in: language),
                introduction: entry.introduction.map { SiteText($0, in: language) })
        }
    }
}

/// What the template of a questionnaire shows.
struct QuestionsPage: Sendable {
    /// Something that can be chosen, with where it leads: `rule` and `to` are there where it leaves questions out.
    struct Option: Sendable {
        let value: String
        let label: SiteText
        let isChosen: Bool
        let rule: Int?
        let to: Int?
        let skipHint: String?
    }

    struct Question: Sendable {
        let number: Int
        let question: String
        let name: String
        let kind: String
        let ask: SiteText
        let isChoice: Bool
        let isScale: Bool
        let isText: Bool
        /// What the inputs of a choice are.
        let input: String
        let isRequired: Bool
        let needs: String
        let most: Int?
        let mostHint: String?
        let options: [Option]
        let isNoneOffered: Bool
        let isNoneChosen: Bool
        let low: SiteText?
        let high: SiteText?
        let longest: Int?
        let longestHint: String?
        let written: String
        let unanswered: String
        let tooMany: String
        let tooLong: String
        let isWrong: Bool
    }

    let page: PageFrame
    let id: String
    let version: Int
    let submission: String
    let title: SiteText
    let introduction: SiteText?
    let questions: [Question]
    let problem: String?
    let nothing: String
    let questionsJS = PageAssets.questionsJS.path

    init(
        _ page: PageFrame, _ questionnaire: QuestionnaireDescription, _ language: PageLanguage, submission: String,
        form: AnswersForm = AnswersForm(), problem: AnswersProblem? = nil
    ) {
        self.page = page
        id = questionnaire.id
        version = Int(questionnaire.version)
        self.submission = submission
        title = SiteText(questionnaire.title, in: language)
        introduction = questionnaire.introduction.map { SiteText($0, in: language) }
        let given = Dictionary((form.answers ?? []).map { ($0.question, $0) }) { first, _ in first }
        questions = questionnaire.questions.enumerated().map { index, question in
            Question(
                question, number: index + 1, questionnaire, language, given[question.id],
                isWrong: problem?.question == question.id)
        }
        self.problem = problem?.words(in: language, questionnaire)
        nothing = AnswersProblem.nothing.words(in: language, questionnaire)
    }
}

extension QuestionsPage.Question {
    fileprivate init(
        _ question: QuestionnaireDescription.Question, number: Int, _ questionnaire: QuestionnaireDescription,
        _ language: PageLanguage, _ answer: QuestionnaireSubmission.Answer?, isWrong: Bool
    ) {
        func text(_ phrase: Phrase, _ values: [String: String] = [:]) -> String {
            Catalogue.text(phrase, in: language, values)
        }
        let isMultiple = (question.most ?? 1) > 1
        self.number = number
        self.question = question.id
        name = AnswersForm.prefix + question.id
        kind = question.kind.rawValue
        ask = SiteText(question.text, in: language)
        isChoice = question.kind == .choice
        isScale = question.kind == .scale
        isText = question.kind == .text
        input = isMultiple ? "checkbox" : "radio"
        isRequired = question.isRequired
        needs = text(question.isRequired ? .askRequired : .optional)
        most = question.most
        mostHint = isMultiple ? text(.askMost, ["most": String(question.most ?? 1)]) : nil
        options = Self.options(of: question, questionnaire, language, answer)
        // What was chosen once can be taken back: one of several by itself, one of one by this.
        isNoneOffered = !question.isRequired && !isMultiple && question.kind != .text
        isNoneChosen = answer == nil
        low = question.scale?.low.map { SiteText($0, in: language) }
        high = question.scale?.high.map { SiteText($0, in: language) }
        longest = question.longest
        longestHint = question.longest.map { text(.wordsHint, ["limit": String($0)]) }
        written = answer?.text ?? ""
        unanswered = AnswersProblem.unanswered(question.id).words(in: language, questionnaire)
        tooMany = AnswersProblem.tooMany(question.id).words(in: language, questionnaire)
        tooLong = AnswersProblem.tooLong(question.id).words(in: language, questionnaire)
        self.isWrong = isWrong
    }

    private static func options(
        of question: QuestionnaireDescription.Question, _ questionnaire: QuestionnaireDescription,
        _ language: PageLanguage, _ answer: QuestionnaireSubmission.Answer?
    ) -> [QuestionsPage.Option] {
        let chosen = Set(answer?.choices ?? answer?.scale.map { [String($0)] } ?? [])
        var values = question.options.map { ($0.id, $0.text) }
        if let scale = question.scale, scale.from <= scale.to {
            values = (scale.from...scale.to).map { (String($0), PageText([language: String($0)])) }
        }
        return values.map { value, label in
            let rule = question.skips.firstIndex { $0.answers.contains(value) }
            let to = rule.map { questionnaire.place(of: question.skips[$0]) }
            let hint = to.map { place in
                place >= questionnaire.questions.count
                    ? Catalogue.text(.askSkipToEnd, in: language)
                    : Catalogue.text(.askSkip, in: language, ["number": String(place + 1)])
            }
            return QuestionsPage.Option(
                value: value, label: SiteText(label, in: language), isChosen: chosen.contains(value), rule: rule,
                to: to, skipHint: hint)
        }
    }
}
