// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import HummingbirdTesting
import NIOCore
import RatingModel
import Synchronization
import Testing

@testable import KioskPages

/// Questionnaires that answer what a test told them, and keep what they were asked.
final class FakeQuestionnaires: QuestionnaireService {
    struct State: Sendable {
        var asked = FakeQuestionnaires.asked
        var isSentOn = true
        var openError: GatewayError?
        var submitError: GatewayError?
        var submissions: [QuestionnaireSubmission] = []
    }

    let state: Mutex<State>

    init(_ change: (inout State) -> Void = { _ in }) {
        var state = State()
        change(&state)
        self.state = Mutex(state)
    }

    var submissions: [QuestionnaireSubmission] { state.withLock { $0.submissions } }

    func listQuestionnaires() throws(GatewayError) -> QuestionnaireList {
        let state = state.withLock { $0 }
        if let error = state.openError { throw error }
        return QuestionnaireList(
            questionnaires: [.init(id: state.asked.id, title: state.asked.title, isOfferedAfterRating: true)],
            isSentOn: state.isSentOn)
    }

    func openQuestionnaire(_ request: QuestionnaireRequest) throws(GatewayError) -> QuestionnaireOpening {
        let state = state.withLock { $0 }
        if let error = state.openError { throw error }
        guard request.questionnaire == state.asked.id else { throw FakeHall.error("questionnaire.unknown") }
        return QuestionnaireOpening(questionnaire: state.asked, isSentOn: state.isSentOn)
    }

    func submitQuestionnaire(_ submission: QuestionnaireSubmission) throws(GatewayError) -> SubmissionReceipt {
        if let error = state.withLock({ $0.submitError }) { throw error }
        state.withLock { $0.submissions.append(submission) }
        return SubmissionReceipt(receipt: "7Q2M-41KD")
    }

    static let asked = QuestionnaireDescription(
        id: "hall-2026", version: 3, title: PageText([.chinese: "大厅服务问卷", .english: "The hall"]),
        questions: [
            .init(
                id: "purpose", text: PageText([.chinese: "来办什么"]), kind: .choice, isRequired: true,
                options: [
                    .init(id: "apply", text: PageText([.chinese: "办件"])),
                    .init(id: "ask", text: PageText([.chinese: "咨询"])),
                ], most: 1, skips: [.init(answers: ["ask"], target: "wish")]),
            .init(
                id: "liked", text: PageText([.chinese: "哪些好"]), kind: .choice, isRequired: false,
                options: ["speed", "manner", "place"].map { .init(id: $0, text: PageText([.chinese: "\($0)好"])) },
                most: 2),
            .init(
                id: "effort", text: PageText([.chinese: "容易吗"]), kind: .scale, isRequired: true,
                scale: .init(from: 1, to: 5, low: PageText([.chinese: "难"]), high: PageText([.chinese: "易"])),
                skips: [.init(answers: ["4", "5"], target: nil)]),
            .init(id: "wish", text: PageText([.chinese: "建议"]), kind: .text, isRequired: false, longest: 10),
        ])
}

/// Asks the pages over questionnaires one thing.
func ask(
    _ service: FakeQuestionnaires?, _ path: String, method: HTTPRequest.Method = .get, type: String? = nil,
    body: String? = nil, hall: FakeHall = FakeHall()
) async throws -> Answer {
    let router = Router()
    try addKioskPages(to: router, hall: hall, questionnaires: service)
    return try await Application(router: router).test(.router) { client in
        try await client.execute(
            uri: path, method: method, headers: type.map { [.contentType: $0] } ?? [:],
            body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Answer(status: response.status, headers: response.headers, text: String(buffer: response.body))
        }
    }
}

@Suite struct QuestionnairePageTests {
    private func send(_ service: FakeQuestionnaires, _ answers: String, version: Int = 3) async throws -> Answer {
        let body =
            #"{"submission":"\#(number)","version":\#(version),"answers":\#(answers),"language":"zh-Hans","place":"kiosk"}"#
        return try await ask(
            service, "/q/hall-2026/answers", method: .post, type: "application/json", body: body)
    }

