// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel
import Testing

@Suite struct SubmissionTests {
    private let satisfied =
        #"{"submission":"\#(number)","level":"satisfied","indicators":["410"],"text":"好","language":"en"}"#

    @Test func thanksComeFromTheCoresAnswerAlone() async throws {
        let hall = FakeHall()
        let answer = try await rate(hall, satisfied)
        #expect(answer.status == .ok)
        #expect(answer.text == #"{"receipt":"7Q2M-41KD"}"#)
        #expect(
            hall.submissions == [
                RatingSubmission(
                    code: "CODE", submission: number, level: .satisfied, indicators: ["410"], text: "好",
                    language: .english)
            ])
    }

    @Test(arguments: [
        ("code.redeemed", 409, "redeemed"), ("code.expired", 410, "expired"), ("code.foreign", 404, "foreign"),
        ("journal.disk-full", 503, "away"), ("rating.invalid", 422, "other"), ("rating.too-fast", 429, "tooFast"),
    ]) func whatIsNotRecordedIsNotThanked(_ code: String, _ status: Int, _ error: String) async throws {
        let answer = try await rate(FakeHall { $0.submitError = FakeHall.error(code) }, satisfied)
        #expect(answer.status.code == status)
        #expect(answer.text.contains("\"error\":\"\(error)\""))
        #expect(
            !answer.text.contains("receipt") && !answer.text.contains("xyzzy") && !answer.text.contains("satisfied"))
        #expect((answer.headers[.retryAfter] != nil) == [429, 503].contains(status))
    }

    @Test(arguments: [
        "", "[]", "{", "null", #"{"level":5}"#, #"{"submission":"\#(number)","level":"great"}"#,
        #"{"submission":"\#(number)","level":"satisfied","indicators":"410"}"#,
        #"{"submission":"\#(number)","level":"satisfied","indicators":["111"]}"#,
        #"{"submission":"1","level":"satisfied"}"#, #"{"submission":"\#(number)","level":"satisfied","text":"\ud800"}"#,
    ]) func badJSONIsRefused(_ json: String) async throws {
        let hall = FakeHall()
        let answer = try await rate(hall, json)
        #expect(answer.status == .unprocessableContent)
        #expect(hall.submissions.isEmpty)
    }

    @Test func problemsAreNamedInThePagesLanguage() async throws {
        let bad = #"{"submission":"\#(number)","level":"dissatisfied","language":"LANG"}"#
        let chinese = try await rate(FakeHall(), bad.replacing("LANG", with: "zh-Hans"))
        #expect(chinese.status == .unprocessableContent && chinese.text.contains("请至少选择一项感受"))
        #expect(try await rate(FakeHall(), bad.replacing("LANG", with: "en")).text.contains("at least one reason"))
    }

    @Test func onlyJSONOfALimitedLengthIsRead() async throws {
        let hall = FakeHall()
        let form = try await ask(
            hall, "/r/CODE/ratings", method: .post, headers: [.contentType: "text/plain"], body: satisfied)
        #expect(form.status == .unsupportedMediaType)
        let long = try await rate(hall, satisfied + String(repeating: " ", count: 20_000))
        #expect(long.status == .contentTooLarge)
        #expect(hall.submissions.isEmpty)
    }

    @Test func aFormWithoutAScriptIsTakenAndThanked() async throws {
        let hall = FakeHall()
        let body =
            "submission=\(number)&level=dissatisfied&indicators=210&indicators=410&text=&language=zh-Hans&place=phone"
        let page = try await ask(hall, "/r/CODE", method: .post, body: body)
        #expect(page.status == .ok)
        #expect(page.text.contains("感谢您的评价") && page.text.contains("7Q2M-41KD"))
        #expect(!page.text.contains("不满意"))
        #expect(hall.submissions.map(\.indicators) == [["210"]])
    }

    @Test func aFormWithAProblemComesBackAsItWasFilledIn() async throws {
        let hall = FakeHall()
        let page = try await ask(
            hall, "/r/CODE", method: .post, body: "submission=\(number)&level=dissatisfied&text=&language=zh-Hans")
        #expect(page.status == .unprocessableContent)
        #expect(page.text.contains("请至少选择一项感受"))
        #expect(page.text.contains("value=\"\(number)\""))
        #expect(page.text.contains("value=\"dissatisfied\" checked"))
        #expect(hall.submissions.isEmpty)
    }

    @Test func theWaitThatTheCoreKnowsIsToldToWhoeverCameTooFast() async throws {
        for code in ["rating.too-fast", "kiosk.too-fast"] {
            let error = GatewayError(
                code, LocalText("fast", "快"), hint: LocalText("wait", "请等待"), retryAfterSeconds: 17)
            #expect(try await rate(FakeHall { $0.submitError = error }, satisfied).headers[.retryAfter] == "17")
            let page = try await ask(
                FakeHall { $0.submitError = error }, "/r/CODE", method: .post,
                body: "submission=\(number)&level=satisfied&language=zh-Hans")
            #expect(page.status == .tooManyRequests && page.headers[.retryAfter] == "17")
        }
        let unsaid = try await rate(FakeHall { $0.submitError = FakeHall.error("rating.too-fast") }, satisfied)
        #expect(unsaid.headers[.retryAfter] == "5")
    }
}
