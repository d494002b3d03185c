// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import FoundationEssentials
import Questionnaires
import RatingModel
import Testing

/// The example of Questionnaires.md, executed.
@Suite struct DocumentedQuestionnaireTests {
    @Test func theExampleIsOneAndLeadsAsThePageSays() throws {
        let root = String(describing: #filePath).replacing(
            "Tests/QuestionnairesTests/DocumentedQuestionnaireTests.swift", with: "")
        let path = root + "Sources/App/HallgateApp/Documentation.docc/Questionnaires.md"
        let page = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let blocks = page.split(separator: "```").filter { $0.hasPrefix("yaml\n") }.map { String($0.dropFirst(5)) }
        let text = try #require(blocks.first { $0.hasPrefix("questionnaire:") })
        let outcome = ConfigurationFile.read(text: text, name: "hall.yaml") { Questionnaire.read($0) }
        #expect(outcome.diagnostics.map(\.description) == [])
        let read = outcome.value
        #expect(read.questions.map(\.id) == ["purpose", "liked", "effort", "wish"])
        #expect(read.questions.allSatisfy { $0.text.words["zh-Hans"] != nil && $0.text.words["en"] != nil })
        #expect(read.path(["purpose": .choices(["ask"])]).map(\.id) == ["purpose", "wish"])
        #expect(read.path(["effort": .scale(4)]).map(\.id) == ["purpose", "liked", "effort"])
        let checked = try read.checked(["purpose": .choices(["ask"]), "wish": .text("多设座椅")])
        #expect(checked.answers.map(\.value) == [.choices(["ask"]), .text])
        #expect(checked.personal == PersonalFields([PersonalFields.textKey(of: "wish"): "多设座椅"]))
    }
}
