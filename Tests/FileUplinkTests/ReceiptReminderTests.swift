// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import FileUplink

@Suite struct ReceiptReminderTests {
    /// Which of the looks after one that found a receipt are due, counted from 1.
    private static func due(_ looks: [ReceiptFindings], after first: ReceiptFindings? = nil) -> [Int] {
        var reminder = ReceiptReminder()
        if let first { _ = reminder.isDue(after: first) }
        return looks.indices.filter { reminder.isDue(after: looks[$0]) }.map { $0 + 1 }
    }

    private static let (nothing, untold) = (ReceiptFindings(), ReceiptFindings(untold: 1))
    private static let news = ReceiptFindings(answered: 1, untold: 1)

    @Test func nothingIsDueWithoutReceipts() {
        #expect(Self.due(Array(repeating: Self.nothing, count: 10)) == [])
    }

    @Test func receiptsAreDueAtOnce() {
        #expect(Self.due([Self.nothing, Self.news]) == [2])
    }

    @Test func whatNobodyWasToldIsRemindedOfAtGrowingIntervals() {
        #expect(Self.due(Array(repeating: Self.untold, count: 31), after: Self.news) == [1, 3, 7, 15, 31])
    }

    @Test func newsBeginsAnew() {
        let looks = Array(repeating: Self.untold, count: 5) + [Self.news, Self.untold, Self.untold, Self.untold]
        #expect(Self.due(looks, after: Self.news) == [1, 3, 6, 7, 9])
    }

    @Test func theIntervalEndsToGrow() {
        let due = Self.due(Array(repeating: Self.untold, count: 2000), after: Self.news)
        #expect(zip(due, due.dropFirst()).map { $1 - $0 }.max() == ReceiptReminder.mostLooks)
    }

    @Test func whatIsToldIsNotRemindedOf() {
        #expect(Self.due(Array(repeating: Self.nothing, count: 10), after: Self.news) == [])
    }
}
