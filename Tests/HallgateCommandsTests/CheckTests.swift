// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
@testable import HallgateCommands
import Testing

/// What `hallgate check` prints, word for word.
struct CheckTests {
    private static let sixMistakes = """
        hall:
          name: 土默特左旗政务服务中心
        windows:
          - {id: A01, name: 综合窗口1}
          - {id: A01, name: 综合窗口2}
        devices:
          - {path: /dev/ttyUSB0, driver: native, baudrate: 9600, window: A02}
        uplinks:
          - name: region
            kind: https
            profile: national
            url: https://region.example/api/evaluate
            token_file: /none/token
            batch: many
            retry: {first: 2m, most: 60s}
        """

    /// Checks a file and answers what was printed, without the directory.
    private func check(_ text: String, locale: String = "C") async throws -> (status: Int32, lines: [String]) {
        try await withDirectory { directory in
            try write(text, to: directory + "/hall.yaml")
            try write("not a certificate", to: directory + "/ca.pem")
            let console = RecordedConsole()
            let status = await console.run(["check", "--config", directory + "/hall.yaml"], locale: locale)
            let lines = console.output.replacing(directory + "/", with: "").split(separator: "\n").map(String.init)
            return (status, lines)
        }
    }

    @Test func sixMistakesAreSixLines() async throws {
        let (status, lines) = try await check(Self.sixMistakes)
        #expect(status == 1)
        #expect(
            lines == [
                "hall.yaml:5:10: the window 'A01' is there already, at hall.yaml:4:10 (give each its own, or remove one)",
                "hall.yaml:7:42: unknown key 'baudrate' (did you mean 'baud'?)",
                "hall.yaml:7:66: there is no window 'A02' (did you mean 'A01'?)",
                "hall.yaml:13:17: token_file: there is no file /none/token (put the file there, or correct the path)",
                "hall.yaml:14:12: batch: 'many' is not a whole number (write a whole number from 1 to 500)",
                "hall.yaml:15:20: the first wait, 2m, is longer than the longest, 1m (make 'first' at most 'most')",
            ])
    }

    @Test func sixMistakesInChinese() async throws {
        let (status, lines) = try await check(Self.sixMistakes, locale: "zh_CN.UTF-8")
        #expect(status == 1)
        #expect(
            lines == [
                "hall.yaml:5:10: 窗口 'A01' 已在 hall.yaml:4:10 定义（请分别命名，或删除其中一个）",
                "hall.yaml:7:42: 未知的键 'baudrate'（是否想写 'baud'？）",
                "hall.yaml:7:66: 没有窗口 'A02'（是否想写 'A01'？）",
                "hall.yaml:13:17: token_file：文件 /none/token 不存在（请放置该文件，或更正路径）",
                "hall.yaml:14:12: batch：'many' 不是整数（请填写 1 到 500 之间的整数）",
                "hall.yaml:15:20: 首次等待 2m 长于最长等待 1m（请使 'first' 不大于 'most'）",
            ])
    }

    @Test(arguments: [
        (
            "devices: [{path: /a, driver: nativ}]",
            "1:30: driver: 'nativ' is not known here (did you mean 'native'? known: framed, hid, keyboard, native, queue-bus, scanner, url-pad, websocket)"
        ),
        ("devices: [{path: /a}]", "1:11: 'driver' is missing (add 'driver: …')"),
        (
            "devices: [{path: a, driver: native}]",
            "1:18: path: 'a' is not an absolute path (write the whole path, beginning with /)"
        ),
        (
            "devices: [{path: /a, driver: native, baud: 1}]",
            "1:44: baud: 1 is out of range (write a whole number from 1200 to 4000000)"
        ),
        (
            "hall: {zone: Mars/Base}",
            "1:14: zone: there is no time zone 'Mars/Base' (write Asia/Shanghai, or an offset such as +08:00)"
        ),
        (
            "session: {prompt_timeout: 1s}",
            "1:27: prompt_timeout: 1s is out of range (write a time from 5s to 10m, such as 500ms, 5s, 2m or 1h)"
        ),
        ("uplinks: [{name: r, kind: https, profile: national}]", "1:11: 'url' is missing (add 'url: …')"),
        (
            "uplinks: [{name: r, kind: pigeon, profile: national, url: https://r/}]",
            "1:27: kind: 'pigeon' is not known here (known: file, https, kafka, mqtt)"
        ),
        (
            "uplinks: [{name: r, kind: https, profile: nat, url: https://r/}]",
            "1:43: profile: 'nat' is not known here (known: fujian-style, national, neimenggu, plain, shandong-style, zhejiang-style)"
        ),
    ])
    func oneMistakeIsOneLine(_ text: String, _ expected: String) async throws {
        let (status, lines) = try await check(text)
        #expect(status == 1)
        #expect(lines == ["hall.yaml:" + expected])
    }

    @Test func pathsUplinksAndSocketsAreChecked() async throws {
        let socket = "/tmp/" + String(repeating: "x", count: 103)
        let (status, lines) = try await check(
            """
            control: {socket: \(socket)}
            devices:
              - {path: /dev/ttyUSB0, driver: native}
              - {path: /dev/ttyUSB0, driver: native}
            uplinks:
              - {name: r, kind: https, profile: national, url: http://127.0.0.1/, certificate: /dev/null}
              - {name: r, kind: https, profile: national, url: https://r/, request_timeout: 0s, timeout: 5s}
            """)
        #expect(status == 1)
        #expect(
            lines.map { $0.prefix { $0 != "(" } } == [
                "hall.yaml:1:19: socket: the text is longer than 107 bytes ",
                "hall.yaml:4:12: the line '/dev/ttyUSB0' is there already, at hall.yaml:3:12 ",
                "hall.yaml:6:52: url: 'http://127.0.0.1/' is sent in the clear ",
                "hall.yaml:6:84: 'certificate' is given without 'key' ",
                "hall.yaml:6:84: certificate: /dev/null cannot be read: Invalid argument ",
                "hall.yaml:7:12: the uplink 'r' is there already, at hall.yaml:6:12 ",
                "hall.yaml:7:81: request_timeout: 0s is out of range ",
                "hall.yaml:7:85: unknown key 'timeout' ",
            ])
        #expect(lines.last?.hasSuffix("(did you mean 'connect_timeout' or 'request_timeout'?)") == true)
    }

    @Test func credentialsThatACallCarriesAreNamed() async throws {
        let (status, lines) = try await check(
            """
            uplinks:
              - {name: a, kind: https, profile: national, url: https://r/, credentials: {app_id: credential:id, secret: credential:s}}
              - {name: b, kind: https, profile: national, url: https://r/, credentials: {}}
              - {name: c, kind: https, profile: national, url: https://r/}
              - {name: d, kind: https, profile: national, url: https://r/, credentials: {app_id: credential:id, app_secret: credential:s}}
            """)
        #expect(status == 1)
        #expect(
            lines == [
                "hall.yaml:2:77: calls.token of the profile carries 'app_secret', which 'credentials' does not name (add 'app_secret: /path' under 'credentials')"
            ])
    }

    @Test func certificatesAreOpened() async throws {
        try await withDirectory { directory in
            let path = directory + "/hall.yaml"
            try write("not a certificate", to: directory + "/ca.pem")
            try write(
                "uplinks: [{name: r, kind: https, profile: national, url: https://r/, ca: \(directory)/ca.pem}]",
                to: path)
            let console = RecordedConsole()
            #expect(await console.run(["check", "--config", path]) == 1)
            #expect(console.output.hasPrefix("\(path):1:74: \(directory)/ca.pem holds no certificate"))
        }
    }

    @Test func aGoodFileIsConfirmed() async throws {
        let text = "windows: [{id: A01}]\ndevices: [{path: /dev/ttyUSB0, driver: native, window: A01}]\n"
        let (status, lines) = try await check(text)
        #expect(status == 0)
        #expect(lines == ["hall.yaml is well: 1 window, 1 device, 0 uplinks."])
        let chinese = try await check(text, locale: "zh_CN.UTF-8")
        #expect(chinese.lines == ["hall.yaml 正确：1 个窗口，1 台设备，0 条上行链路。"])
    }

    @Test func aNamedFileMustBeThere() async throws {
        let console = RecordedConsole()
        #expect(await console.run(["check", "--config", "/none/hall.yaml"]) == 1)
        #expect(
            console.output
                == "/none/hall.yaml:1:1: there is no such file (correct the path; the daemon would run with its built-in defaults)\n"
        )
    }

    @Test func scriptsGetJSON() async throws {
        try await withDirectory { directory in
            try write("windows: [{}]", to: directory + "/hall.yaml")
            let console = RecordedConsole()
            #expect(await console.run(["check", "--json", "--config", directory + "/hall.yaml"]) == 1)
            let report = try JSONDecoder().decode(Report.self, from: Data(console.output.utf8))
            #expect(!report.isWell)
            #expect(report.diagnostics.map(\.hintChinese) == ["请添加 'id: …'"])
            #expect(report.diagnostics.map(\.column) == [11])
        }
    }

    private struct Report: Decodable {
        let isWell: Bool
        let diagnostics: [Line]
        struct Line: Decodable {
            let column: Int
            let hintChinese: String
        }
    }
}
