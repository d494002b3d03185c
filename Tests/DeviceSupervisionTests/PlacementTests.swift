// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel
import Testing

@testable import DeviceSupervision

/// Two ports with adapters, and lines known by serial number or by port.
private struct PlacementBench {
    var placement: DevicePlacement

    init(_ lines: [PlacedLine], remembered: [DevicePlace] = []) {
        placement = DevicePlacement(remembered: remembered)
        _ = placement.handle(.configured(lines))
    }

    mutating func scan(_ devices: DiscoveredDevice...) -> [DevicePlacement.Action] {
        placement.handle(.discovered(.rescanned(devices)))
    }

    mutating func say(_ name: String, on line: PlacedLine) {
        _ = placement.handle(.identified(DeviceID(name), on: line.path))
    }

    /// What would be opened for a line, or the error's code.
    func opens(_ line: PlacedLine) -> String {
        do throws(GatewayError) {
            let match = line.match ?? DeviceMatch()
            return try placement.opened(DeviceLine(match: match, baud: 9600, kind: .serial)).path
        } catch {
            return error.code
        }
    }
}

private func line(_ window: String, serial: String? = nil, port: String? = nil) -> PlacedLine {
    PlacedLine(
        DeviceAssignment(
            line: DeviceLine(match: DeviceMatch(serial: serial, port: port), baud: 9600, kind: .serial),
            window: WindowID(window), driverName: "none", makeDriver: { NoDriver() }))
}

private func adapter(_ node: String, port: String, serial: String? = nil, product: UInt16 = 0x7523) -> DiscoveredDevice
{
    DiscoveredDevice(
        node: "/dev/" + node, kind: .serial, vendor: 0x1A86, product: product, serial: serial, interface: "00",
        portPath: port)
}

private func keyboardLine(_ window: String, serial: String? = nil, port: String? = nil) -> PlacedLine {
    PlacedLine(
        DeviceAssignment(
            line: DeviceLine(match: DeviceMatch(serial: serial, port: port), baud: 9600, kind: .evdev),
            window: WindowID(window), driverName: "none", makeDriver: { NoDriver() }))
}

/// A node of a USB keyboard, whose interfaces have ports of their own on one socket.
private func input(_ node: String, interface: Int, digits: Bool?, socket: String = "usb-0:3", serial: String? = "K1")
    -> DiscoveredDevice
{
    DiscoveredDevice(
        node: "/dev/input/" + node, kind: .evdev, vendor: 0x04D9, product: 0x1702, serial: serial,
        interface: "0\(interface)", portPath: "\(socket):1.\(interface)", typesDigits: digits)
}

struct PlacementTests {
    /// Adapters of some makes all have the serial number 0001.
    @Test func `adapters with one serial number are known by their ports and are nobody's strangers`() {
        let (first, second) = (line("A01", port: "p1"), line("A02", port: "p2"))
        var bench = PlacementBench([first, second])
        _ = bench.scan(adapter("ttyUSB0", port: "p1", serial: "0001"))
        _ = bench.scan(
            adapter("ttyUSB0", port: "p1", serial: "0001"), adapter("ttyUSB1", port: "p2", serial: "0001"))
        #expect(bench.opens(first) == "/dev/ttyUSB0" && bench.opens(second) == "/dev/ttyUSB1")
        #expect(bench.placement.alerts.isEmpty)
        _ = bench.scan()
        _ = bench.scan(adapter("ttyUSB0", port: "p2", serial: "0001"))
        #expect(bench.opens(second) == "/dev/ttyUSB0" && !bench.placement.isStranger(second.path))
        _ = bench.scan(
            adapter("ttyUSB0", port: "p2", serial: "0001"), adapter("ttyUSB1", port: "p1", serial: "0001"))
        #expect(bench.opens(first) == "/dev/ttyUSB1" && !bench.placement.isStranger(first.path))
        #expect(bench.placement.alerts.isEmpty)
        bench.say("pad-2", on: second)
        bench.say("pad-1", on: first)
        _ = bench.placement.handle(.released(first.path))
        bench.say("pad-2", on: first)
        #expect(bench.placement.alerts == [.swapped(line: "A01", owner: "A02")], "the pad's own name still tells")
    }

