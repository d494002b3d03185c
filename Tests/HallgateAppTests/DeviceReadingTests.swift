// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import Foundation
import RatingModel
import Testing

@testable import HallgateApp

/// What may stand under `devices`, and what is said where it may not.
@Suite struct DeviceReadingTests {
    private func read(_ devices: String) throws -> ConfigurationReading {
        let file = FileManager.default.temporaryDirectory.appending(path: "devices-\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(("windows:\n  - id: A01\n  - id: A02\ndevices:\n" + devices).utf8).write(to: file)
        return GatewayConfiguration.read(file: file.path())
    }

    @Test func `a device is known by its serial number or its port`() throws {
        let reading = try read(
            """
              - {match: {serial: PAD0001, vendor: 1a86}, driver: native, window: A01}
              - {match: {port: "pci-0000:00:14.0-usb-0:1.2:1.0"}, driver: native, window: A02}

            """)
        #expect(reading.diagnostics.map(\.message.english) == [])
        let lines = reading.configuration?.devices.map(\.line) ?? []
        #expect(lines.map(\.match?.serial) == ["PAD0001", nil])
        #expect(lines.map(\.match?.vendor) == [0x1A86, nil])
        #expect(lines.map(\.path) == ["serial=PAD0001 vendor=1a86", "port=pci-0000:00:14.0-usb-0:1.2:1.0"])
    }

    @Test func `a pad behind a serial server is known by the server's address`() throws {
        let reading = try read(
            """
              - {line: tcp, address: 192.0.2.7:4001, driver: native, window: A01}
              - {line: rfc2217, address: "[2001:db8::7]:4002", driver: native, baud: 9600, window: A02}

            """)
        #expect(reading.diagnostics.map(\.message.english) == [])
        let lines = reading.configuration?.devices.map(\.line) ?? []
        #expect(lines.map(\.kind) == [.tcp, .rfc2217])
        #expect(lines.map(\.path) == ["192.0.2.7:4001", "[2001:db8::7]:4002"])
        #expect(lines.map(\.baud) == [115_200, 9600])
    }

    @Test(arguments: [
        ("{line: tcp, path: /dev/a, driver: native}", "'path' does not go with line: tcp"),
        ("{line: tcp, address: 192.0.2.7, driver: native}", "address: '192.0.2.7' is not host:port"),
        ("{line: evdev, path: /dev/input/event3, driver: native}", "line: 'evdev' is not known here"),
        ("{match: {vendor: 1a86}, driver: native}", "a match needs 'serial' or 'port'"),
        ("{match: {serial: A, vendor: usb}, driver: native}", "vendor: 'usb' is not a USB number"),
        ("{path: /dev/a, match: {serial: A}, driver: native}", "'path' and 'match' exclude each other"),
        (
            "{path: /dev/a, line: hidraw, driver: native, addresses: [{address: 1, window: A01}]}",
            "'addresses' does not go with line: hidraw"
        ),
        ("{path: /dev/a, driver: native, window: A09}", "there is no window 'A09'"),
        ("{driver: native}", "'path' is missing"),
        ("{path: /dev/a, driver: nativ}", "driver: 'nativ' is not known here"),
    ]) func `a mistake is named`(_ item: String, _ message: String) throws {
        let reading = try read("  - \(item)\n")
        #expect(reading.configuration == nil)
        #expect(reading.diagnostics.map(\.message.english).contains(message), "\(reading.diagnostics)")
    }

    @Test func `the same device twice is a mistake`() throws {
        let reading = try read(
            "  - {match: {serial: A}, driver: native}\n  - {match: {serial: A}, driver: native, window: A01}\n")
        #expect(reading.diagnostics.count == 1)
        #expect(reading.diagnostics.first?.message.english.hasPrefix("the line 'serial=A' is there already") == true)
    }

    @Test func `the document's example is accepted as it stands`() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let document = root.appending(path: "Sources/App/HallgateApp/Documentation.docc/Devices.md")
        let text = try String(contentsOf: document, encoding: .utf8)
        // The sections of the drivers have tests of their own.
        let general = try #require(text.components(separatedBy: "## Native pads").first)
        let fences = general.components(separatedBy: "```yaml\n").dropFirst()
        #expect(!fences.isEmpty)
        for fence in fences {
            let file = FileManager.default.temporaryDirectory.appending(path: "devices-\(UUID()).yaml")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data((fence.components(separatedBy: "```").first ?? "").utf8).write(to: file)
            #expect(GatewayConfiguration.read(file: file.path()).diagnostics.isEmpty)
        }
    }

    @Test func `a configuration is a file of udev rules, with no character that a rule would take for its own`() throws
    {
        let reading = try read(
            """
              - {match: {serial: 'PAD"*|1', vendor: 1a86}, driver: native, window: A01}
              - {match: {port: "pci-0000:00:14.0-usb-0:1.2:1.0"}, driver: native, window: A02}
              - {path: /dev/ttyS0, driver: native}
              - {path: /dev/serial/by-id/x, driver: native}

            """)
        let rules = try #require(reading.configuration?.udevRules).split(separator: "\n").suffix(5)
        #expect(
            Array(rules) == [
                #"SUBSYSTEM=="tty", ENV{ID_SERIAL_SHORT}=="PAD???1", ENV{ID_VENDOR_ID}=="1a86", ENV{HALLGATE}="1", SYMLINK+="hallgate/by-window/A01""#,
                #"SUBSYSTEM=="tty", ENV{ID_PATH}=="pci-0000:00:14.0-usb-0:1.2:1.0", ENV{HALLGATE}="1", SYMLINK+="hallgate/by-window/A02""#,
                #"SUBSYSTEM=="tty", KERNEL=="ttyS0", ENV{HALLGATE}="1""#,
                "# /dev/serial/by-id/x: no rule can be written for this path",
                #"LABEL="hallgate_local_end""#,
            ])
    }
}
