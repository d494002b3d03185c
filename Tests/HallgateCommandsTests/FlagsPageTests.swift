// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

@testable import HallgateCommands
import ConfigurationFile
import OperatorAPI
import Testing

@Suite struct FlagsPageTests {
    private let flags: [FlagsReport.Flag] = [
        .init(window: "A01", cause: "key-streak", day: "2026-11-23"),
        .init(
            window: nil, cause: "outside-hours", day: "2026-11-23", time: "21:40:02", isTimeTrusted: false, count: 1204),
        .init(window: "A01", cause: "prompt-cancelled", day: "2026-11-24", time: "14:03:11", session: 2417),
        .init(window: "A02", cause: "of a later version", day: "2026-11-24", time: "14:05:00", count: 1),
    ]

    private func page(_ flags: [FlagsReport.Flag], _ locale: String) -> String {
        FlagsPage(flags, Console(locale: locale, usesColor: false, output: { _ in }, errors: { _ in })).text
    }

    @Test func `the list in English`() {
        let expected = """
            2026-11-23
              –          A01  one key was pressed many times in a row
              21:40:02?  –    keys were pressed while the hall was closed, 1204 times
            2026-11-24
              14:03:11   A01  a question was taken back before it was answered (session 2417)
              14:05:00   A02  of a later version
            """
        #expect(page(flags, "C") == expected)
        #expect(page([], "C") == "Nothing is flagged.")
    }

    @Test func `the list in Chinese`() {
        let expected = """
            2026-11-23
              –          A01  同一按键连续多次按下
              21:40:02?  –    非工作时间有按键，1204 次
            2026-11-24
              14:03:11   A01  评价邀请在答复前被撤回（会话 2417）
              14:05:00   A02  of a later version
            """
        #expect(page(flags, "zh_CN.UTF-8") == expected)
        #expect(page([], "zh_CN.UTF-8") == "没有标记。")
    }

    @Test(arguments: [
        ("30m", 1800), ("12h", 43_200), ("7d", 604_800), ("0s", 0), ("", nil), ("7", nil), ("d", nil), ("-1d", nil),
        ("+1d", nil), ("9999d", nil), ("99999999999999999999d", nil), ("1w", nil),
    ])
    func `how far back is a number with its unit`(_ text: String, _ seconds: Int64?) {
        #expect(DevicesFlagsCommand.seconds(text) == seconds)
    }
}
