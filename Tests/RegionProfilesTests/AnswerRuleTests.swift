// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RegionProfiles

/// The rules that regions enforce (<doc:RegionProfiles>), as each profile reads them.
@Suite struct AnswerRuleTests {
    private func report(
        _ profile: String, _ body: String, of count: Int = 1, _ change: (inout RegionSettings) -> Void = { _ in }
    ) throws -> DeliveryReport {
        var settings = RegionSettings(profile: try #require(RegionProfile.named(profile)))
        change(&settings)
        return settings.coding(zone: .china, sealing: ShownSealing()).report(
            RegionReply(body: Array(body.utf8)), on: samples(1...count), at: UplinkSamples.moment.wall)
    }

    private static func soap(_ success: String, _ words: String) -> String {
        "<s:Envelope xmlns:s=\"u\"><s:Body><response><success>\(success)</success><msg>\(words)</msg></response></s:Body></s:Envelope>"
    }

    @Test(arguments: ["shandong-style", "zhejiang-style"]) func oneAnswerForAll(_ profile: String) throws {
        #expect(
            try report(profile, #"{"success":true,"msg":"ok"}"#, of: 3).verdicts == [.accepted, .accepted, .accepted])
        #expect(try report(profile, #"{"success":false,"msg":"字段缺失"}"#) == .refusedWhole(answer: "字段缺失"))
        #expect(try report(profile, #"{"success":false,"msg":"评价数据不可重复"}"#).verdicts == [.duplicate])
        #expect(try report(profile, #"{"success":false,"msg":"\u529e\u4ef6已存在"}"#).verdicts == [.duplicate])
        #expect(try report(profile, #"{"success":false,"msg":"评价数据不可重复"}"#, of: 2) == .refusedWhole(answer: "评价数据不可重复"))
        #expect(try report(profile, "<html/>").failure?.code == "uplink.answer-unreadable")
        #expect(try report(profile, #"{"code":0}"#).failure?.code == "uplink.answer-unreadable")
    }

    @Test func aCaseThatIsNotKnownYetIsWaitedForWhereThePlatformFilesIt() throws {
        let body = #"{"success":false,"msg":"办件不存在"}"#
        #expect(try report("shandong-style", body).verdicts == [.retry(after: nil)])
        #expect(try report("shandong-style", body) { $0.terms.caseMode = .none }.verdicts == [.rejected])
        let each =
            #"{"success":true,"results":[{"id":"\#(UplinkSamples.id(1))","result":"rejected","message":"办件不存在"}]}"#
        #expect(try report("national", each).verdicts == [.rejected])
        #expect(try report("national", each) { $0.terms.caseMode = .reference }.verdicts == [.retry(after: nil)])
    }

    @Test func anEnvelopeOfXMLIsRead() throws {
        let profile = "fujian-style"
        #expect(try report(profile, Self.soap("true", "ok"), of: 2).verdicts == [.accepted, .accepted])
        #expect(try report(profile, Self.soap("false", "评价数据&#19981;可重复")).verdicts == [.duplicate])
        #expect(try report(profile, Self.soap("false", "<![CDATA[办件不存在]]>")).verdicts == [.retry(after: nil)])
        #expect(try report(profile, Self.soap("false", "a &lt; b"), of: 2) == .refusedWhole(answer: "a < b"))
        for wrong in [
            "", "<", "<a>", "<a></b>", "<a><b></a></b>", "<!DOCTYPE a><a/>", "<a>&x;</a>", "<a/><b/>", "text",
            "<a b='1></a>", String(repeating: "<a>", count: 5000), Self.soap("true", "&#0;"), "<Envelope/>",
        ] {
            #expect(try report(profile, wrong).failure?.code == "uplink.answer-unreadable", "\(wrong)")
        }
    }

    @Test func anAnswerInsideAnAnswerIsOpened() throws {
        var profile = try #require(RegionProfile.named("shandong-style"))
        profile.answers.inside = AnswerPath("data")
        profile.sealing.opensAnswers = true
        let coding = RegionSettings(profile: profile).coding(zone: .china, sealing: ShownSealing())
        let body = #"{"data":"ENCRYPTED({\"success\":true})"}"#
        let report = coding.report(
            RegionReply(body: Array(body.utf8)), on: samples(1...1), at: UplinkSamples.moment.wall)
        #expect(report.verdicts == [.accepted])
    }

    @Test func ratingsAreFoundByTheRegionsOwnKey() throws {
        var profile = RegionProfile.national
        profile.answers.each?.key = .caseNumber(
            project: AnswerPath("p"), service: AnswerPath("s"), ordinal: AnswerPath("n"))
        let coding = RegionSettings(profile: profile).coding(zone: .china, sealing: nil)
        let body =
            #"{"success":true,"results":[{"p":"P2","s":"1","n":1,"result":"rejected"},{"p":"P1","s":"1","n":"1","result":"accepted"},{"p":"P3","s":"1","n":2,"result":"accepted"}]}"#
        let report = coding.report(
            RegionReply(body: Array(body.utf8)), on: samples(1...3), at: UplinkSamples.moment.wall)
        #expect(report.verdicts == [.accepted, .rejected, .unknown])
    }

    @Test func questionsAreAskedOnlyWhereTheTermsSaySo() throws {
        let access = RegionAccess(credentials: ["app_id": "a", "app_secret": "\"b"], now: UplinkSamples.moment.wall)
        let reference = CaseReference(projectNumber: "P 1", serviceNumber: "1&2")
        func coding(_ change: (inout RegionTerms) -> Void) -> any RegionCoding {
            var settings = RegionSettings()
            change(&settings.terms)
            return settings.coding(zone: .china, sealing: nil)
        }
        let plain = coding { _ in }
        for question in [RegionQuestion.alive, .outcomes(samples(1...1)), .fileCase(reference), .lookUpCase(reference)]
        {
            #expect(try plain.call(asking: question, access: access) == nil)
        }
        #expect(try plain.call(asking: .token, access: RegionAccess(now: access.now)) == nil)
        let token = try #require(try plain.call(asking: .token, access: access))
        #expect(
            token.path == "/api/token"
                && String(decoding: token.body, as: UTF8.self) == #"{"app_id":"a","app_secret":"\"b"}"#)
        let lookUp = try coding { $0.caseMode = .reference }.call(asking: .lookUpCase(reference), access: access)
        #expect(lookUp?.path == "/api/cases?projectNo=P%201&serviceNumber=1%262" && lookUp?.method == "GET")
        #expect(
            try coding { $0.caseMode = .push }.call(asking: .fileCase(reference), access: access)?.body.isEmpty == false
        )
        let outcomes = try coding { $0.onUnknown = .query }.call(asking: .outcomes(samples(1...2)), access: access)
        #expect(
            outcomes.map { String(decoding: $0.body, as: UTF8.self) }
                == #"{"ids":["\#(UplinkSamples.id(1))","\#(UplinkSamples.id(2))"]}"#)
        #expect(throws: GatewayError.self) {
            try plain.call(asking: .token, access: RegionAccess(credentials: ["app_id": "a"], now: access.now))
        }
    }