    @Test func theListAndTheEntrancesLeadToIt() async throws {
        let list = try await ask(FakeQuestionnaires(), "/q?lang=en&at=kiosk")
        #expect(list.status == .ok && list.text.contains("href=\"/q/hall-2026?lang=en&amp;at=kiosk\""))
        #expect(list.text.contains("The hall"))
        #expect(try await ask(FakeQuestionnaires(), "/c/7Q2M").text.contains("href=\"/q/hall-2026?lang=zh-Hans\""))
        let none = FakeQuestionnaires { $0.openError = FakeHall.error("core.away") }
        #expect(!(try await ask(none, "/c/7Q2M").text.contains("/q/")))
        #expect(try await ask(none, "/q").status == .serviceUnavailable)
        #expect(try await ask(nil, "/q").status == .notFound)
    }

    @Test func thePageAsksEverythingAndSaysWhereAnAnswerLeads() async throws {
        let page = try await ask(FakeQuestionnaires(), "/q/hall-2026")
        #expect(page.status == .ok && page.headers[.cacheControl] == "no-store")
        for words in ["大厅服务问卷", "来办什么", "哪些好", "容易吗", "建议", "最多选 2 项", "必答", "（选此项请跳到第 4 题）", "（选此项后即可提交）"] {
            #expect(page.text.contains(words), "\(words)")
        }
        #expect(page.text.contains("您的答卷由自治区好差评系统接收。"))
        let kept = try await ask(FakeQuestionnaires { $0.isSentOn = false }, "/q/hall-2026")
        #expect(kept.text.contains("您的答卷由本大厅保存。") && !kept.text.contains("接收"))
        #expect(!page.text.contains("style=") && !page.text.contains("http"))
        let foreign = try await ask(FakeQuestionnaires(), "/q/hall-2026?lang=en").text
        #expect(foreign.contains("<span lang=\"zh-Hans\">来办什么</span>") && foreign.contains(">The hall</h1>"))
    }

    @Test func textsFromOutsideStayText() async throws {
        let evil = "\"\u{301} autofocus x='<script>alert(1)</script>&"
        let service = FakeQuestionnaires {
            $0.asked.title = PageText([.chinese: evil])
            $0.asked.questions[0].text = PageText([.chinese: evil])
            $0.asked.questions[0].options[0] = .init(id: evil, text: PageText([.chinese: evil]))
            $0.asked.questions[3].id = evil
        }
        for path in ["/q", "/q/hall-2026", "/c/7Q2M"] {
            let page = try await ask(service, path).text
            #expect(page.contains("&quot;\u{301} autofocus") && !page.contains("<script>"), "\(path)")
        }
    }

