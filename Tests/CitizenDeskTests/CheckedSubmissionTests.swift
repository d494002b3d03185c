// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import HallAPI
import RatingModel
import Testing

private let number = "0190a6c4-7d3e-7b1a-9c52-3f6f0e2d8a11"

/// A hall that asks for nothing but what the region wants.
private func hall(
    realName: HallDescription.RealName = .anonymous, wantsReason: Bool = false
) -> HallDescription {
    HallDescription(
        name: "政务大厅", windows: [], languages: [.chinese],
        indicators: [
            .dissatisfied: [
                .init(code: "207", text: "没有提供材料样本", isBasic: true),
                .init(code: "213", text: "窗口人员业务不熟练", isBasic: false),
            ],
            .verySatisfied: [.init(code: "517", text: "服务热情效率高", isBasic: false)],
        ], isReasonRequiredForBad: wantsReason, realName: realName, textLimit: 150, version: 1)
}

private func submission(
    _ level: PageLevel = .dissatisfied, _ indicators: [String] = [], text: String? = nil, name: String? = nil,
    mobile: String? = nil, number: String = number, place: RatingSubmission.Place = .phone
) -> RatingSubmission {
    RatingSubmission(
        code: "c", submission: number, level: level, indicators: indicators, text: text, name: name, mobile: mobile,
        place: place)
}

@Suite struct CheckedSubmissionTests {
    @Test func `what a page sends is taken as it is`() throws {
        let checked = try CheckedSubmission(submission(.dissatisfied, ["207", "213"], text: " 等了\r\n很久 "), for: hall())
        #expect(checked.level == .dissatisfied && checked.channel == .qrCode)
        #expect(checked.personal == PersonalFields(["indicators": "207,213", "text": "等了\n很久"]))
        #expect(checked.number == RecordID(number)?.bytes)
        #expect(try CheckedSubmission(submission(.satisfied, place: .kiosk), for: hall()).channel == .terminal)
    }

    @Test func `nothing said is nothing kept`() throws {
        #expect(try CheckedSubmission(submission(text: " \n "), for: hall()).personal == nil)
        #expect(
            try CheckedSubmission(submission(name: "", mobile: " "), for: hall(realName: .optional)).personal == nil)
    }

    @Test func `150 characters are what people count`() throws {
        let family = String(repeating: "👨‍👩‍👧", count: 40)
        let text = String(repeating: "慢", count: 110) + family
        #expect(try CheckedSubmission(submission(text: text), for: hall()).personal?[.text] == text)
    }

    @Test func `a name is taken where one is asked for`() throws {
        let checked = try CheckedSubmission(
            submission(name: "王某", mobile: "+86 138-0013-8000"), for: hall(realName: .required))
        #expect(checked.personal?[.name] == "王某" && checked.personal?[.mobile] == "+86 138-0013-8000")
    }

    @Test(arguments: [
        (submission(.dissatisfied, ["517"]), hall(), "not one of the level's"),
        (submission(.satisfied, ["207"]), hall(), "not one of the level's"),
        (submission(.dissatisfied, ["207", "207"]), hall(), "twice"),
        (submission(.dissatisfied, (0..<33).map { "\($0)" }), hall(), "too many"),
        (submission(text: String(repeating: "慢", count: 151)), hall(), "longer than 150"),
        (submission(text: "a" + String(repeating: "\u{0301}", count: 700)), hall(), "longer than 150"),
        (submission(text: "a\u{7}b"), hall(), "control"), (submission(name: "王某"), hall(), "not asked for"),
        (submission(mobile: "13800138000"), hall(), "not asked for"),
        (submission(name: "王某"), hall(realName: .required), "are required"),
        (submission(name: "王\n某", mobile: "13800138000"), hall(realName: .required), "more than a line"),
        (submission(mobile: "call me"), hall(realName: .optional), "no telephone number"),
        (submission(number: "not-a-uuid"), hall(), "no UUID"),
        (submission(.veryDissatisfied), hall(wantsReason: true), "a reason is required"),
    ]) func `what no page sends is refused, without a word of what was chosen`(
        _ submission: RatingSubmission, _ hall: HallDescription, _ words: String
    ) {
        #expect {
            try CheckedSubmission(submission, for: hall)
        } throws: { error in
            let error = error as? GatewayError
            let said = "\(error?.cause ?? "")\(error?.message.english ?? "")\(error?.hint.english ?? "")"
            return error?.code == "rating.invalid" && said.contains(words) && !said.contains("207")
                && !said.contains(submission.level.rawValue)
        }
    }

    @Test func `a reason is required of a bad rating alone, and any will do`() throws {
        let asking = hall(wantsReason: true)
        _ = try CheckedSubmission(submission(.basicallySatisfied), for: asking)
        _ = try CheckedSubmission(submission(.dissatisfied, ["213"]), for: asking)
        _ = try CheckedSubmission(submission(.dissatisfied, text: "慢"), for: asking)
    }
}

@Suite struct SubmissionPaceTests {
    private func at(_ milliseconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
    }

    @Test func `a burst is taken, then what comes evenly`() {
        var pace = SubmissionPace(perMinute: 60)
        let source = [SubmissionPace.Source.code([1])]
        for _ in 0..<30 { #expect(pace.take(source, at: at(0)) == nil) }
        #expect(pace.take(source, at: at(0)) == .seconds(1))
        #expect(pace.take(source, at: at(400)) == .milliseconds(600), "a refusal counts nothing")
        #expect(pace.take(source, at: at(1000)) == nil)
        #expect(pace.take(source, at: at(1000)) == .seconds(1))
        #expect(pace.take([.code([2])], at: at(1000)) == nil, "another code is not held up")
    }

    @Test func `a window and a code count together`() {
        var pace = SubmissionPace(perMinute: 10)
        let window = SubmissionPace.Source.window(WindowID("A01"))
        for code in 0..<5 { #expect(pace.take([.code([UInt8(code)]), window], at: at(0)) == nil) }
        #expect(pace.take([.code([9]), window], at: at(0)) != nil)
        #expect(pace.take([.code([9])], at: at(0)) == nil)
    }

    @Test func `what is remembered is bounded`() {
        var pace = SubmissionPace(perMinute: 1)
        for code in 0..<3 * SubmissionPace.most {
            _ = pace.take([.code([UInt8(code & 255), UInt8(code >> 8)])], at: at(Int64(code)))
            #expect(pace.count <= SubmissionPace.most)
        }
    }
}
