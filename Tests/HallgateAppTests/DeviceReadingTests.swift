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

    @Test(arguments: [
        ("{match: {vendor: 1a86}, driver: native}", "a match needs 'serial' or 'port'"),
        ("{match: {serial: A, vendor: usb}, driver: native}", "vendor: 'usb' is not a USB number"),
        ("{path: /dev/a, match: {serial: A}, driver: native}", "'path' and 'match' exclude each other"),
        ("{path: /dev/a, driver: native, addresses: [{address: 1, window: A01}]}", "'native' has a line of its own"),
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
}
