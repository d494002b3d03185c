// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import Foundation
import RatingModel
import Testing

@testable import HallgateApp

/// The examples of Devices.md for pads with a key map, executed; and the mistakes in such maps.
@Suite struct DocumentedPadsTests {
    private let now = MonotonicInstant(nanoseconds: 0)

    private func read(_ yaml: String) throws -> ConfigurationReading {
        let file = FileManager.default.temporaryDirectory.appending(path: "pads-\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(("windows:\n  - id: A01\n  - id: A02\n" + yaml).utf8).write(to: file)
        return GatewayConfiguration.read(file: file.path())
    }

    private func device(_ item: String) throws -> ConfigurationReading { try read("devices:\n  - \(item)\n") }

    /// The first example in the section whose heading ends with the driver's name.
    private func example(of driver: String) throws -> String {
        let here = String(describing: #filePath)
        let root = here.prefix(here.count - "Tests/HallgateAppTests/DocumentedPadsTests.swift".count)
        let page = try String(
            contentsOfFile: root + "Sources/App/HallgateApp/Documentation.docc/Devices.md", encoding: .utf8)
        let section = try #require(page.components(separatedBy: "\n## ").first { $0.contains("`\(driver)`\n") })
        return try #require(
            section.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first)
    }

    private func driver(_ name: String) throws -> any DeviceDriver {
        let reading = try read(example(of: name))
        let devices = try #require(reading.configuration?.devices, "\(reading.diagnostics)")
        #expect(devices.map(\.driver.name) == [name])
        var driver = try #require(devices.first).driver.make()
        _ = driver.handle(.opened(nonce: 1), at: now)
        return driver
    }

    // MARK: Examples

    @Test func `the bus of the example speaks at its addresses`() throws {
        var driver = try driver("queue-bus")
        #expect(driver.capabilities.thanks == .afterCommit)
        let rating: [UInt8] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x02, 0x11, 0x02, 0x15, 0x16]
        let actions = driver.handle(.received(rating), at: now)
        guard case .press(let press)? = actions.first, actions.count == 1 else {
            Issue.record("\(actions)")
            return
        }
        #expect(press.outcome == .rated(.satisfied, key: 2, label: "满意") && press.address == 2)
        #expect(press.key.device.value.hasPrefix("queue-bus-/dev/hallgate/by-path/"))
        #expect(driver.handle(.command(.identify), at: now).count == 2, "one beep for each address")
    }

    @Test func `the bus of the example is warned of for what it cannot express`() throws {
        let found = try read(example(of: "queue-bus")).diagnostics
        #expect(found.map(\.severity) == [.warning])
        #expect(found.first?.message.english == "nobody can express 基本满意、非常不满意 on this pad")
    }

    @Test func `the keyboard of the example waits for enter`() throws {
        #expect(try read(example(of: "keyboard")).diagnostics == [])
        var driver = try driver("keyboard")
        func key(_ code: UInt8) -> [UInt8] { [UInt8](repeating: 0, count: 16) + [1, 0, code, 0, 1, 0, 0, 0] }
        #expect(!driver.handle(.received(key(2)), at: now).contains { if case .press = $0 { true } else { false } })
        let actions = driver.handle(.received(key(28)), at: now)
        #expect(actions.contains { if case .press(let press) = $0 { press.rawFrame.count == 48 } else { false } })
    }

    @Test func `the HID pad of the example thanks, shows a fault and asks`() throws {
        #expect(try read(example(of: "hid")).diagnostics == [])
        var driver = try driver("hid")
        #expect(driver.capabilities.thanks == .afterCommit && driver.capabilities.prompts)
        #expect(driver.handle(.command(.prompt(7, timeout: .seconds(10))), at: now) == [.send([2, 3])])
        func press(_ report: [UInt8]) -> CapturedPress? {
            for case .press(let press) in driver.handle(.received(report), at: now) { return press }
            return nil
        }
        let first = try #require(press([1, 0, 0x34]))
        #expect(first.prompt == 7 && first.outcome == .rated(.dissatisfied, key: 4, label: "不满意"))
        #expect(driver.handle(.recorded(first.key), at: now) == [.send([2, 1])])
        #expect(press([1, 0, 0x30]) == nil && press([3, 0, 0x35]) == nil)
        let second = try #require(press([1, 0, 0x05]))
        #expect(driver.handle(.refused(second.key), at: now) == [.send([2, 2])])
    }

    // MARK: Settings

    @Test func `another setting is another driver, another window is not`() throws {
        func configured(_ item: String) throws -> ConfiguredDriver {
            try #require(try device(item).configuration?.devices.first).driver
        }
        let bus = "driver: queue-bus, path: /dev/a"
        let usual = try configured("{\(bus), addresses: [{address: 1, window: A01}, {address: 2, window: A02}]}")
        #expect(
            try configured("{\(bus), addresses: [{address: 2, window: A01}, {address: 1, window: A02}]}") == usual)
        let others = [
            "{\(bus), addresses: [{address: 1, window: A01}, {address: 3, window: A02}]}",
            "{\(bus), addresses: [{address: 1, window: A01}, {address: 2, window: A02}], thanks: by_itself}",
            "{\(bus), addresses: [{address: 1, window: A01}, {address: 2, window: A02}], repeat_interval: 3s}",
            "{\(bus), addresses: [{address: 1, window: A01}, {address: 2, window: A02}], timeout_value: none}",
        ]
        for other in others { #expect(try configured(other) != usual, "\(other)") }
    }

