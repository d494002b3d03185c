// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import Foundation
import HallgateTesting
import RatingModel
import Testing

@testable import HallgateApp

/// Descriptions of pads as files write them.
@Suite struct FramedPadReadingTests {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Reads a configuration and what it says of one file in two: the device's section and the description beside it.
    private func read(_ devices: String, description: String? = nil) throws -> ConfigurationReading {
        let folder = FileManager.default.temporaryDirectory.appending(path: "framed-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if let description { try Data(description.utf8).write(to: folder.appending(path: "pad.yaml")) }
        let text = "windows:\n  - id: A01\n  - id: A02\n" + devices.replacing("PAD", with: folder.path() + "/pad.yaml")
        try Data(text.utf8).write(to: folder.appending(path: "hall.yaml"))
        return GatewayConfiguration.read(file: folder.appending(path: "hall.yaml").path())
    }

    private func shipped(_ name: String) throws -> ConfiguredDriver {
        let reading = try read(
            """
            devices:
              - driver: framed
                path: /dev/bus
                description: \(Self.root.path())packaging/frames/\(name).yaml

            """)
        #expect(reading.diagnostics.allSatisfy { $0.severity == .warning }, "\(reading.diagnostics)")
        return try #require(reading.configuration?.devices.first?.driver)
    }

    @Test(arguments: ["queue-bus", "example-fixed", "example-line"])
    func `what is shipped is accepted`(_ name: String) throws {
        let driver = try shipped(name)
        #expect(driver.name == "framed" && driver.capabilities.thanks == .afterCommit)
        let again = try shipped(name)
        #expect(driver.settings.contains(name) && driver == again)
    }

    @Test(arguments: ["example-display", "example-display-line"])
    func `what is shipped for displays is accepted, and kept to`(_ name: String) throws {
        let driver = try shipped(name)
        #expect(driver.capabilities.showsCodes && driver.capabilities.levels.isEmpty)
        #expect(driver.capabilities.thanks == .none && !driver.capabilities.prompts)
        let kind = ["example-display": "display", "example-display-line": "lines"][name]
        let traces = try DriverTrace.all(of: "framed").filter { $0.settings["description"]?.first == kind }
        #expect(traces.count >= 2)
        for trace in traces { #expect(trace.violations { _ in driver.make() } == []) }
    }

    /// The queue bus as its file describes it, against the conversations of its own driver.
    @Test func `the described queue bus keeps to the traces of its driver`() throws {
        let driver = try shipped("queue-bus")
        let traces = try DriverTrace.all(of: "queue-bus").filter {
            $0.settings["keys"] == nil && $0.settings["addresses"] == ["1"] && $0.settings["timeout"] == nil
        }
        #expect(traces.count >= 12)
        for trace in traces {
            // Without addresses in its section it knows none, so that unknown ones are not pointed out.
            guard !trace.name.contains("unknown"), !trace.name.contains("everywhere") else { continue }
            // The guard against a line that returns what it is sent is the driver's own.
            guard !trace.name.contains("key-without-end") else { continue }
            #expect(trace.violations { _ in driver.make() } == [])
        }
    }

    @Test func `the manual's example is accepted`() throws {
        let page = Self.root.appending(path: "Sources/App/HallgateApp/Documentation.docc/Devices.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let section = try #require(text.components(separatedBy: "## Pads described in YAML").dropFirst().first)
        let yaml = try #require(section.components(separatedBy: "```yaml\n").dropFirst().first)
        let reading = try read(try #require(yaml.components(separatedBy: "```").first))
        #expect(reading.diagnostics == [])
        #expect(reading.configuration?.devices.first?.driver.capabilities.displays == true)
    }

    @Test func `the manual's displays are accepted, stand where it says, and keep to the traces`() throws {
        let page = Self.root.appending(path: "Sources/App/HallgateApp/Documentation.docc/Devices.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let section = try #require(text.components(separatedBy: "### Displays without keys").dropFirst().first)
        let yaml = try #require(section.components(separatedBy: "```yaml\n").dropFirst().first)
        let reading = try read(try #require(yaml.components(separatedBy: "```").first))
        #expect(reading.diagnostics == [])
        let configuration = try #require(reading.configuration)
        #expect(configuration.displayPlaces == [WindowID("A01"), nil])
        for (device, kind) in zip(configuration.devices, ["display", "lines"]) {
            // The manual's frames are the shipped ones without what blinks, and without a word of the display's.
            let traces = try DriverTrace.all(of: "framed").filter {
                $0.settings["description"]?.first == kind && !$0.name.contains("texts") && !$0.name.contains("quotes")
            }
            #expect(!traces.isEmpty)
            for trace in traces { #expect(trace.violations { _ in device.driver.make() } == []) }
        }
    }

    @Test(arguments: [
        ("", 1), ("pages: {public_url: 'https://h.example'}\n", 1), ("pages: {pad_codes: shown}\n", 1),
        ("pages: {public_url: 'https://h.example', pad_codes: shown}\n", 0),
        ("pages: {qr: {source: region-template, template: 'https://r.example/{case}'}, pad_codes: shown}\n", 0),
    ]) func `a display that shows nothing is warned of`(_ pages: String, _ warnings: Int) throws {
        let reading = try read(Self.device + pages, description: Self.display)
        #expect(reading.diagnostics.map(\.severity) == Array(repeating: .warning, count: warnings))
        let shown = reading.diagnostics.map(\.message.english)
        #expect(shown.allSatisfy { $0 == "nothing is ever shown on /dev/a" }, "\(shown)")
    }

    private static let pad = """
        name: pad
        start: AA 55
        length: {fixed: 6}
        checksum: {kind: xor8, from: 2, to: -2, at: -1}
        address: 2
        press:
          when: 3=01
          value: 4
          acknowledge: AA 55 <2> 81 <4> <checksum>
        keys:
          - {value: 1, level: satisfied}
          - {value: 2, level: dissatisfied}

        """

    private static let device = "devices:\n  - {driver: framed, path: /dev/a, description: PAD}\n"

    @Test(arguments: [
        ("from: 2, to: -2, at: -1", "from: 2, to: -1, at: -1", "4:30: the checksum covers itself"),
        ("from: 2, to: -2, at: -1", "from: 2, to: 9, at: -1", "4:30: 2..9 is outside a frame of 6 bytes"),
        ("address: 2", "address: 1", "5:10: 'address' overlaps 'start' in a frame of 6 bytes"),
        ("value: 4\n", "value: 6\n", "8:10: 6 is outside a frame of 6 bytes"),
        ("<4> <checksum>", "<7> <checksum>", "9:16: <7> refers past a frame of 6 bytes"),
        ("81 <4>", "8 <4>", "9:16: acknowledge: '8' is not a byte"),
        ("value: 2, level", "value: 1, level", "12:13: the value 1 is there already"),
        ("length: {fixed: 6}", "length: {at: 1, counts_from: 2, most: 4}", "4:30: 2..-2 is outside a frame of 3 bytes"),
        ("length: {fixed: 6}\n", "", "1:1: 'length' is missing"),
        ("kind: xor8", "kind: xor", "4:18: kind: 'xor' is not known here"),
        ("when: 3=01", "when: 3:01", "7:9: when: '3:01' is not a condition"),
        ("start: AA 55", "strat: AA 55", "2:1: unknown key 'strat'"),
    ]) func `a mistake is named where it stands`(_ right: String, _ wrong: String, _ message: String) throws {
        let text = Self.pad.replacing(right, with: wrong)
        #expect(text != Self.pad)
        let reading = try read(Self.device, description: text)
        #expect(reading.configuration == nil)
        let lines = reading.diagnostics.filter { $0.severity == .error }.map { "\($0)" }
        #expect(lines.contains { $0.contains("pad.yaml:" + message) }, "\(lines)")
    }

    @Test(arguments: [
        ("devices:\n  - {driver: framed, path: /dev/a}\n", "nothing describes the pad's frames"),
        (
            "devices:\n  - {driver: framed, path: /dev/a, description: /none/pad.yaml}\n",
            "there is no file /none/pad.yaml"
        ),
        (
            "devices:\n  - {driver: framed, path: /dev/a, description: PAD, frame: {name: a}}\n",
            "'frame' and 'description' exclude each other"
        ),
    ]) func `a device without one description is refused`(_ devices: String, _ message: String) throws {
        let reading = try read(devices, description: Self.pad)
        #expect(reading.configuration == nil)
        #expect(reading.diagnostics.map(\.message.english).contains(message), "\(reading.diagnostics)")
    }

    @Test func `keys beside a description count instead of its own`() throws {
        let reading = try read(
            """
            devices:
              - driver: framed
                path: /dev/a
                description: PAD
                keys:
                  - {value: 9, level: 非常满意}

            """, description: Self.pad)
        #expect(reading.configuration?.devices.first?.driver.capabilities.levels == [.verySatisfied])
    }

    private static let display = """
        name: display
        qr: A5 <count:2:3..-1> <text>
        standby: A5 00 00

        """

    @Test(arguments: [
        ("standby: A5 00 00\n", "", "2:5: nothing takes a code off the display"),
        ("<text>\n", "\n", "2:5: the code is nowhere in it"),
        ("qr: ", "text: ", "1:1: 'press' is missing"),
        ("<text>\n", "<text> <checksum>\n", "2:5: there is nothing to fill <checksum> with"),
        ("standby: A5 00 00\n", "standby: A5 <text>\n", "3:10: there is nothing to fill <text> with"),
        ("name: display\n", "name: display\nalive: {when: 0=4F}\n", "1:1: 'length' is missing"),
        ("name: display\n", "name: display\ntexts: {encoding: big5}\n", "2:19: encoding: 'big5' is not known here"),
        ("name: display\n", "name: display\ntexts: {most: 2000}\n", "2:15: most: 2000"),
        ("name: display\n", "name: display\ntexts: {escapes: [{byte: 0x22}]}\n", "'as' is missing"),
    ]) func `a mistake in a display is named where it stands`(_ right: String, _ wrong: String, _ message: String)
        throws
    {
        #expect(try read(Self.device, description: Self.display).diagnostics.allSatisfy { $0.severity == .warning })
        let text = Self.display.replacing(right, with: wrong)
        #expect(text != Self.display)
        let reading = try read(Self.device, description: text)
        #expect(reading.configuration == nil)
        let lines = reading.diagnostics.filter { $0.severity == .error }.map { "\($0)" }
        #expect(lines.contains { $0.contains("pad.yaml:") && $0.contains(message) }, "\(lines)")
    }

    @Test func `a description without addresses takes none`() throws {
        let text = Self.pad.replacing("address: 2\n", with: "")
        let reading = try read(
            "devices:\n  - {driver: framed, path: /dev/a, description: PAD, addresses: [{address: 1, window: A01}]}\n",
            description: text)
        #expect(reading.diagnostics.map(\.message.english).contains("'pad' has no address in its frames"))
    }
}