    @Test func thanksComeFromTheCoresAnswerAlone() async throws {
        let service = FakeQuestionnaires()
        let answer = try await send(
            service,
            #"[{"question":"purpose","choices":["apply"]},{"question":"effort","scale":2},{"question":"wish","text":" 好\r\n "}]"#
        )
        #expect(answer.status == .ok && answer.text == #"{"receipt":"7Q2M-41KD"}"#)
        #expect(
            service.submissions == [
                QuestionnaireSubmission(
                    questionnaire: "hall-2026", version: 3, submission: number,
                    answers: [
                        .init(question: "purpose", choices: ["apply"]), .init(question: "effort", scale: 2),
                        .init(question: "wish", text: "好"),
                    ], place: .kiosk)
            ])
    }

    @Test(arguments: [
        ("[]", "unanswered", "请回答：来办什么"), (#"[{"question":"purpose","choices":[]}]"#, "unanswered", "请回答：来办什么"),
        (#"[{"question":"purpose","choices":["apply"]}]"#, "unanswered", "请回答：容易吗"),
        (
            #"[{"question":"purpose","choices":["apply"]},{"question":"liked","choices":["speed","manner","place"]}]"#,
            "tooMany", "最多选 2 项：哪些好"
        ),
        (
            #"[{"question":"purpose","choices":["ask"]},{"question":"wish","text":"一二三四五六七八九十一"}]"#, "tooLong",
            "文字超过 10 字"
        ),
        ("{}", "other", "内容有误"), (#"[{"question":"a","scale":"x"}]"#, "other", "内容有误"),
        (#"[{"question":"purpose","choices":["ask"]},{"question":"purpose","choices":["ask"]}]"#, "other", "内容有误"),
    ]) func whatIsWrongIsSaidAtTheQuestion(_ answers: String, _ error: String, _ words: String) async throws {
        let service = FakeQuestionnaires()
        let answer = try await send(service, answers)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("\"error\":\"\(error)\"") && answer.text.contains(words), "\(answer.text)")
        #expect(service.submissions.isEmpty)
    }

    @Test(arguments: [
        ("questionnaire.unknown", 404, "questionnaireUnknown"), ("questionnaire.outdated", 409, "outdated"),
        ("questionnaire.invalid", 422, "other"), ("questionnaire.too-fast", 429, "answersTooFast"),
        ("journal.submission-used", 409, "answersUsed"), ("journal.disk-full", 503, "answersAway"),
        ("web.core-silent", 503, "answersAway"),
    ]) func whatIsNotRecordedIsNotThanked(_ code: String, _ status: Int, _ error: String) async throws {
        let service = FakeQuestionnaires { $0.submitError = FakeHall.error(code) }
        let answer = try await send(service, #"[{"question":"purpose","choices":["ask"]}]"#)
        #expect(answer.status.code == status && answer.text.contains("\"error\":\"\(error)\""), "\(answer.text)")
        #expect(!answer.text.contains("receipt") && !answer.text.contains("xyzzy") && !answer.text.contains("errno"))
        #expect((answer.headers[.retryAfter] != nil) == [429, 503].contains(status))
    }

    /// Only the gateway knows what was recorded before the questionnaire changed or ended.
    @Test func whatWasShownEarlierIsForTheGatewayToJudge() async throws {
        let service = FakeQuestionnaires()
        #expect(try await send(service, "[]", version: 2).status == .ok)
        service.state.withLock { $0.asked.id = "other" }
        #expect(try await send(service, #"[{"question":"gone","scale":1}]"#).status == .ok)
        #expect(service.submissions.count == 2)
    }

    @Test func onlyJSONOfALimitedLengthIsRead() async throws {
        let service = FakeQuestionnaires()
        let text = try await ask(service, "/q/hall-2026/answers", method: .post, type: "text/plain", body: "{}")
        #expect(text.status == .unsupportedMediaType)
        let long = try await send(service, "[" + String(repeating: " ", count: 65_536) + "]")
        #expect(long.status == .contentTooLarge)
        #expect(service.submissions.isEmpty)
    }

    @Test func aFormWithoutAScriptIsTakenAsItsRulesLead() async throws {
        let service = FakeQuestionnaires()
        let body =
            "submission=\(number)&version=3&language=en&place=phone&q.purpose=ask&q.liked=speed&q.effort=&q.wish=%E5%A5%BD"
        let page = try await ask(service, "/q/hall-2026?lang=en", method: .post, body: body)
        #expect(page.status == .ok && page.text.contains("7Q2M-41KD") && page.text.contains("Your answers are saved"))
        // What was ticked in a question that is left out after an answer is not meant.
        #expect(
            service.submissions.map(\.answers) == [
                [.init(question: "purpose", choices: ["ask"]), .init(question: "wish", text: "好")]
            ])
    }

    @Test func aFormWithAProblemComesBackAsItWasFilledIn() async throws {
        let service = FakeQuestionnaires()
        let body = "submission=\(number)&version=3&q.purpose=apply&q.liked=place&q.effort=&q.wish=%3C%2Ftextarea%3E"
        let page = try await ask(service, "/q/hall-2026", method: .post, body: body)
        #expect(page.status == .unprocessableContent && page.text.contains("请回答：容易吗"))
        #expect(page.text.contains("value=\"\(number)\"") && page.text.contains("value=\"place\" checked"))
        #expect(page.text.contains("&lt;/textarea&gt;") && page.text.contains("data-question=\"effort\""))
        #expect(page.text.components(between: "<fieldset", and: ">").filter { $0.contains("data-wrong") }.count == 1)
        #expect(service.submissions.isEmpty)
    }

    @Test(arguments: ["%3Cscript%3E", "a%20b", String(repeating: "a", count: 513), "other"])
    func whatIsNoQuestionnaireIsSaidKindly(_ id: String) async throws {
        let page = try await ask(FakeQuestionnaires(), "/q/\(id)")
        #expect(page.status == .notFound && page.text.contains("没有这份问卷"))
    }

    @Test func aPageThatIsAwaySendsOnWhatIsUnderWay() async throws {
        let service = FakeQuestionnaires { $0.openError = FakeHall.error("core.away") }
        let page = try await ask(service, "/q/hall-2026")
        #expect(page.status == .serviceUnavailable && page.text.contains("暂时无法提交"))
        #expect(page.text.contains("data-code=\"q/hall-2026\" data-send=\"/q/hall-2026/answers\""))
    }
}
