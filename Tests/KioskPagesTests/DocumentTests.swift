// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HallAPI
import Hummingbird
import Testing

/// The example of the document *Pages and kiosk screens*, carried out.
@Suite struct DocumentTests {
    @Test func theExampleIsAnsweredAsItSays() async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/App/HallgateApp/Documentation.docc/KioskPages.md").standardizedFileURL
        let examples = try String(contentsOf: file, encoding: .utf8).components(between: "```json\n", and: "\n```")
        try #require(examples.count == 4)
        let hall = FakeHall()
        let answer = try await rate(hall, examples[0])
        #expect(answer.status == .ok)
        #expect(answer.text == examples[1])
        #expect(hall.submissions.map(\.level) == [.dissatisfied])
    }

    @Test func theExampleOfAQuestionnaireIsAnsweredAsItSays() async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/App/HallgateApp/Documentation.docc/KioskPages.md").standardizedFileURL
        let examples = try String(contentsOf: file, encoding: .utf8).components(between: "```json\n", and: "\n```")
        try #require(examples.count == 4)
        let service = FakeQuestionnaires()
        let answer = try await ask(
            service, "/q/hall-2026/answers", method: .post, type: "application/json", body: examples[2])
        #expect(answer.status == .ok)
        #expect(answer.text == examples[3])
        #expect(service.submissions.map(\.answers.count) == [3])
    }
}
