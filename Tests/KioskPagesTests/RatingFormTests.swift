// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Testing

@testable import KioskPages

@Suite struct RatingFormTests {
    private func form(_ change: (inout RatingForm) -> Void = { _ in }) -> RatingForm {
        var form = RatingForm(submission: number, level: "satisfied")
        change(&form)
        return form
    }

    private func read(_ form: RatingForm, _ change: (inout HallDescription) -> Void = { _ in }) throws
        -> RatingSubmission
    {
        var hall = FakeHall.hall()
        change(&hall)
        return try form.submission(code: "CODE", in: hall)
    }

    @Test func aLevelAloneIsARating() throws {
        let rating = try read(form())
        #expect(rating.level == .satisfied)
        #expect(rating.submission == number)
        #expect(rating.text == nil && rating.name == nil && rating.mobile == nil)
        #expect(rating.place == .phone)
    }

    @Test func codePointsAreCountedNotBytesNorClusters() throws {
        #expect(try read(form { $0.text = String(repeating: "好", count: 150) }).text?.count == 150)
        #expect(throws: RatingProblem.tooLong) { try read(form { $0.text = String(repeating: "好", count: 151) }) }
        // A family of seven code points is one character to a reader and seven here, as in the page's counter.
        let family = "👩‍👩‍👧‍👦"
        #expect(family.count == 1 && family.unicodeScalars.count == 7)
        #expect(throws: RatingProblem.tooLong) { try read(form { $0.text = String(repeating: family, count: 22) }) }
        #expect(try read(form { $0.text = String(repeating: family, count: 21) }).text != nil)
    }

    @Test func textIsTakenWithoutWhatInputAdds() throws {
        #expect(try read(form { $0.text = "  一\r\n二 \r\n" }).text == "一\n二")
        #expect(try read(form { $0.text = " \r\n　" }).text == nil)
    }

    @Test(arguments: ["dissatisfied", "very_dissatisfied"]) func aBadRatingNeedsAReasonWhereTheRegionSaysSo(
        _ level: String
    ) throws {
        let bad = form { $0.level = level }
        #expect(throws: RatingProblem.reason) { try read(bad) }
        #expect(try read(bad) { $0.isReasonRequiredForBad = false }.indicators.isEmpty)
        var withText = bad
        withText.text = "等"
        #expect(try read(withText).text == "等")
        var withIndicator = bad
        withIndicator.indicators = level == "dissatisfied" ? ["211"] : ["111"]
        #expect(try read(withIndicator).indicators.count == 1)
    }

    @Test func indicatorsAreTheLevelsOwn() throws {
        #expect(try read(form { $0.indicators = ["411", "410"] }).indicators == ["410", "411"])
        #expect(throws: RatingProblem.other) { try read(form { $0.indicators = ["111"] }) }
    }

    @Test func contactFollowsTheRule() throws {
        let named = form {
            $0.name = " 其其格 "
            $0.mobile = "138 0000 0000"
        }
        #expect(try read(named).name == nil)
        #expect(try read(named) { $0.realName = .optional }.name == "其其格")
        #expect(try read(form()) { $0.realName = .optional }.mobile == nil)
        #expect(throws: RatingProblem.name) { try read(form()) { $0.realName = .required } }
        #expect(throws: RatingProblem.mobile) { try read(form { $0.name = "甲" }) { $0.realName = .required } }
        for wrong in ["12", "abc12345", "1380000000000000000000"] {
            #expect(throws: RatingProblem.mobile) { try read(form { $0.mobile = wrong }) { $0.realName = .optional } }
        }
    }

    @Test(arguments: [
        nil, "", "1B4E28BA-2FA1-41D2-883F-0016D3CCA427", "1b4e28ba2fa141d2883f0016d3cca427", "x\(number)",
        "1b4e28ba-2fa1-41d2-883f-0016d3cca42é",
    ]) func aNumberIsALowercaseUUID(_ submission: String?) {
        #expect(throws: RatingProblem.other) { try read(form { $0.submission = submission }) }
    }

    @Test func formsAreReadAsBrowsersSendThem() throws {
        let body = "level=satisfied&indicators=410&indicators=111&text=%E5%A5%BD+%26&submission=\(number)&name"
        let fields = try #require(FormFields(body.utf8))
        #expect(fields.first("text") == "好 &")
        #expect(fields.first("name") == "")
        let form = RatingForm(fields, in: FakeHall.hall())
        #expect(form.indicators == ["410"], "what was ticked under another level is not meant")
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff%fe", String(repeating: "a=1&", count: 129)])
    func whatIsNoFormIsNone(_ body: String) {
        #expect(FormFields(body.utf8) == nil)
    }
}
