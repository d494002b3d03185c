// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import Foundation
import RatingModel
import Testing

@testable import HallgateApp

/// Stanzas that are written for operators must be taken by `check`.
@Suite struct DeviceStanzaTests {
    private func files(_ main: String, _ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "stanza-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data(main.utf8).write(to: URL(filePath: directory + "/hall.yaml"))
        try body(directory + "/hall.yaml")
    }

    @Test(arguments: ["W7", "7", "true", "综合 窗口", "a\"b\\c", "- x", "0x1A", "1e3", ""])
    func `any text comes back as it went`(_ text: String) throws {
        let yaml = "hall: {name: \(DeviceStanza.quoted(text))}\n"
        let reading = GatewayConfiguration.read(text: yaml)
        if text.isEmpty { return #expect(reading.configuration == nil) }
        #expect(reading.configuration?.hall.name == text, "\(reading.diagnostics)")
    }

    @Test func `a drop-in adds a device`() throws {
        try files("windows: [{id: W7}]\n") { path in
            let stanza = DeviceStanza(
                place: .path("/dev/serial/by-path/pci-0000:00:14.0"), driver: "native", window: "W7")
            let file = try DropIn.write(stanza, name: "W7", beside: path)
            #expect(file == path + ".d/50-device-W7.yaml")
            let reading = GatewayConfiguration.read(file: path)
            #expect(reading.diagnostics == [])
            #expect(reading.configuration?.devices.map(\.line.path) == ["/dev/serial/by-path/pci-0000:00:14.0"])
            #expect(throws: GatewayError.self, "nothing is overwritten") {
                try DropIn.write(stanza, name: "W7", beside: path)
            }
        }
    }

    @Test func `a drop-in that would be refused is not left there`() throws {
        try files("windows: [{id: W7}]\n") { path in
            let stanza = DeviceStanza(place: .path("/dev/a"), driver: "native", window: "W8")
            let error = #expect(throws: GatewayError.self) { try DropIn.write(stanza, name: "W8", beside: path) }
            #expect(error?.cause?.contains("there is no window 'W8'") == true)
            #expect(!FileManager.default.fileExists(atPath: path + ".d/50-device-W8.yaml"))
        }
    }

    private let hall = """
        windows: [{id: W7}, {id: W8}]
        devices:
          - {path: /dev/old, driver: native, baud: 57600, window: W7}
          - {match: {serial: PAD8}, driver: native, window: W8}

        """

    @Test func `a replacement keeps everything but its place`() throws {
        try files(hall) { path in
            let stanza = try replacement(at: "W7", by: .path("/dev/new"), configurationPath: path)
            #expect(stanza.yaml == "devices:\n  - replaces: /dev/old\n    path: /dev/new\n")
            _ = try DropIn.write(stanza, name: "W7", beside: path)
            let devices = GatewayConfiguration.read(file: path).configuration?.devices ?? []
            #expect(devices.map(\.line.path) == ["/dev/new", "serial=PAD8"])
            #expect(devices.first?.line.baud == 57_600)
            #expect(devices.first?.window == WindowID("W7"))
        }
    }

    @Test func `a pad known by its serial number is replaced by another`() throws {
        try files(hall) { path in
            let stanza = try replacement(at: "W8", by: .serial("PAD9"), configurationPath: path)
            _ = try DropIn.write(stanza, name: "W8", beside: path)
            let devices = GatewayConfiguration.read(file: path).configuration?.devices ?? []
            #expect(devices.map(\.line.match?.serial) == [nil, "PAD9"])
        }
    }

    @Test func `a replacement of nothing is a mistake`() throws {
        let reading = GatewayConfiguration.read(text: hall + "  - {replaces: /dev/gone, path: /dev/new}\n")
        #expect(reading.diagnostics.map(\.message.english) == ["there is nothing to replace by that name"])
        try files(hall) { path in
            let error = #expect(throws: GatewayError.self) {
                try replacement(at: "W9", by: .path("/dev/new"), configurationPath: path)
            }
            #expect(error?.code == "device.unknown")
        }
    }
}
