// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import Foundation
import RatingModel
import Testing
import WindowSessions

@testable import HallgateApp

/// The examples of Devices.md for devices that read, open pages or connect in, executed; and their mistakes.
@Suite struct DocumentedScannersAndTabletsTests {
    private func read(_ yaml: String) throws -> ConfigurationReading {
        let file = FileManager.default.temporaryDirectory.appending(path: "devices-\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(("windows:\n  - id: A01\n  - id: A02\n  - id: A03\n" + yaml).utf8).write(to: file)
        return GatewayConfiguration.read(file: file.path())
    }

    /// The first example in the section whose heading ends with the driver's name.
    private func example(of driver: String) throws -> String {
        let here = String(describing: #filePath)
        let root = here.prefix(here.count - "Tests/HallgateAppTests/DocumentedScannersAndTabletsTests.swift".count)
        let page = try String(
            contentsOfFile: root + "Sources/App/HallgateApp/Documentation.docc/Devices.md", encoding: .utf8)
        let section = try #require(page.components(separatedBy: "\n## ").first { $0.contains("`\(driver)`\n") })
        return try #require(
            section.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first)
    }

    @Test(arguments: [("scanner", 3), ("url-pad", 1), ("websocket", 2)])
    func `the example is a configuration`(_ driver: String, _ count: Int) throws {
        let reading = try read(example(of: driver))
        #expect(reading.diagnostics.map(\.message.english) == [])
        #expect(reading.configuration?.devices.map(\.driver.name) == Array(repeating: driver, count: count))
    }

    @Test func `the settings are what the example says`() throws {
        let scanner = try #require(try read(example(of: "scanner")).configuration?.devices.first?.driver)
        #expect(scanner.capabilities.levels.isEmpty)
        let hall = try #require(try read(example(of: "scanner")).configuration)
        let own = try #require(hall.codesByLine[hall.devices[1].line.path])
        #expect(own.meaning(of: ScannedCode(text: "Q:B012", symbology: "]Q1")) == .ticket("B012"))
        #expect(own.meaning(of: ScannedCode(text: "B012", symbology: "]Q1")) == nil)
        #expect(hall.codesByLine.count == 1, "the others go by the hall's rules")
        var driver = scanner.make()
        let now = MonotonicInstant(nanoseconds: 0)
        _ = driver.handle(.opened(nonce: 1), at: now)
        #expect(
            driver.handle(.received([0x5D, 0x51, 0x33] + Array("T:A-012\r".utf8)), at: now)
                == [.scanned(ScannedCode(text: "A-012", symbology: "]Q3"))])
        #expect(driver.handle(.command(.scan(isOn: true)), at: now) == [.send([0x16, 0x54, 0x0D])])
        let pads = try #require(try read(example(of: "websocket")).configuration?.devices)
        #expect(pads.allSatisfy { $0.driver.capabilities.levels == Set(SatisfactionLevel.allCases) })
        #expect(pads[0].driver != pads[1].driver)
    }

    @Test(arguments: [
        ("{path: /dev/a, driver: scanner, characters: 9-0}", "characters: '9-0' names no characters"),
        ("{path: /dev/a, driver: scanner, shortest: 9, longest: 8}", "'shortest' is more than 'longest'"),
        ("{path: /dev/a, driver: scanner, codes: [{kind: coupon}]}", "kind: 'coupon' is not known here"),
        ("{address: 'a:1', driver: url-pad, open: 'O {url}', codes: [{kind: ticket}]}", "unknown key 'codes'"),
        ("{path: /dev/a, driver: scanner, line: hidraw}", "'report' is missing"),
        ("{path: /dev/a, driver: scanner, line: hidraw, report: {text_at: 5}}", "'length_at' is missing"),
        ("{path: /dev/a, driver: scanner, line: evdev, end: crlf}", "a keyboard types no line feed"),
        ("{path: /dev/a, driver: scanner, line: evdev, switch_on: '16'}", "unknown key 'switch_on'"),
        ("{path: /dev/a, driver: scanner, switch_on: '1'}", "switch_on: '1' is not 1 to 64 bytes"),
        ("{address: 'a:1', driver: url-pad}", "'open' is missing"),
        ("{address: 'a:1', driver: url-pad, open: OPEN}", "'open' needs {url} once"),
        ("{address: 'a:1', driver: url-pad, open: 'O {url} {url}'}", "'open' needs {url} once"),
        ("{address: 'a:1', driver: url-pad, open: 'O;{url}', end: 3b}", "the line holds the bytes that end it"),
        ("{address: 'a:1', driver: websocket, best: 1}", "'score' is missing"),
        ("{address: 'a:1', driver: websocket, score: honest}", "'best' is missing"),
        ("{address: 'a:1', driver: websocket, score: honest, best: 3}", "best: '3' is not known here"),
        (
            "{address: 'a:1', driver: websocket, score: honest, best: 1, keys: [{value: 1, level: 满意}]}",
            "'best' and 'keys' exclude each other"
        ),
        (
            "{address: 'a:1', driver: websocket, score: honest, best: 1, results: {users: '['}}",
            "users: the text is not JSON: something else is wanted at byte 1"
        ),
    ]) func `a mistake is named`(_ item: String, _ message: String) throws {
        let reading = try read("devices:\n  - \(item)\n")
        #expect(reading.configuration == nil)
        #expect(reading.diagnostics.map(\.message.english).contains(message), "\(reading.diagnostics)")
    }
}