    @Test func `a serial number is found whatever node and port it is on, and the new port is told`() {
        let pad = line("A01", serial: "S1")
        var bench = PlacementBench([pad])
        #expect(bench.opens(pad) == "device.missing")
        #expect(bench.scan(adapter("ttyUSB0", port: "p1", serial: "S1")) == [.open("serial=S1"), .remember])
        #expect(bench.opens(pad) == "/dev/ttyUSB0" && bench.placement.alerts.isEmpty)
        #expect(bench.scan(adapter("ttyUSB3", port: "p1", serial: "S1")) == [.close("serial=S1"), .open("serial=S1")])
        #expect(bench.placement.alerts.isEmpty, "another node says nothing")
        _ = bench.scan(adapter("ttyUSB3", port: "p2", serial: "S1"))
        #expect(bench.opens(pad) == "/dev/ttyUSB3" && !bench.placement.isStranger("serial=S1"))
        #expect(bench.placement.alerts == [.moved(line: "A01", from: "p1", to: "p2")])
        _ = bench.scan(adapter("ttyUSB3", port: "p1", serial: "S1"))
        #expect(bench.placement.alerts.isEmpty, "it was plugged back")
        _ = bench.scan(adapter("ttyUSB3", port: "p2", serial: "S1"))
        #expect(bench.placement.handle(.confirmed("serial=S1")) == [.remember])
        #expect(bench.placement.alerts.isEmpty, "it was confirmed")
    }

    @Test func `adapters without serial numbers keep their windows when their nodes swap`() {
        let (a, b) = (line("A01", port: "p1"), line("A02", port: "p2"))
        var bench = PlacementBench([a, b])
        _ = bench.scan(adapter("ttyUSB0", port: "p1"), adapter("ttyUSB1", port: "p2"))
        #expect(bench.opens(a) == "/dev/ttyUSB0" && bench.opens(b) == "/dev/ttyUSB1")
        let actions = bench.scan(adapter("ttyUSB1", port: "p1"), adapter("ttyUSB0", port: "p2"))
        #expect(actions == [.close(a.path), .open(a.path), .close(b.path), .open(b.path)])
        #expect(bench.opens(a) == "/dev/ttyUSB1" && bench.opens(b) == "/dev/ttyUSB0")
        #expect(bench.placement.alerts.isEmpty)
    }

