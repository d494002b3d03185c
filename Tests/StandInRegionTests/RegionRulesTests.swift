// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import StandInRegion

@Suite struct RegionRulesTests {
    private func check(_ text: String) throws -> ValidRating {
        let received = try JSONReader.read(Array(text.utf8)) { reader throws(JSONReader.Unreadable) in
            try JSONWire.national.rating(&reader)
        }
        return try RegionRules.national.check(received, id: received.id ?? "")
    }

    @Test(arguments: ["1", "2", "3", "4", "5"]) func everyLevelIsTakenWithWords(_ satisfaction: String) throws {
        _ = try check(rating("a", satisfaction: satisfaction, words: "评价器按键评价，设备未采集原因"))
    }

    @Test func onlyTheTwoBadLevelsNeedAReason() throws {
        for satisfaction in ["3", "4", "5"] { _ = try check(rating("a", satisfaction: satisfaction)) }
        for satisfaction in ["1", "2"] {
            #expect(throws: RegionRules.Refusal.self) { try check(rating("a", satisfaction: satisfaction)) }
        }
        let reason = rating("a", satisfaction: "1").dropLast() + #","evalDetail":"115"}"#
        _ = try check(String(reason))
    }

    @Test(arguments: ["0", "6", "", "05", "+5", "five", "５"]) func anyOtherLevelIsRefused(_ satisfaction: String) {
        #expect(throws: RegionRules.Refusal.self) { try check(rating("a", satisfaction: satisfaction, words: "x")) }
    }

    @Test(arguments: ["projectNo", "serviceNumber", "pf", "satisfaction", "assessTime", "assessNumber"])
    func eachRequiredFieldIsMissed(_ field: String) throws {
        let without = rating("a").replacing("\"\(field)\":", with: "\"other\":")
        let refusal = #expect(throws: RegionRules.Refusal.self) { try check(without) }
        #expect(refusal?.message.contains(field) == true)
    }

    @Test func aNumberThatShouldBeATextIsMissing() {
        #expect(throws: RegionRules.Refusal.self) { try check(rating("a").replacing("\"5\"", with: "5")) }
    }

    @Test func theAssessNumberMayBeQuoted() throws {
        #expect(try check(rating("a", number: 2).replacing(":2,", with: ":\"2\",")).assessNumber == 2)
    }

    @Test func wordsEndAtTheLimit() throws {
        _ = try check(rating("a", words: String(repeating: "好", count: Limits.freeTextCharacters)))
        #expect(throws: RegionRules.Refusal.self) {
            try check(rating("a", words: String(repeating: "好", count: Limits.freeTextCharacters + 1)))
        }
    }

    @Test(arguments: [
        ("2026-03-02 09:15:00", true), ("2024-02-29 23:59:59", true), ("2026-02-29 00:00:00", false),
        ("2026-13-01 00:00:00", false), ("2026-00-01 00:00:00", false), ("2026-04-31 00:00:00", false),
        ("2026-03-02 24:00:00", false), ("2026-03-02 09:60:00", false), ("2026-03-02T09:15:00", false),
        ("20260302T091500", false), ("2026-3-2 9:15:00", false), ("", false), ("２026-03-02 09:15:0", false),
    ])
    func aTimeIsAMomentThatExists(_ text: String, _ isTime: Bool) {
        #expect((RegionRules.day(of: text) != nil) == isTime)
    }

    @Test func customFieldsNameThePress() {
        let press = RegionRules.press(in: "hall 1, window,ffffffffffffffff-4294967295")
        #expect(press == PressKey(device: DeviceID("hall 1, window"), log: .max, sequence: 4_294_967_295))
        for text in [
            "", ",", ",1-1", "pad", "pad,1", "pad,1-", "pad,-1", "pad,x-1", "pad,1-2-3", "pad,1-18446744073709551615",
        ] {
            #expect(RegionRules.press(in: text) == nil, "\(text)")
        }
    }
}
