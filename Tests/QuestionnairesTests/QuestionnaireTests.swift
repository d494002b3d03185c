// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel
import Testing

@testable import Questionnaires

/// A questionnaire with a question of each kind, and rules between them.
enum Samples {
    static let text = """
        questionnaire: hall
        version: 3
        title: {zh-Hans: 大厅服务问卷, en: The hall}
        questions:
          - id: purpose
            type: choice
            text: {zh-Hans: 您来办什么}
            required: true
            options:
              - {id: apply, text: {zh-Hans: 办件}}
              - {id: ask, text: {zh-Hans: 咨询}}
              - {id: else, text: {zh-Hans: 其他}}
            skip:
              - {is: ask, to: wish}
              - {is: [else], to: end}
          - id: liked
            type: choice
            text: {zh-Hans: 哪些方面好}
            multiple: true
            most: 2
            options:
              - {id: speed, text: {zh-Hans: 快}}
              - {id: manner, text: {zh-Hans: 态度}}
              - {id: place, text: {zh-Hans: 环境}}
          - id: effort
            type: scale
            text: {zh-Hans: 办事容易吗}
            from: 1
            to: 5
            low: {zh-Hans: 很难}
            high: {zh-Hans: 很容易}
            required: true
            skip: [{is: [4, 5], to: end}]
          - {id: wish, type: text, longest: 10, text: {zh-Hans: 您的建议}}
        """

    static func read(_ text: String = text) -> (Questionnaire, [String]) {
        let outcome = ConfigurationFile.read(text: text, name: "q.yaml") { Questionnaire.read($0) }
        return (outcome.value, outcome.diagnostics.map(\.description))
    }
}

@Suite struct QuestionnaireTests {
    private typealias Given = [String: GivenAnswer]