    @Test func answersToQuestionsAreRead() throws {
        let coding = RegionSettings().coding(zone: .china, sealing: nil)
        func reply(_ body: String, status: Int = 200) -> RegionReply {
            RegionReply(status: status, body: Array(body.utf8))
        }
        #expect(
            try coding.token(in: reply(#"{"token":"t","expires_in":60}"#))
                == RegionToken(value: "t", validFor: .seconds(60)))
        #expect(throws: GatewayError.self) { try coding.token(in: reply(#"{"token":"t\r\nx"}"#)) }
        let outcomes =
            #"{"success":true,"results":[{"id":"\#(UplinkSamples.id(1))","result":"accepted"},{"id":"\#(UplinkSamples.id(2))","result":"absent"}]}"#
        #expect(
            try coding.outcomes(in: reply(outcomes), of: samples(1...3)).map(\.verdict) == [
                .accepted, .retry(after: nil), .unknown,
            ])
        #expect(coding.outcomes(in: Array(outcomes.utf8))?[UplinkSamples.id(1)]?.verdict == .accepted)
        #expect(try coding.holdsCase(reply(#"{"exists":true}"#)))
        #expect(try coding.holdsCase(reply(#"{"results":[{"result":"duplicate"}]}"#)))
        #expect(try !coding.holdsCase(reply(#"{"exists":"true"}"#)))
        #expect(try coding.holdsCase(reply(#"{"message":"办件已存在"}"#, status: 409)))
        #expect(try !coding.holdsCase(reply(#"{"message":"事项编码不存在"}"#, status: 409)))
        #expect(throws: GatewayError.self) { try coding.holdsCase(RegionReply(status: 500, body: [])) }
        #expect(throws: GatewayError.self) { try coding.holdsCase(RegionReply(status: 409, body: Array("busy".utf8))) }
        let holdings = try coding.holdings(
            in: reply(
                #"{"holdings":[{"id":"\#(UplinkSamples.id(1))","satisfaction":"1","pf":"5","projectNo":"P","serviceNumber":"1"}]}"#
            ))
        #expect(
            holdings.ratings.first?.level == .veryDissatisfied
                && holdings.ratings.first?.caseReference?.projectNumber == "P")
        let notices = try coding.notices(
            in: reply(
                #"{"next":"7","notices":[{"kind":"verdict","id":"\#(UplinkSamples.id(1))","number":"F1","outcome":"维持","text":""},{"kind":"rate","scope":"A","period":"2026-02","value":"98.5"},{"kind":"new"},{"kind":"indicators","version":"3","table":"a\nb"}]}"#
            ))
        #expect(notices.next == "7" && notices.notices.count == 3)
        #expect(notices.notices.last == .indicators(version: "3", table: Array("a\nb".utf8)))
    }
}
