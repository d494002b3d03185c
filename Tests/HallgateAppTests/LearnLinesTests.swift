// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Which lines are listened on, and what a configuration names them by.
@Suite struct LearnLinesTests {
    private func serial(_ node: String, port: String, serial: String? = nil, interface: String = "00")
        -> DiscoveredDevice
    {
        DiscoveredDevice(
            node: "/dev/" + node, kind: .serial, vendor: 0x1A86, product: 0x7523, serial: serial,
            interface: interface, kernelDriver: "ch341", portPath: port)
    }

    private func take(_ devices: [DiscoveredDevice], keyboards: Bool = false) -> [LearnLine] {
        var lines = LearnLines(configured: [])
        lines.includesKeyboards = keyboards
        return lines.take(.rescanned(devices), isFirst: true)
    }

    @Test func `the place is the serial number, and the port where that is missing or shared`() {
        let lines = take([
            serial("ttyUSB0", port: "usb-0:1:1.0", serial: "PAD0001"), serial("ttyUSB1", port: "usb-0:2:1.0"),
            serial("ttyUSB2", port: "usb-0:3:1.0", serial: "0001"),
            serial("ttyUSB3", port: "usb-0:4:1.0", serial: "0001"),
        ])
        #expect(
            lines.map(\.place) == [
                .serial("PAD0001"), .port("usb-0:2:1.0"), .port("usb-0:3:1.0"), .port("usb-0:4:1.0"),
            ])
        let twoLines = take([
            serial("ttyUSB0", port: "usb-0:1:1.0", serial: "F1"),
            serial("ttyUSB1", port: "usb-0:1:1.1", serial: "F1", interface: "01"),
        ])
        #expect(twoLines.map(\.place) == [.serial("F1", interface: "00"), .serial("F1", interface: "01")])
    }

    @Test func `configured devices are left alone, by node, link or match`() {
        var device = serial("ttyUSB0", port: "usb-0:1:1.0", serial: "PAD0001")
        device.links = ["/dev/hallgate/by-path/x"]
        for line in [
            DeviceLine(path: "/dev/ttyUSB0", baud: 9600), DeviceLine(path: "/dev/hallgate/by-path/x", baud: 9600),
            DeviceLine(match: DeviceMatch(serial: "PAD0001"), baud: 9600, kind: .serial),
        ] {
            var lines = LearnLines(configured: [line])
            #expect(lines.take(.rescanned([device]), isFirst: true).isEmpty, "\(line)")
        }
    }

    @Test func `a keyboard counts where it is plugged in now, and a HID device where its reports are the maker's`() {
        let keyboard = DiscoveredDevice(
            node: "/dev/input/event3", kind: .evdev, vendor: 0x04D9, product: 1, portPath: "usb-0:1:1.0",
            typesDigits: true)
        #expect(take([keyboard]).isEmpty)
        #expect(take([keyboard], keyboards: true).map(\.isGrabbed) == [false], "somebody may be typing on it")
        var lines = LearnLines(configured: [])
        _ = lines.take(.rescanned([]), isFirst: true)
        #expect(lines.take(.appeared(keyboard), isFirst: false).map(\.isGrabbed) == [true])
        #expect(lines.take(.appeared(keyboard), isFirst: false).isEmpty, "once")
        _ = lines.take(.vanished(node: keyboard.node), isFirst: false)
        #expect(lines.take(.appeared(keyboard), isFirst: false).count == 1, "and again when it was pulled out")
        let mouse = DiscoveredDevice(node: "/dev/hidraw0", kind: .hidraw, vendor: 1, product: 1, usagePage: 1)
        let pad = DiscoveredDevice(
            node: "/dev/hidraw1", kind: .hidraw, vendor: 1, product: 2, serial: "HID0001", usagePage: 0xFF00)
        #expect(take([mouse, pad]).map(\.place) == [.serial("HID0001")])
    }

    @Test func `a chip names no pad, and a pad's own number does`() {
        let adapter = take([serial("ttyUSB0", port: "p", serial: "00c0ffee00000042")])[0]
        #expect(Set(adapter.scores.values) == [1] && adapter.scores["native"] == 1)
        let native = DiscoveredDevice(
            node: "/dev/ttyACM0", kind: .serial, vendor: 0x1209, product: 3, serial: "00c0ffee00000042",
            kernelDriver: "cdc_acm")
        #expect(DriverCatalogue.suggestions(for: native).map(\.name) == ["native"])
        #expect(DriverCatalogue.suggestions(for: native).first?.score ?? 0 > 8)
    }

    @Test func `every trial is a stanza that is accepted`() {
        // A pad that connects in says its name: there is nothing to try.
        #expect(LearnTrial.all(.web).isEmpty)
        for kind in DeviceLine.Kind.allCases where kind != .web { #expect(!LearnTrial.all(kind).isEmpty, "\(kind)") }
        #expect(LearnTrial.all(.serial).map(\.driver.name) == ["native", "queue-bus", "scanner"])
        #expect(LearnTrial.all(.serial, only: "queue-bus").first?.speeds.first == 9600)
        #expect(LearnTrial.all(.evdev).map(\.driver.name) == ["keyboard", "scanner"])
    }
}
