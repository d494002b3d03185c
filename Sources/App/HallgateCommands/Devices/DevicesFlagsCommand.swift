// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigurationFile
import ControlSocket
import OperatorAPI
import RatingModel

/// `hallgate devices flags [W3]`
struct DevicesFlagsCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "flags",
        abstract: say("List what an auditor may want to look at.", "列出值得核查的情况。"),
        discussion: say(
            "Flags hold nothing up, and tell no level and no key. A streak of one key is told by its day, when that is over.",
            "仅作标记，不影响业务；不透露等级和按键。同键连按只在次日起按日显示。"))

    @Argument(help: ArgumentHelp(say("The window; without one all.", "窗口；省略则为全部。")))
    var window: String?

    @Option(
        help: ArgumentHelp(
            say("How far back: 30m, 12h, 7d.", "回溯多久：30m、12h、7d。"), valueName: say("duration", "时长")))
    var since = "7d"

    @OptionGroup var daemon: DaemonOptions

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    func validate() throws {
        guard Self.seconds(since) != nil else {
            throw ValidationError(
                say("--since takes a number with s, m, h or d, such as 12h.", "--since 须为数字加 s、m、h 或 d，例如 12h。"))
        }
    }

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let request = FlagsRequest(window: window, sinceSeconds: Self.seconds(since))
        let report = try await daemon.client.flags(request)
        console.write(json ? encodedJSON(report) : FlagsPage(report.flags, console).text)
        return .well
    }

    /// Reads a number with its unit; at most ten years.
    static func seconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()), number >= 0,
            number <= 3650 * 86_400 / unit, text.first != "+"
        else { return nil }
        return number * unit
    }
}

/// Flags for people, a day and a flag a line.
struct FlagsPage {
    private let flags: [FlagsReport.Flag]
    private let words: FlagWords
    private let usesColor: Bool

    init(_ flags: [FlagsReport.Flag], _ console: Console) {
        self.flags = flags
        words = FlagWords(isChinese: console.isChinese)
        usesColor = console.usesColor
    }

    /// The whole page.
    var text: String {
        guard !flags.isEmpty else { return words.none }
        var columns = Columns([.left, .left, .left])
        for flag in flags {
            let time = flag.time.map { $0 + (flag.isTimeTrusted ? "" : "?") } ?? "–"
            columns.add([time, flag.window.map { shortened($0, to: 16) } ?? "–", words.sentence(flag)])
        }
        var lines: [String] = []
        var day = ""
        for (flag, line) in zip(flags, columns.lines) {
            if flag.day != day {
                day = flag.day
                lines.append(Paint.bold.painted(shortened(day, to: 16), usesColor))
            }
            lines.append("  " + line)
        }
        return lines.joined(separator: "\n")
    }
}

/// The words about flags in one of the two languages.
struct FlagWords {
    let isChinese: Bool

    private func say(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

    var none: String { say("Nothing is flagged.", "没有标记。") }
    var today: String { say("Flags today", "今日标记") }

    /// What was seen; a cause of a later version is shown as it is called.
    func cause(_ word: String) -> String {
        switch word {
        case "ticket-without-prompt": say("a ticket was served and nobody was asked", "办理结束但未邀请评价")
        case "prompt-cancelled": say("a question was taken back before it was answered", "评价邀请在答复前被撤回")
        case "prompt-paused": say("the window was paused while it was asking", "邀请评价期间窗口被暂停")
        case "pad-unplugged": say("a pad went away while its window was asking", "邀请评价期间评价器断开")
        case "hasty-press": say("a key was pressed before anybody could read", "按键过快，来不及阅读")
        case "key-streak": say("one key was pressed many times in a row", "同一按键连续多次按下")
        case "outside-hours": say("keys were pressed while the hall was closed", "非工作时间有按键")
        default: shortened(word, to: 40)
        }
    }

    /// What was seen, with how often and in which session.
    func sentence(_ flag: FlagsReport.Flag) -> String {
        var text = cause(flag.cause)
        if let count = flag.count, count > 1 { text += say(", \(count) times", "，\(count) 次") }
        if let session = flag.session { text += say(" (session \(session))", "（会话 \(session)）") }
        return text
    }
}
