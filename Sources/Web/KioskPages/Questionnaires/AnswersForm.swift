// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// What a page sends of a questionnaire, as it came: nothing in it has been looked at.
struct AnswersForm: Sendable, Codable, Equatable {
    var submission: String?
    var version: UInt32?
    var answers: [QuestionnaireSubmission.Answer]?
    var language: String?
    var place: String?
    var kiosk: String?
}

/// What is wrong with answers, by the question to look at.
enum AnswersProblem: Error, Sendable, Equatable {
    case unanswered(String)
    case tooMany(String)
    case tooLong(String)
    case nothing
    case other

    /// What the page's script calls it.
    var name: String {
        switch self {
        case .unanswered: "unanswered"
        case .tooMany: "tooMany"
        case .tooLong: "tooLong"
        case .nothing: "nothing"
        case .other: "other"
        }
    }

    /// The question; `nil` where it is none alone.
    var question: String? {
        switch self {
        case .unanswered(let id), .tooMany(let id), .tooLong(let id): id
        case .nothing, .other: nil
        }
    }

    /// What a citizen is told of it.
    func words(in language: PageLanguage, _ questionnaire: QuestionnaireDescription?) -> String {
        let found = questionnaire?.questions.first { $0.id == question }
        let values = [
            "question": found?.text.text(in: language) ?? "", "most": String(found?.most ?? 1),
            "limit": String(found?.longest ?? 0),
        ]
        let phrase: Phrase =
            switch self {
            case .unanswered: .problemUnanswered
            case .tooMany: .problemTooMany
            case .tooLong: .problemWritten
            case .nothing: .problemNothing
            case .other: .problemOther
            }
        return Catalogue.text(phrase, in: language, values)
    }
}

extension AnswersForm {
    /// What stands in front of a question's id in the names of a form's fields.
    static let prefix = "q."
    /// Most fields that a page of ours sends: every option of every question, and those of the page.
    static let mostFields = 1100
    /// Most bytes of a body: the longest answers in a form that escapes every byte.
    static let bodyBytes = 64 * 1024

    /// The answers in a form that was sent without a script. Such a page shows every question: of those that are left out
    /// after an answer nothing is meant.
    init(_ fields: FormFields, for questionnaire: QuestionnaireDescription) {
        var given: [String: QuestionnaireSubmission.Answer] = [:]
        for question in questionnaire.questions {
            let values = fields.all(Self.prefix + question.id).filter { !$0.isEmpty }
            guard let first = values.first else { continue }
            var answer = QuestionnaireSubmission.Answer(question: question.id)
            switch question.kind {
            case .choice: answer.choices = values
            case .scale: answer.scale = Int64(first)
            case .text: answer.text = RatingForm.plain(first)
            }
            if answer.isAnswered { given[question.id] = answer }
        }
        self.init(
            submission: fields.first("submission"), version: fields.first("version").flatMap { UInt32($0) },
            answers: questionnaire.path(given).compactMap { given[$0.id] }, language: fields.first("language"))
    }

    /// The submission that the form stands for, as it is: the gateway knows what was recorded under its number.
    ///
    /// `key` is the kiosk's, which comes beside the form.
    func submission(to id: String, key: String? = nil) throws(AnswersProblem) -> QuestionnaireSubmission {
        guard let submission, RatingForm.isUUID(submission), let version else { throw .other }
        let answers = (answers ?? []).map { answer in
            QuestionnaireSubmission.Answer(
                question: answer.question, choices: answer.choices, scale: answer.scale,
                text: RatingForm.plain(answer.text))
        }.filter(\.isAnswered)
        return QuestionnaireSubmission(
            questionnaire: id, version: version, submission: submission, answers: answers,
            language: language.flatMap(PageLanguage.init) ?? .chinese,
            place: place.flatMap(RatingSubmission.Place.init) ?? .phone, kiosk: kiosk, key: kiosk == nil ? nil : key)
    }

    /// Looks for what the citizen is told at the question; whatever else does not fit, the gateway refuses.
    ///
    /// Text is counted in Unicode scalars, as on the rating page.
    func check(for questionnaire: QuestionnaireDescription) throws(AnswersProblem) {
        let answers = (answers ?? []).filter(\.isAnswered)
        guard Set(answers.map(\.question)).count == answers.count else { throw .other }
        let given = Dictionary(answers.map { ($0.question, $0) }) { first, _ in first }
        for question in questionnaire.path(given) {
            guard let answer = given[question.id] else {
                if question.isRequired { throw .unanswered(question.id) }
                continue
            }
            if let most = question.most, (answer.choices ?? []).count > most { throw .tooMany(question.id) }
            if let longest = question.longest, (RatingForm.plain(answer.text) ?? "").unicodeScalars.count > longest {
                throw .tooLong(question.id)
            }
        }
        if answers.isEmpty { throw .nothing }
    }
}

extension QuestionnaireSubmission.Answer {
    /// Whether it says anything.
    var isAnswered: Bool { choices.map { !$0.isEmpty } ?? (scale != nil || text != nil) }

    /// What can be skipped by: ids of options, or the number of a scale.
    fileprivate var words: [String] { choices ?? scale.map { [String($0)] } ?? [] }
}

extension QuestionnaireDescription {
    /// The questions that are asked, given these answers: the same as the gateway finds.
    func path(_ answers: [String: QuestionnaireSubmission.Answer]) -> [Question] {
        var path: [Question] = []
        var index = 0
        while index < questions.count {
            let question = questions[index]
            path.append(question)
            index += 1
            let words = answers[question.id]?.words ?? []
            guard let skip = question.skips.first(where: { !Set(words).isDisjoint(with: $0.answers) }) else { continue }
            index = max(index, place(of: skip))
        }
        return path
    }

    /// The place of the question that a rule leads to; behind the last for the end.
    func place(of skip: Skip) -> Int {
        skip.target.flatMap { target in questions.firstIndex { $0.id == target } } ?? questions.count
    }
}
