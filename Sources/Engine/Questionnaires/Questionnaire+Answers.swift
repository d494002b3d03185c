// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What came from outside as the answer to a question, before it is checked.
public enum GivenAnswer: Sendable, Hashable {
    /// The names of options.
    case choices([String])
    /// A number of a scale.
    case scale(Int64)
    /// Words; none of them but spaces is no answer.
    case text(String)
}

/// Answers that fit what was asked.
public struct CheckedAnswers: Sendable, Hashable {
    /// In the questionnaire's order, without what was written.
    public var answers: [QuestionnaireResponse.Answer]
    /// What was written, under its ``RatingModel/PersonalFields/textKey(of:)``; `nil` for nothing.
    public var personal: PersonalFields?
}

extension Questionnaire {
    /// The questions that are asked, given these answers.
    public func path(_ answers: [String: GivenAnswer]) -> [Question] {
        var path: [Question] = []
        var index = 0
        while index < questions.count {
            let question = questions[index]
            path.append(question)
            index += 1
            guard let answer = answers[question.id],
                let skip = question.skips.first(where: { $0.fits(answer) })
            else { continue }
            guard let target = skip.target else { break }
            // A target lies behind its question, as reading makes sure; whatever else, nothing is asked twice.
            index = max(index, questions.firstIndex { $0.id == target } ?? questions.count)
        }
        return path
    }

    /// Takes answers that fit; throws `questionnaire.invalid` for others, with what does not fit as the cause.
    public func checked(_ given: [String: GivenAnswer]) throws(GatewayError) -> CheckedAnswers {
        let given = given.filter { !$0.value.isEmpty }
        let path = path(given)
        let asked = Set(path.map(\.id))
        if let stray = given.keys.filter({ !asked.contains($0) }).min() {
            throw .doesNotFit(
                question(stray) == nil ? "there is no such question" : "not asked after these answers", stray)
        }
        var answers: [QuestionnaireResponse.Answer] = []
        var texts: [String: String] = [:]
        for question in path {
            guard let answer = given[question.id] else {
                if question.isRequired { throw .doesNotFit("an answer is required", question.id) }
                continue
            }
            answers.append(QuestionnaireResponse.Answer(question.id, try question.value(of: answer)))
            if case .text(let text) = answer { texts[PersonalFields.textKey(of: question.id)] = text }
        }
        if answers.isEmpty { throw .doesNotFit("nothing is answered", id) }
        return CheckedAnswers(answers: answers, personal: texts.isEmpty ? nil : PersonalFields(texts))
    }
}

extension GivenAnswer {
    /// Whether nothing is answered by it.
    public var isEmpty: Bool {
        switch self {
        case .choices(let names): names.isEmpty
        case .scale: false
        case .text(let text): text.allSatisfy(\.isWhitespace)
        }
    }
}

extension Questionnaire.Skip {
    func fits(_ answer: GivenAnswer) -> Bool {
        switch answer {
        case .choices(let names): names.contains { answers.contains($0) }
        case .scale(let number): answers.contains(String(number))
        case .text: false
        }
    }
}

extension Questionnaire.Question {
    fileprivate func value(of answer: GivenAnswer) throws(GatewayError) -> QuestionnaireResponse.Value {
        switch (kind, answer) {
        case (.choice(let options, let most), .choices(let names)):
            guard names.count <= most, Set(names).count == names.count else {
                throw .doesNotFit("\(names.count) options are chosen, at most \(most) can be, each once", id)
            }
            let known = options.map(\.id)
            guard Set(names).isSubset(of: known) else { throw .doesNotFit("there is no such option", id) }
            return .choices(known.filter(names.contains))
        case (.scale(let range, _, _), .scale(let number)):
            guard let place = Int(exactly: number), range.contains(place) else {
                throw .doesNotFit("the scale goes from \(range.lowerBound) to \(range.upperBound)", id)
            }
            return .scale(number)
        case (.text(let most), .text(let text)):
            guard text.count <= most, text.utf8.count <= most * 16 else {
                throw .doesNotFit("at most \(most) characters can be written", id)
            }
            return .text
        default: throw .doesNotFit("the question is answered in another way", id)
        }
    }
}

extension GatewayError {
    fileprivate static func doesNotFit(_ what: String, _ question: String) -> GatewayError {
        GatewayError(
            "questionnaire.invalid", LocalText("the answers do not fit the questionnaire", "答案与问卷不符"),
            cause: "\(question.prefix(Questionnaire.nameBytes)): \(what)",
            hint: LocalText("load the questionnaire anew and answer it again", "请重新加载问卷后再作答"))
    }
}
