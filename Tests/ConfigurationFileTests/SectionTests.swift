// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Testing

/// What the typed reader says of keys and values.
struct SectionTests {
    private func lines(_ text: String, locale: String = "C") throws -> [String] {
        let files = try TemporaryFiles()
        let path = try files.write("f.yaml", text)
        return files.lines(ConfigurationFile.read(path, Sample.read).diagnostics, locale: locale)
    }

    @Test func reportsEverythingAtOnceAndInOrder() throws {
        let text = """
            nmae: x
            limits:
              count: 11
              wait: soon
            color: gren
            parts:
              - id: has space
              - di: A
              - 7
            other: {}
            """
        #expect(
            try lines(text) == [
                "f.yaml:1:1: unknown key 'nmae' (did you mean 'name'?)",
                "f.yaml:3:10: count: 11 is out of range (write a whole number from 1 to 10)",
                "f.yaml:4:9: wait: 'soon' is not a length of time (write a time from 100ms to 1h, such as 500ms, 5s, 2m or 1h)",
                "f.yaml:5:8: color: 'gren' is not known here (did you mean 'green'? known: green, red)",
                "f.yaml:7:9: id: a name cannot hold spaces (leave them out)",
                "f.yaml:8:5: 'id' is missing (add 'id: …')",
                "f.yaml:8:5: unknown key 'di' (did you mean 'id'?)",
                "f.yaml:9:5: 'parts' must hold 'key: value' pairs (see the example in the manual)",
                "f.yaml:10:1: unknown key 'other' (known here: color, limits, name, parts)",
            ])
    }

    @Test func speaksChinese() throws {
        #expect(
            try lines("limits: {count: \"3\", wait: 0s}\nparts: x\n", locale: "zh_CN.UTF-8") == [
                "f.yaml:1:17: count：'3' 不是整数（请填写 1 到 10 之间的整数）",
                "f.yaml:1:28: wait：0s 超出范围（请填写 100ms 到 1h 的时长，例如 500ms、5s、2m、1h）",
                "f.yaml:2:8: 'parts' 应为列表（每一项以 '- ' 开头）",
            ])
    }

    @Test(arguments: ["1", "10"]) func takesWholeNumbersInRange(_ text: String) throws {
        #expect(try lines("limits: {count: \(text)}") == [])
    }

    @Test(arguments: [
        "0", "-1", "11", "1.0", "1e1", "0x1", "1_0", "１", "+1", "99999999999999999999999", "-99999999999999999999",
        "''",
        "[1]", "~", "",
    ])
    func refusesOtherNumbers(_ text: String) throws {
        #expect(try lines("limits:\n  count: \(text)\n").count == 1, "\(text)")
    }

    @Test(arguments: ["100ms", "1s", "60m", "1h", "3600s", "3600000ms", "'5s'"])
    func takesLengthsOfTime(_ text: String) throws { #expect(try lines("limits: {wait: \(text)}") == []) }

    @Test(arguments: [
        "99ms", "61m", "2h", "5", "s", "5 s", "1.5s", "-1s", "5sec", "1h30m", "99999999999999999999h",
        "9223372036854775807h", "９s",
    ])
    func refusesOtherLengths(_ text: String) throws {
        #expect(try lines("limits:\n  wait: \(text)\n").count == 1, "\(text)")
    }

    @Test func refusesTextThatPlaysWithTheTerminal() throws {
        let found = try lines(#""a\e[31mb": 1"# + "\n" + #"name: "x\ny""# + "\n")
        #expect(
            found == [
                "f.yaml:1:1: unknown key 'a\u{FFFD}[31mb' (known here: color, limits, name, parts)",
                "f.yaml:2:7: name: the text holds a control character (write it on one line, without escapes)",
            ])
    }

    @Test func stopsAtAHundredMistakes() throws {
        let text = (1...500).map { "k\($0): 1\n" }.joined()
        let found = try lines(text)
        #expect(found.count == DiagnosticLog.limit)
        let items = "parts:\n" + String(repeating: "  - {id: 'a b', x: 1}\n", count: 60)
        #expect(try lines(items).count <= DiagnosticLog.limit + 1)
    }

    @Test func writesLengthsOfTimeAsTheyAreRead() {
        #expect(
            [1, 999, 1000, 1500, 60_000, 90_000, 3_600_000, 0].map { durationText(.milliseconds($0)) }
                == ["1ms", "999ms", "1s", "1500ms", "1m", "90s", "1h", "0s"])
    }
}