    @Test func `adapters that swapped ports are strangers at both windows until they are swapped back`() {
        let (a, b) = (line("A01", port: "p1"), line("A02", port: "p2"))
        var bench = PlacementBench([a, b])
        _ = bench.scan(adapter("x", port: "p1", serial: "S1"), adapter("y", port: "p2", serial: "S2"))
        _ = bench.scan(adapter("x", port: "p1", serial: "S2"), adapter("y", port: "p2", serial: "S1"))
        #expect(
            bench.placement.alerts == [.swapped(line: "A01", owner: "A02"), .swapped(line: "A02", owner: "A01")])
        #expect(bench.opens(a) == "/dev/x" && bench.placement.isStranger(a.path) && bench.placement.isStranger(b.path))
        _ = bench.scan(adapter("x", port: "p1", serial: "S1"), adapter("y", port: "p2", serial: "S2"))
        #expect(bench.placement.alerts.isEmpty && !bench.placement.isStranger(a.path))
    }

    @Test func `pads that swapped ports behind adapters without serial numbers are known by their names`() {
        let (a, b) = (line("A01", port: "p1"), line("A02", port: "p2"))
        var bench = PlacementBench([a, b])
        _ = bench.scan(adapter("x", port: "p1"), adapter("y", port: "p2"))
        bench.say("pad-1", on: a)
        bench.say("pad-2", on: b)
        #expect(bench.placement.alerts.isEmpty)
        _ = bench.placement.handle(.released(a.path))
        bench.say("pad-2", on: a)
        #expect(bench.placement.alerts == [.swapped(line: "A01", owner: "A02")])
        #expect(bench.placement.isStranger(a.path) && !bench.placement.isStranger(b.path))
        _ = bench.placement.handle(.released(b.path))
        bench.say("pad-1", on: b)
        #expect(bench.placement.isStranger(a.path) && bench.placement.isStranger(b.path))
        _ = bench.placement.handle(.confirmed(a.path))
        _ = bench.placement.handle(.confirmed(b.path))
        #expect(bench.placement.alerts.isEmpty, "they change windows for good")
        #expect(bench.placement.places.map(\.device) == [DeviceID("pad-2"), DeviceID("pad-1")])
    }

    @Test func `a swap while the gateway was off is seen at the start`() {
        let (a, b) = (line("A01", port: "p1"), line("A02", port: "p2"))
        var before = PlacementBench([a, b])
        _ = before.scan(adapter("x", port: "p1", serial: "S1"), adapter("y", port: "p2", serial: "S2"))
        var after = PlacementBench([a, b], remembered: before.placement.places)
        _ = after.scan(adapter("x", port: "p1", serial: "S2"), adapter("y", port: "p2", serial: "S1"))
        #expect(after.placement.alerts.count == 2 && after.placement.isStranger(a.path))
    }

    @Test func `hardware that nobody knows is a stranger until it is confirmed`() {
        let pad = line("A01", port: "p1")
        var bench = PlacementBench([pad])
        _ = bench.scan(adapter("x", port: "p1"))
        _ = bench.scan(adapter("x", port: "p1", product: 0x2303))
        #expect(bench.placement.alerts == [.replaced(line: "A01", was: nil, now: nil)])
        #expect(bench.opens(pad) == "/dev/x" && bench.placement.isStranger(pad.path), "driven, without the window")
        _ = bench.placement.handle(.confirmed(pad.path))
        #expect(bench.placement.alerts.isEmpty && !bench.placement.isStranger(pad.path))
    }

    @Test func `of two with one serial number neither is driven, and both ports are told`() throws {
        let pad = line("A01", serial: "S1")
        var bench = PlacementBench([pad])
        let first = adapter("x", port: "p1", serial: "S1")
        _ = bench.scan(first)
        let actions = bench.placement.handle(.discovered(.appeared(adapter("y", port: "p2", serial: "S1"))))
        #expect(actions == [.open("serial=S1"), .close("serial=S1")], "the open line is closed; the try will fail")
        #expect(bench.opens(pad) == "device.ambiguous")
        #expect(bench.placement.alerts == [.ambiguous(line: "A01", ports: ["p1", "p2"])])
        let trouble = try #require(bench.placement.alerts.first).trouble
        #expect(trouble.message.contains("p1 and p2") && trouble.messageChinese.contains("p1、p2"))
        _ = bench.placement.handle(.discovered(.vanished(node: "/dev/y")))
        #expect(bench.opens(pad) == "/dev/x" && bench.placement.alerts.isEmpty)
    }

    @Test func `a keyboard of several input devices is one device, and the one with digits is read`() {
        let pad = keyboardLine("A01", serial: "K1")
        var bench = PlacementBench([pad])
        _ = bench.scan(
            input("event10", interface: 1, digits: false), input("event9", interface: 1, digits: true),
            input("event3", interface: 0, digits: false))
        #expect(bench.opens(pad) == "/dev/input/event9" && bench.placement.alerts.isEmpty)
        #expect(bench.placement.unassigned.isEmpty, "the other nodes are the pad's as well")
        _ = bench.scan(
            input("event10", interface: 1, digits: true), input("event3", interface: 0, digits: true),
            input("event4", interface: 0, digits: true))
        #expect(bench.opens(pad) == "/dev/input/event3", "the first interface, and there the first node")
        _ = bench.scan(input("event5", interface: 1, digits: nil), input("event4", interface: 0, digits: nil))
        #expect(bench.opens(pad) == "/dev/input/event4", "a kernel that does not say what keys there are")
        let byPort = keyboardLine("A01", port: "usb-0:3:1.0")
        bench = PlacementBench([byPort])
        _ = bench.scan(
            input("event3", interface: 0, digits: false, serial: nil),
            input("event4", interface: 0, digits: true, serial: nil))
        #expect(bench.opens(byPort) == "/dev/input/event4", "several nodes of one interface")
    }

    @Test func `two keyboards with one serial number stay two`() {
        let pad = keyboardLine("A01", serial: "K1")
        var bench = PlacementBench([pad])
        _ = bench.scan(
            input("event3", interface: 0, digits: true), input("event4", interface: 1, digits: false),
            input("event5", interface: 0, digits: true, socket: "usb-0:4"))
        #expect(bench.opens(pad) == "device.ambiguous")
    }

    @Test func `a keyboard's own nodes are not taken for twins of it`() {
        let (first, second) = (keyboardLine("A01", port: "usb-0:3:1.0"), keyboardLine("A02", port: "usb-0:4:1.0"))
        var bench = PlacementBench([first, second])
        _ = bench.scan(input("event3", interface: 0, digits: true), input("event4", interface: 1, digits: false))
        _ = bench.scan(
            input("event3", interface: 0, digits: true, socket: "usb-0:4"),
            input("event4", interface: 1, digits: false, socket: "usb-0:4"))
        #expect(bench.placement.alerts == [.swapped(line: "A02", owner: "A01")])
    }

    @Test func `a device known by its number is not given to the line whose port it is on`() {
        let (a, b) = (line("A01", port: "p1"), line("A02", serial: "S2"))
        var bench = PlacementBench([a, b])
        _ = bench.scan(adapter("x", port: "p1", serial: "S2"))
        #expect(bench.opens(a) == "device.swapped" && bench.opens(b) == "/dev/x")
        #expect(bench.placement.alerts == [.swapped(line: "A01", owner: "A02")])
    }

    @Test func `what no line means is told apart`() {
        let pad = line("A01", serial: "S1")
        let named = PlacedLine(assignment("/dev/hallgate/by-path/p3"))
        var bench = PlacementBench([pad, named])
        var linked = adapter("z", port: "p3")
        linked.links = ["/dev/hallgate/by-path/p3"]
        let unknown = adapter("y", port: "p2", serial: "S9")
        let actions = bench.scan(adapter("x", port: "p1", serial: "S1"), unknown, linked)
        #expect(bench.placement.unassigned == [unknown])
        #expect(actions.contains(.open(named.path)), "a link to a node that appeared is worth a try")
        #expect(bench.placement.handle(.discovered(.vanished(node: "/dev/z"))) == [.close(named.path)])
    }

    @Test func `made-up hardware costs bounded memory`() {
        var bench = PlacementBench([line("A01", serial: "S1")])
        for number in 0..<DevicePlacement.mostDevices + 100 {
            _ = bench.placement.handle(.discovered(.appeared(adapter("t\(number)", port: "p\(number)"))))
        }
        #expect(bench.placement.unassigned.count == DevicePlacement.mostDevices)
    }

    @Test func `a line that is taken out of the configuration is forgotten`() {
        let pad = line("A01", port: "p1")
        var bench = PlacementBench([pad])
        _ = bench.scan(adapter("x", port: "p1", serial: "S1"))
        #expect(bench.placement.handle(.configured([])) == [])
        #expect(bench.placement.places.map(\.line) == [pad.path], "nothing at all is no configuration")
        #expect(bench.placement.handle(.configured([line("A02", port: "p2")])) == [.remember])
        #expect(bench.placement.places.isEmpty)
    }
}
