// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import RatingModel
import Testing

@Suite struct RedeemedCodesTests {
    private func redeem(
        _ table: inout RedeemedCodes, _ number: UInt64, _ submission: String = "s", until: Int64 = 100,
        at now: Int64 = 0
    ) -> RedeemedCodes.Answer {
        table.redeem(
            Sample.press(number), submission: submission, expiresAt: Sample.at(until), at: Sample.at(now))
    }

    @Test func aCodeIsRedeemedOnce() {
        var table = RedeemedCodes()
        #expect(redeem(&table, 1, "a") == .first)
        #expect(redeem(&table, 1, "a") == .again)
        #expect(redeem(&table, 1, "b") == .redeemed)
        #expect(redeem(&table, 2, "b") == .first)
        #expect(table.submission(for: Sample.press(1)) == "a")
        #expect(table.submission(for: Sample.press(3)) == nil)
    }

    @Test func whatWasNotRecordedIsGivenBack() {
        var table = RedeemedCodes()
        #expect(redeem(&table, 1, "a") == .first)
        table.release(Sample.press(1), submission: "b")
        #expect(redeem(&table, 1, "b") == .redeemed)
        table.release(Sample.press(1), submission: "a")
        #expect(redeem(&table, 1, "b") == .first)
    }

    @Test func aFullTableTakesNothingBeforeSomethingRunsOut() {
        var table = RedeemedCodes(capacity: 10)
        for number in 0..<10 { #expect(redeem(&table, UInt64(number), until: 100 + Int64(number)) == .first) }
        #expect(redeem(&table, 10, until: 200, at: 99) == .full)
        #expect(redeem(&table, 3, at: 99) == .again)
        #expect(redeem(&table, 10, until: 200, at: 100) == .first)
        #expect(table.count == 10)
    }

    @Test func aClockSetBackOpensNothingTwice() {
        var table = RedeemedCodes(capacity: 2)
        #expect(redeem(&table, 1, until: 50) == .first)
        table.prune(at: Sample.at(60))
        #expect(table.count == 0)
        #expect(redeem(&table, 1, "another", until: 50, at: 10) == .redeemed)
        #expect(redeem(&table, 2, until: 51, at: 10) == .first)
    }

    @Test func itStaysSmallForMonths() {
        var table = RedeemedCodes()
        var most = 0
        for second in 0..<200_000 {
            #expect(redeem(&table, UInt64(second), until: Int64(second) + 120, at: Int64(second)) == .first)
            most = max(most, table.count)
        }
        #expect(most <= 1024)
    }
}
