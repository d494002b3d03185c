// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HallAPI
import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// What WebAPI.md says of questionnaires, executed on a real gateway.
@Suite(.timeLimit(.minutes(2))) struct QuestionnaireAPITests {
    private static func page(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = "Sources/App/HallgateApp/Documentation.docc/\(name)"
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static let asked = """
        questionnaire: hall-2026
        version: 1
        title: {zh-Hans: 大厅服务问卷}
        questions:
          - {id: effort, type: scale, text: {zh-Hans: 办事容易吗？}, required: true, skip: [{is: [4, 5], to: end}]}
          - {id: wish, type: text, text: {zh-Hans: 您希望我们改进什么？}}
        """

    private static let key = "64a1e98b0c35d27f"

    private func withHall(
        _ more: String = "languages: [zh-Hans]", _ body: @Sendable @escaping (WebHall) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "asked-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Self.asked.write(toFile: "\(directory)/hall.yaml", atomically: true, encoding: .utf8)
        try Self.key.write(toFile: "\(directory)/kiosk.key", atomically: true, encoding: .utf8)
        chmod("\(directory)/kiosk.key", 0o600)
        try await WebHall.run(
            pads: 1,
            "questionnaires: [{file: \(directory)/hall.yaml, after_rating: offered}]\n"
                + "pages: {\(more), kiosks: [{id: k1, key_file: \(directory)/kiosk.key}]}\n", body)
    }

    private func submission(_ number: String = "\(UUID())", effort: Int64 = 2) -> QuestionnaireSubmission {
        QuestionnaireSubmission(
            questionnaire: "hall-2026", version: 1, submission: number.lowercased(),
            answers: [.init(question: "effort", scale: effort)])
    }

    @Test func `the conversation goes as it is written`() async throws {
        let text = try Self.page("WebAPI.md").components(separatedBy: "```jsonrpc-questionnaires\n").dropFirst().first
        let lines = try #require(text?.components(separatedBy: "```").first).split(separator: "\n").map(String.init)
        #expect(lines.count > 10)
        try await withHall { hall in
            let client = try WebClient(hall.socket)
            var words: [String: String] = [:]
            for line in lines {
                var text = String(line.dropFirst(2))
                for (written, actual) in words { text = text.replacingOccurrences(of: written, with: actual) }
                guard line.hasPrefix("< ") else {
                    await client.send(text)
                    continue
                }
                let came = try #require(await client.nextLine(), "instead of \(text)")
                if let written = text.firstMatch(of: /"receipt":"([0-9A-Z]+)"/)?.1,
                    let actual = came.firstMatch(of: /"receipt":"([0-9A-Z]+)"/)?.1
                {
                    words[String(written)] = String(actual)
                    text = text.replacingOccurrences(of: written, with: actual)
                }
                #expect(came == text)
            }
            let recorded = try await hall.gateway.journal.entries(after: 0, atMost: 16).compactMap {
                $0.body.delivered?.response
            }
            #expect(recorded.map(\.channel) == [.qrCode])
        }
    }

    @Test func `the place says the channel, and the receipt how far it came`() async throws {
        try await withHall { hall in
            let service = hall.gateway.questionnairePages
            var atKiosk = submission()
            (atKiosk.place, atKiosk.kiosk, atKiosk.key) = (.kiosk, "k1", Self.key)
            let receipt = try await service.submitQuestionnaire(atKiosk)
            // Whoever does not show the key of a kiosk is a phone.
            for key in [nil, "wrong", ""] as [String?] {
                var claimed = submission()
                (claimed.place, claimed.kiosk, claimed.key) = (.kiosk, "k1", key)
                _ = try await service.submitQuestionnaire(claimed)
            }
            let recorded = try await hall.gateway.journal.entries(after: 0, atMost: 16).compactMap {
                $0.body.delivered?.response
            }
            #expect(recorded.map(\.channel) == [.terminal, .qrCode, .qrCode, .qrCode])
            let state = try await hall.gateway.hall.checkReceipt(ReceiptRequest(receipt: receipt.receipt))
            #expect(state == ReceiptState(progress: .recorded))
            #expect(try await service.listQuestionnaires().isSentOn == false)
        }
    }

    @Test func `answers that come too fast are to be sent again, and recorded ones are answered at any pace`()
        async throws
    {
        try await withHall("most_ratings_per_minute: 5") { hall in
            let service = hall.gateway.questionnairePages
            let sent = (0..<5).map { _ in submission() }
            for one in sent { _ = try await service.submitQuestionnaire(one) }
            let refused = await #expect(throws: GatewayError.self) {
                try await service.submitQuestionnaire(submission())
            }
            #expect(refused?.code == "questionnaire.too-fast")
            for one in sent { _ = try await service.submitQuestionnaire(one) }
            #expect(await hall.gateway.journal.status().lastSequence == 5)
        }
    }

    @Test(arguments: ["", "1", "not-a-number"]) func `a submission has a UUID`(_ number: String) async throws {
        try await withHall { hall in
            let refused = await #expect(throws: GatewayError.self) {
                try await hall.gateway.questionnairePages.submitQuestionnaire(submission(number))
            }
            #expect(refused?.code == "questionnaire.invalid")
        }
    }

    @Test func `a hall without pages answers none of it`() async throws {
        try await WebHall.run(pads: 1) { hall in
            let service = hall.gateway.questionnairePages
            let refused = [
                await #expect(throws: GatewayError.self) { try await service.listQuestionnaires() },
                await #expect(throws: GatewayError.self) {
                    try await service.openQuestionnaire(QuestionnaireRequest(questionnaire: "hall-2026"))
                },
                await #expect(throws: GatewayError.self) { try await service.submitQuestionnaire(submission()) },
            ]
            #expect(refused.allSatisfy { $0?.code == "hall.no-pages" })
        }
    }
}
