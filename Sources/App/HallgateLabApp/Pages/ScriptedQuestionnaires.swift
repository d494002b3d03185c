// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel

/// Questionnaires without a journal: they are listed and answered as the core would, and do what a script says.
actor ScriptedQuestionnaires: QuestionnaireService {
    /// What was submitted, as a test asks for it.
    struct Responses: Sendable, Codable, ResponseEncodable {
        /// Every submission that arrived, answered or not.
        var attempts = 0
        /// Those that count, by their numbers.
        var recorded: [QuestionnaireSubmission] = []
    }

    private(set) var responses = Responses()
    private var version: UInt32 = 1
    private var answersToLose = 0

    // MARK: The script

    /// The next answers are recorded, and nobody is told.
    func loseAnswers(_ count: Int) { answersToLose = count }

    /// Another version is asked from now on.
    func renew() { version += 1 }

    /// The routes by which a test says what happens next.
    nonisolated func addScript(to router: Router<BasicRequestContext>) {
        router.post("lab/lose-answers") { request, context in
            await self.loseAnswers(try await request.decode(as: LoseOrder.self, context: context).lose)
            return HTTPResponse.Status.noContent
        }
        router.post("lab/renew") { _, _ in
            await self.renew()
            return HTTPResponse.Status.noContent
        }
        router.get("lab/answers") { _, _ in await self.responses }
    }

    // MARK: The service

    func listQuestionnaires() throws(GatewayError) -> QuestionnaireList {
        let entries = [hall, short].map {
            QuestionnaireList.Entry(
                id: $0.id, title: $0.title, introduction: $0.introduction, isOfferedAfterRating: $0.id == "short")
        }
        return QuestionnaireList(questionnaires: entries, isSentOn: true)
    }

    func openQuestionnaire(_ request: QuestionnaireRequest) throws(GatewayError) -> QuestionnaireOpening {
        guard let found = [hall, short].first(where: { $0.id == request.questionnaire }) else {
            throw Self.error("questionnaire.unknown")
        }
        return QuestionnaireOpening(questionnaire: found, isSentOn: true)
    }

    func submitQuestionnaire(_ submission: QuestionnaireSubmission) throws(GatewayError) -> SubmissionReceipt {
        responses.attempts += 1
        if !responses.recorded.contains(where: { $0.submission == submission.submission }) {
            let asked = try openQuestionnaire(QuestionnaireRequest(questionnaire: submission.questionnaire))
            guard asked.questionnaire.version == submission.version else { throw Self.error("questionnaire.outdated") }
            responses.recorded.append(submission)
        }
        if answersToLose > 0 {
            answersToLose -= 1
            throw Self.error("core.away")
        }
        let digits = submission.submission.filter { $0 != "-" }.prefix(12).uppercased()
        return SubmissionReceipt(receipt: "Q\(digits)")
    }

    private static func error(_ code: String) -> GatewayError {
        GatewayError(code, LocalText("The script says so", "脚本如此"), hint: LocalText("change the script", "请修改脚本"))
    }

    // MARK: What it asks

    /// Every kind of question, with rules that leave some out.
    private var hall: QuestionnaireDescription {
        QuestionnaireDescription(
            id: "hall", version: version,
            title: Self.text("大厅服务问卷", "How is our hall?", "ᠲᠠᠩᠬᠢᠮ ᠤᠨ ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ"),
            introduction: Self.text("约需一分钟，不记名。", "It takes a minute and no name.", "ᠨᠢᠭᠡ ᠮᠢᠨᠦ᠋ᠲ᠋"),
            questions: [
                .init(
                    id: "purpose", text: Self.text("您今天来办什么？", "What brings you here?", "ᠶᠠᠭᠤ ᠬᠢᠬᠦ ᠪᠡᠷ ᠢᠷᠡᠪᠡ?"),
                    kind: .choice, isRequired: true,
                    options: [
                        .init(id: "apply", text: Self.text("申请办件", "An application", "ᠭᠤᠶᠤᠴᠢᠯᠠᠬᠤ")),
                        .init(id: "ask", text: Self.text("咨询", "A question", "ᠠᠰᠠᠭᠤᠬᠤ")),
                    ], most: 1, skips: [.init(answers: ["ask"], target: "wish")]),
                .init(
                    id: "liked",
                    text: Self.text("哪些方面做得好？", "What was good?", "ᠶᠠᠭᠤ ᠰᠠᠢᠨ ᠪᠠᠢᠪᠠ?"), kind: .choice,
                    isRequired: false,
                    options: [
                        .init(id: "speed", text: Self.text("办得快", "Speed", "ᠬᠤᠷᠳᠤᠨ")),
                        .init(id: "manner", text: Self.text("态度好", "Manner", "ᠬᠠᠷᠢᠴᠠᠭ᠎ᠠ")),
                        // A text that the site has in one language alone.
                        .init(id: "place", text: PageText([.chinese: "环境好"])),
                    ], most: 2),
                .init(
                    id: "effort", text: Self.text("办事容易吗？", "How easy was it?", "ᠠᠮᠠᠷᠬᠠᠨ ᠤᠤ?"), kind: .scale,
                    isRequired: true,
                    scale: .init(
                        from: 1, to: 5, low: Self.text("很难", "Hard", "ᠬᠡᠴᠡᠭᠦᠦ"),
                        high: Self.text("很容易", "Easy", "ᠠᠮᠠᠷᠬᠠᠨ")),
                    skips: [.init(answers: ["4", "5"], target: nil)]),
                .init(
                    id: "wish", text: Self.text("您希望我们改进什么？", "What should we do better?", "ᠶᠠᠭᠤ ᠶᠢ ᠰᠠᠢᠵᠢᠷᠠᠭᠤᠯᠬᠤ ᠪᠤᠢ?"),
                    kind: .text, isRequired: false, longest: 100),
            ])
    }

    private var short: QuestionnaireDescription {
        QuestionnaireDescription(
            id: "short", version: 1, title: Self.text("您还会再来吗？", "Will you come again?", "ᠳᠠᠬᠢᠨ ᠢᠷᠡᠬᠦ ᠦᠦ?"),
            questions: [
                .init(
                    id: "again", text: Self.text("您还会再来吗？", "Will you come again?", "ᠳᠠᠬᠢᠨ ᠢᠷᠡᠬᠦ ᠦᠦ?"), kind: .scale,
                    isRequired: false, scale: .init(from: 0, to: 10))
            ])
    }

    private static func text(_ chinese: String, _ english: String, _ mongolian: String) -> PageText {
        PageText([.chinese: chinese, .english: english, .mongolian: mongolian])
    }
}

private struct LoseOrder: Decodable { var lose: Int }
