// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import RegionProfiles

@Suite struct IndicatorTableTests {
    @Test func theShippedTableIsWhole() throws {
        let outcome = IndicatorTable.reading(PackageResources.indicators_yaml, name: "t")
        let table = try #require(outcome.table)
        #expect(outcome.mistakes == [] && table == .shipped && table.indicators.count == 40)
        for level in SatisfactionLevel.allCases {
            #expect(
                table.indicators(of: level).map(\.isBasic) == [true, true, true] + Array(repeating: false, count: 5))
        }
        #expect(table.indicators(of: .veryDissatisfied).first?.text == "在办事指南之外增加新的审批条件")
    }

    @Test func theFirstDigitIsTheLevel() {
        let table = IndicatorTable.shipped
        #expect(table.impossible(in: "510|517", at: .verySatisfied) == [])
        #expect(table.impossible(in: "510,413,501,599,x", at: .verySatisfied) == ["413", "501", "599", "x"])
        #expect(table.standing(of: "501", at: .verySatisfied) == .superseded)
        #expect(table.standing(of: "510", at: .satisfied) == .ofAnotherLevel)
        #expect(table.standing(of: "118", at: .veryDissatisfied) == .unknown)
    }

    @Test func aNewerTableTakesItsPlaceOnlyWithoutMistakes() {
        let good = "table: national\nversion: \"3\"\nindicators: [{code: 601, text: x}, {code: 520, text: 新}]"
        #expect(IndicatorTable.reading(Array(good.utf8), name: "t").table == nil)
        let newer = good.replacing("601", with: "518")
        #expect(IndicatorTable.reading(Array(newer.utf8), name: "t").table?.version == "3")
        #expect(IndicatorTable.reading(Array(newer.replacing("520", with: "518").utf8), name: "t").mistakes.count == 1)
    }
}
