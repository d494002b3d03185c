// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RegionProfiles

@Suite struct RegionAnswerTests {
    private let batch = samples(1...3)
    private let coding = RegionSettings().coding(zone: .china, sealing: nil)

    private func report(
        _ body: String, status: Int = 200, retryAfter: String? = nil, of batch: [OutgoingRecord]? = nil
    ) -> DeliveryReport {
        coding.report(
            RegionReply(status: status, retryAfter: retryAfter, body: Array(body.utf8)),
            on: batch ?? self.batch, at: UplinkSamples.moment.wall)
    }

    private func result(_ number: Int, _ result: String, _ message: String = "") -> String {
        #"{"id":"\#(UplinkSamples.id(number))","result":"\#(result)","message":"\#(message)"}"#
    }

    private func results(_ items: String...) -> String {
        #"{"success":true,"results":[\#(items.joined(separator: ","))]}"#
    }

    @Test func eachResultHasItsMeaning() {
        let body = results(result(3, "rejected", "办件不存在"), result(1, "accepted"), result(2, "duplicate"))
        #expect(report(body).verdicts == [.accepted, .duplicate, .rejected])
        guard case .answered(let outcomes) = report(body) else { return }
        #expect(outcomes[2].answer == "rejected: 办件不存在")
    }

    @Test func alreadyHavingItIsSuccess() {
        #expect(report(results(result(1, "rejected", "评价数据不可重复！"))).verdicts?.first == .duplicate)
        let alone = samples(1...1)
        let body = #"{"success":false,"message":"评价数据不可重复"}"#
        #expect(report(body, of: alone).verdicts == [.duplicate])
        #expect(report(body, status: 400, of: alone).verdicts == [.duplicate])
        #expect(report(body) == .refusedWhole(answer: "评价数据不可重复"))
    }

    @Test func whatTheAnswerDoesNotSayIsUnknown() {
        let foreign = #"{"id":"00000000-0000-7000-8000-000000000000","result":"accepted"}"#
        #expect(report(results(foreign, result(2, "accepted"))).verdicts == [.unknown, .accepted, .unknown])
        #expect(
            report(results(result(1, "later"), result(2, "retry"))).verdicts == [
                .unknown, .retry(after: nil), .unknown,
            ])
        #expect(report(#"{"success":true}"#).verdicts == [.unknown, .unknown, .unknown])
        #expect(report(#"{"success":true,"results":null}"#).verdicts == [.unknown, .unknown, .unknown])
        #expect(report(results()).verdicts == [.unknown, .unknown, .unknown])
    }

    @Test func whatTheAnswerSaysTwiceCountsOnlyWhereItAgrees() {
        let body = results(result(1, "accepted"), result(1, "rejected"), result(2, "accepted"), result(2, "accepted"))
        #expect(report(body).verdicts == [.unknown, .accepted, .unknown])
    }

    @Test func wrongTypesCostOnlyTheirOwnRating() {
        let items = [
            "7", "null", "[]", #"{"id":1,"result":"accepted"}"#, #"{"result":"accepted"}"#,
            #"{"id":"\#(UplinkSamples.id(1))","result":true}"#, #"{"id":"x","result":"accepted"}"#,
            #"{"id":"\#(UplinkSamples.id(3))","result":"accepted","message":{"a":[1]}}"#, result(2, "accepted"),
        ]
        #expect(
            report(#"{"success":true,"results":[\#(items.joined(separator: ","))]}"#).verdicts
                == [.unknown, .accepted, .accepted])
        #expect(report(results(result(1, "accepted")).uppercasedIDs).verdicts?.first == .accepted)
    }

    @Test(arguments: [
        "", "{", "null", "[]", "7", "\"ok\"", "<html>login</html>", "{}", #"{"success":"true"}"#, #"{"success":1}"#,
        #"{"success":true,"results":{}}"#, #"{"success":true,"results":"all"}"#, "\u{FEFF}\u{0}",
        String(repeating: "[", count: 100_000), String(repeating: #"{"success":"#, count: 20_000),
    ]) func nonsenseSaysNothingOfTheRatings(_ body: String) {
        #expect(report(body).failure?.code == "uplink.answer-unreadable")
        #expect(report(body).mayHaveArrived == true)
    }

    @Test func bytesThatAreNoTextAreNonsense() {
        for seed in UInt8(0)...255 {
            let bytes = (0..<64).map { UInt8(truncatingIfNeeded: ($0 &* 73) ^ Int(seed) &* 31) }
            let answer = RegionReply(status: 200, retryAfter: nil, body: bytes)
            #expect(coding.report(answer, on: batch, at: UplinkSamples.moment.wall).failure != nil)
        }
    }

    @Test(arguments: [
        (401, "uplink.unauthorized", false), (403, "uplink.unauthorized", false), (404, "uplink.wrong-address", false),
        (408, "uplink.overloaded", true), (429, "uplink.overloaded", false), (500, "uplink.region-failed", true),
        (502, "uplink.region-failed", true), (503, "uplink.overloaded", true), (302, "uplink.redirected", false),
        (204, "uplink.region-failed", false), (418, "uplink.region-failed", false),
    ]) func aStatusSaysNothingOfTheRatings(_ status: Int, _ code: String, _ mayHaveArrived: Bool) {
        let report = report(results(result(1, "accepted")), status: status)
        #expect(report.failure?.code == code)
        #expect(report.mayHaveArrived == mayHaveArrived)
        #expect(report.failure?.hint.chinese.isEmpty == false)
    }

    @Test(arguments: [400, 413, 422]) func aRefusedRequestIsABatchRefusedWhole(_ status: Int) {
        #expect(report("", status: status) == .refusedWhole(answer: "HTTP \(status)"))
        let body = #"{"success":false,"message":"字段缺失"}"#
        #expect(report(body, status: status) == .refusedWhole(answer: "HTTP \(status): 字段缺失"))
    }

    @Test(
        arguments: [
            ("7", 7), ("0", 0), ("99999999999", 31_536_000), ("Sun, 01 Mar 2026 01:00:30 GMT", 30),
            ("Sun, 01 Mar 2020 01:00:30 GMT", 0), ("soon", nil), ("-5", nil), ("Sun, 99 Mar 2026 01:00:30 GMT", nil),
            ("", nil), ("99999999999999999999999", nil),
        ] as [(String, Int?)]) func retryAfterIsRead(_ text: String, _ seconds: Int?)
    {
        guard case .unreachable(_, _, let wait) = report("", status: 503, retryAfter: text) else {
            Issue.record("not unreachable")
            return
        }
        #expect(wait == seconds.map { .seconds($0) })
    }

    @Test func receiptsAreShortAndHarmless() {
        let long = String(repeating: "评", count: 500) + "\u{1B}[31m"
        #expect(ReceiptText.shortened(long).utf8.count == 300)
        #expect(ReceiptText.shortened("a\u{1B}[31mb\r\nc\u{9B}d") == "a [31mb  c d")
    }
}

extension String {
    /// The same answer with its ids in capitals, as some databases give them back.
    fileprivate var uppercasedIDs: String {
        replacing(UplinkSamples.id(1).description, with: UplinkSamples.id(1).description.uppercased())
    }
}