    @Test func whatIsWrittenIsRead() throws {
        let (read, mistakes) = Samples.read()
        #expect(mistakes == [])
        #expect(read.id == "hall" && read.version == 3 && read.title.words["en"] == "The hall")
        #expect(read.questions.map(\.id) == ["purpose", "liked", "effort", "wish"])
        #expect(read.questions[0].skips.map(\.target) == ["wish", nil])
        guard case .choice(let options, atMost: 2) = read.questions[1].kind else {
            Issue.record("no choice of two")
            return
        }
        #expect(options.map(\.id) == ["speed", "manner", "place"])
        #expect(
            read.questions[2].kind
                == .scale(1...5, low: LocalizedText(["zh-Hans": "很难"]), high: LocalizedText(["zh-Hans": "很容易"])))
        #expect(read.questions[3].kind == .text(atMost: 10))
    }

    /// Each mistake is told with its place.
    @Test(arguments: [
        ("version: 3", "version: 0", "q.yaml:2:10:", "out of range"),
        ("zh-Hans: 大厅服务问卷, ", "", "q.yaml:3:8:", "'zh-Hans' is missing"),
        ("to: wish", "to: nowhere", "q.yaml:14:7:", "there is no question 'nowhere'"),
        ("skip: [{is: [4, 5], to: end}]", "skip: [{is: [4, 5], to: liked}]", "q.yaml:33:11:", "comes before"),
        ("is: [4, 5]", "is: [6]", "q.yaml:33:11:", "'6' is no answer to 'effort'"),
        ("id: liked", "id: purpose", "q.yaml:16:9:", "two questions 'purpose'"),
        ("{id: manner,", "{id: speed,", "q.yaml:23:14:", "two options 'speed'"),
        ("to: 5\n", "to: 1\n", "q.yaml:29:9:", "the scale goes from 1 to 1"),
        ("most: 2", "most: 4", "q.yaml:20:11:", "out of range"),
        ("type: text", "type: words", "q.yaml:34:22:", "not known here"),
        ("longest: 10", "longest: 501", "q.yaml:34:37:", "out of range"),
        ("id: wish", "id: end", "q.yaml:34:10:", "stands for the end"),
        ("required: true\n    skip: [{", "requierd: true\n    skip: [{", "q.yaml:32:5:", "unknown key 'requierd'"),
    ]) func mistakesHaveAPlace(_ right: String, _ wrong: String, _ place: String, _ words: String) throws {
        #expect(Samples.text.contains(right))
        let (_, mistakes) = Samples.read(Samples.text.replacing(right, with: wrong, maxReplacements: 1))
        #expect(mistakes.contains { $0.hasPrefix(place) && $0.contains(words) }, "\(mistakes)")
    }

    @Test func aQuestionnaireWhoseAnswersHaveNoRoomIsRefused() {
        var text = "questionnaire: big\nversion: 1\ntitle: {zh-Hans: 大}\nquestions:\n"
        for question in 0..<50 {
            text += "  - {id: q\(question), type: choice, multiple: true, text: {zh-Hans: 问}, options: ["
            text += (0..<20).map { "{id: option-with-a-long-name-\($0), text: {zh-Hans: 答}}" }.joined(separator: ", ")
            text += "]}\n"
        }
        #expect(Samples.read(text).1.contains { $0.contains("a response can need") })
    }

    @Test func thePathFollowsTheRules() {
        let (read, _) = Samples.read()
        let path = { (given: Given) in read.path(given).map(\.id) }
        #expect(path([:]) == ["purpose", "liked", "effort", "wish"])
        #expect(path(["purpose": .choices(["ask"])]) == ["purpose", "wish"])
        #expect(path(["purpose": .choices(["else"])]) == ["purpose"])
        #expect(path(["purpose": .choices(["apply"]), "effort": .scale(5)]) == ["purpose", "liked", "effort"])
        #expect(path(["effort": .scale(3)]) == ["purpose", "liked", "effort", "wish"])
    }

    @Test func answersThatFitAreTakenInTheOrderOfTheQuestions() throws {
        let (read, _) = Samples.read()
        let checked = try read.checked([
            "wish": .text("多开窗口"), "effort": .scale(2), "liked": .choices(["place", "speed"]),
            "purpose": .choices(["apply"]),
        ])
        #expect(
            checked.answers.map(\.question) == ["purpose", "liked", "effort", "wish"]
                && checked.answers.map(\.value) == [
                    .choices(["apply"]), .choices(["speed", "place"]), .scale(2), .text,
                ])
        #expect(checked.personal == PersonalFields(["answer.wish": "多开窗口"]))
        let short = try read.checked(["purpose": .choices(["ask"]), "wish": .text("  ")])
        #expect(short.answers.map(\.question) == ["purpose"] && short.personal == nil)
    }

    @Test(
        arguments: [
            (["effort": .scale(2)], "purpose: an answer is required"),
            (["purpose": .choices(["apply"])], "effort: an answer is required"),
            (["purpose": .choices(["ask"]), "effort": .scale(2)], "effort: not asked after these answers"),
            (["purpose": .choices(["ask"]), "other": .scale(2)], "other: there is no such question"),
            (["purpose": .choices(["apply", "ask"])], "purpose: 2 options are chosen"),
            (["purpose": .choices(["bribe"])], "purpose: there is no such option"),
            (["purpose": .scale(1)], "purpose: the question is answered in another way"),
            (["purpose": .choices(["apply"]), "effort": .scale(6)], "effort: the scale goes from 1 to 5"),
            (["purpose": .choices(["apply"]), "effort": .scale(.min)], "effort: the scale goes from 1 to 5"),
            (["purpose": .choices(["ask"]), "wish": .text("一二三四五六七八九十一")], "wish: at most 10 characters"),
            (
                ["purpose": .choices(["apply"]), "liked": .choices(["speed", "speed"]), "effort": .scale(5)],
                "liked: 2 options are chosen"
            ),
        ] as [([String: GivenAnswer], String)])
    func answersThatDoNotFitAreRefused(_ given: [String: GivenAnswer], _ cause: String) {
        let (read, _) = Samples.read()
        let error = #expect(throws: GatewayError.self) { try read.checked(given) }
        #expect(
            error?.code == "questionnaire.invalid" && error?.cause?.hasPrefix(cause) == true,
            "\(String(describing: error))")
    }

    /// Whatever is answered, nothing is asked twice and the path ends.
    @Test func noAnswersLeadInACircle() {
        let (read, _) = Samples.read()
        var turned = read
        turned.questions[2].skips = [Questionnaire.Skip(answers: ["1"], target: "purpose")]
        #expect(turned.path(["effort": .scale(1)]).map(\.id) == ["purpose", "liked", "effort", "wish"])
    }

    /// What is asked must fit into one line to the gateway, and into one answer of it.
    @Test func whatWouldNotFitOnItsWayIsRefused() {
        let words = (1...7).map { "  - {id: w\($0), type: text, longest: 500, text: {zh-Hans: 话}}" }
        let head = "questionnaire: hall\nversion: 1\ntitle: {zh-Hans: 问卷}\nquestions:\n"
        #expect(Samples.read(head + words.prefix(6).joined(separator: "\n") + "\n").1 == [])
        let many = Samples.read(head + words.joined(separator: "\n") + "\n").1
        #expect(many.count == 1 && many[0].contains("3500 characters can be written, of 3000"), "\(many)")
        let long = String(repeating: "字", count: 340)
        let options = (1...20).map { "{id: o\($0), text: {zh-Hans: \(long)}}" }.joined(separator: ", ")
        let choices = (1...13).map { "  - {id: c\($0), type: choice, text: {zh-Hans: 选}, options: [\(options)]}" }
        let large = Samples.read(head + choices.joined(separator: "\n") + "\n").1
        #expect(large.count == 1 && large[0].contains("of 262144"), "\(large)")
        let named = Samples.read(head.replacing("questionnaire: hall", with: "questionnaire: 大厅") + words[0] + "\n").1
        #expect(named.count == 1 && named[0].contains("cannot stand in an address"), "\(named)")
    }
}