    @Test(
        arguments: [
            ("{driver: keyboard, path: /dev/a}", []),
            ("{driver: queue-bus, path: /dev/a}", ["nobody can express 基本满意、非常不满意 on this pad"]),
            (
                "{driver: queue-bus, path: /dev/a, window: A01}",
                ["nobody can express 基本满意、非常不满意 on this pad", "no pad of the bus is named by its address"]
            ),
            (
                "{driver: keyboard, path: /dev/a, keys: [{value: 1, level: 满意}]}",
                ["nobody can express 非常满意、基本满意、不满意、非常不满意 on this pad"]
            ),
        ] as [(String, [String])]) func `what cannot be expressed is a warning`(_ item: String, _ messages: [String])
        throws
    {
        let reading = try device(item)
        #expect(reading.configuration?.devices.count == 1)
        #expect(Set(reading.diagnostics.map(\.message.english)) == Set(messages))
        #expect(reading.diagnostics.allSatisfy { $0.severity == .warning })
    }

    @Test(arguments: [
        ("{driver: hid, path: /dev/a, keys: [{value: 1, level: satisfied}]}", "'offset' is missing"),
        ("{driver: hid, path: /dev/a, offset: 1}", "'keys' is missing"),
        ("{driver: hid, path: /dev/a, offset: 1, keys: []}", "'keys' names no key"),
        ("{driver: hid, path: /dev/a, offset: 1, keys: [{value: 1}]}", "'level' is missing"),
        ("{driver: hid, path: /dev/a, offset: 1, keys: [{level: satisfied}]}", "'value' is missing"),
        (
            "{driver: hid, path: /dev/a, offset: 0, keys: [{value: 0, level: satisfied}]}",
            "'released' must be a value under the mask that no key has"
        ),
        (
            "{driver: hid, path: /dev/a, offset: 0, mask: 0x0f, keys: [{value: 0x1f, level: satisfied}]}",
            "the mask leaves nothing of the value 31 as it is"
        ),
        (
            "{driver: hid, path: /dev/a, offset: 0, keys: [{value: 1, level: satisfied}], thanks: 01 02}",
            "'thanks' needs a 'fault' that differs from it"
        ),
        (
            "{driver: hid, path: /dev/a, offset: 0, keys: [{value: 1, level: satisfied}], thanks: 01, fault: 01}",
            "'thanks' needs a 'fault' that differs from it"
        ),
        (
            "{driver: keyboard, path: /dev/a, keys: [{value: 10, level: satisfied}]}", "10 is no digit"
        ),
        (
            "{driver: keyboard, path: /dev/a, keys: [{value: 256, level: satisfied}]}", "value: '256' is not a byte"
        ),
        (
            "{driver: keyboard, path: /dev/a, keys: [{value: 1, level: satisfied}, {value: 1, level: dissatisfied}]}",
            "the value 1 is there already"
        ),
        ("{driver: keyboard, path: /dev/a, keys: [{value: 1, level: 5}]}", "level: '5' is not known here"),
        ("{driver: keyboard, path: /dev/a, ends_with: tab}", "ends_with: 'tab' is not known here"),
        ("{driver: keyboard, line: serial, path: /dev/a}", "line: 'serial' is not known here"),
        (
            "{driver: queue-bus, path: /dev/a, keys: [{value: 1, level: satisfied}]}",
            "the value 1 is a key's and 'timeout_value'"
        ),
        (
            "{driver: queue-bus, path: /dev/a, keys: [{value: 11, level: satisfied}]}",
            "the value 11 cannot be acknowledged"
        ),
        ("{driver: queue-bus, path: /dev/a, timeout_value: never}", "timeout_value: 'never' is not a byte"),
    ]) func `a mistake is named`(_ item: String, _ message: String) throws {
        let reading = try device(item)
        #expect(reading.configuration == nil)
        #expect(reading.diagnostics.map(\.message.english).contains(message), "\(reading.diagnostics)")
    }

    @Test func `an adapter suggests the drivers that it fits`() {
        let adapter = DiscoveredDevice(node: "/dev/ttyUSB0", kind: .serial, vendor: 0x1A86, product: 0x7523)
        #expect(DriverCatalogue.suggestions(for: adapter).contains { $0.name == "queue-bus" })
        let keyboard = DiscoveredDevice(node: "/dev/input/event4", kind: .evdev)
        #expect(DriverCatalogue.suggestions(for: keyboard).contains { $0.name == "keyboard" && $0.score == 1 })
        let unknown = DiscoveredDevice(node: "/dev/ttyS0", kind: .serial)
        #expect(!DriverCatalogue.suggestions(for: unknown).contains { $0.name == "queue-bus" })
    }
}
