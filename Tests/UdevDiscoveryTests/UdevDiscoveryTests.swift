// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Testing

@testable import UdevDiscovery

extension Udev {
    @Suite struct Discovery {
        let first = MockAdapter(port: "1-1", serial: "PAD0001")
        let second = MockAdapter(port: "1-2", serial: nil)

        @Test func `what is there comes first, then what comes and goes`() async throws {
            let bed = try Testbed()
            try await bed.plug(first, node: "ttyUSB0")
            let discovery = try UdevDiscovery()
            var events = discovery.events.makeAsyncIterator()
            #expect(await events.next() == .rescanned([first.discovered(node: bed.path(of: "ttyUSB0"))]))
            try await bed.plug(second, node: "ttyUSB1")
            #expect(await events.next() == .appeared(second.discovered(node: bed.path(of: "ttyUSB1"))))
            await bed.unplug(node: "ttyUSB0")
            #expect(await events.next() == .vanished(node: bed.path(of: "ttyUSB0")))
            discovery.stop()
            while await events.next() != nil {}
        }

        @Test func `consoles, mice and joysticks are no devices of a hall`() async throws {
            let bed = try Testbed()
            try bed.add("P: /devices/virtual/tty/tty7\nE: SUBSYSTEM=tty\nE: DEVNAME=/dev/tty7\nE: ID_PATH=x\n")
            let parent = "/devices/platform/kbd0/input/input0"
            try bed.add("P: \(parent)\nE: SUBSYSTEM=input\nE: ID_PATH=platform-kbd0\n")
            for (node, more) in [("event0", "E: ID_INPUT_MOUSE=1\n"), ("js0", ""), ("event1", "E: ID_INPUT_KEY=1\n")] {
                try bed.add(
                    "P: \(parent)/\(node)\nE: SUBSYSTEM=input\nE: DEVNAME=/dev/input/\(node)\n"
                        + "E: ID_INPUT=1\nE: ID_PATH=platform-kbd0\n\(more)")
            }
            let discovery = try UdevDiscovery()
            var events = discovery.events.makeAsyncIterator()
            let keyboard = DiscoveredDevice(node: "/dev/input/event1", kind: .evdev, portPath: "platform-kbd0")
            #expect(await events.next() == .rescanned([keyboard]))
        }

        @Test func `an input device says whether it types digits, and a HID device what its reports are for`()
            async throws
        {
            let bed = try Testbed()
            let parent = "/devices/platform/kbd0/input/"
            for (number, keys) in [
                (0, "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"), (1, "3e000b00000000 0 0 0"),
            ] {
                try bed.add("P: \(parent)input\(number)\nE: SUBSYSTEM=input\nA: capabilities/key=\(keys)\\n\n")
                try bed.add(
                    "P: \(parent)input\(number)/event\(number)\nE: SUBSYSTEM=input\nE: DEVNAME=/dev/input/event\(number)\n"
                        + "E: ID_INPUT=1\nE: ID_INPUT_KEY=1\nE: ID_PATH=platform-kbd0\n")
            }
            let hid = "/devices/platform/hid0/0003:1209:0001.0001"
            try bed.add("P: \(hid)\nE: SUBSYSTEM=hid\nH: report_descriptor=0600FF0901A101\n")
            try bed.add(
                "P: \(hid)/hidraw/hidraw0\nE: SUBSYSTEM=hidraw\nE: DEVNAME=/dev/hidraw0\nE: ID_PATH=platform-hid0\n")
            let discovery = try UdevDiscovery()
            var events = discovery.events.makeAsyncIterator()
            guard case .rescanned(let devices) = await events.next() else {
                Issue.record("nothing was found")
                return
            }
            let byNode = Dictionary(uniqueKeysWithValues: devices.map { ($0.node, $0) })
            #expect(byNode["/dev/input/event0"]?.typesDigits == true)
            #expect(byNode["/dev/input/event1"]?.typesDigits == false)
            #expect(byNode["/dev/hidraw0"]?.usagePage == 0xFF00)
            #expect(DiscoveredDevice.hasDigits("200 0") == true, "a keypad's 9")
            #expect(DiscoveredDevice.hasDigits("x") == nil && DiscoveredDevice.usagePage([0x05, 0x01]) == 1)
        }

        @Test func `what hardware says of itself is bounded and holds no control characters`() async throws {
            let bed = try Testbed()
            var odd = first
            odd.serial = "A\u{1B}[31mB\u{202E}C\tD"
            odd.model = String(repeating: "M", count: 3000)
            try await bed.plug(odd, node: "ttyUSB0")
            let discovery = try UdevDiscovery()
            var events = discovery.events.makeAsyncIterator()
            guard case .rescanned(let devices) = await events.next(), let device = devices.first else {
                Issue.record("nothing was found")
                return
            }
            #expect(device.serial == "A\u{FFFD}[31mB\u{FFFD}C\u{FFFD}D")
            #expect(device.model == String(repeating: "M", count: DiscoveredDevice.mostBytes))
        }

        @Test func `an overrun of the socket ends in a list of everything`() async throws {
            let bed = try Testbed()
            try await bed.plug(first, node: "ttyUSB0")
            let discovery = try UdevDiscovery()
            var events = discovery.events.makeAsyncIterator()
            _ = await events.next()
            let socket = try await OverrunSocket(discovery)
            await bed.unplug(node: "ttyUSB0")
            try await bed.plug(second, node: "ttyUSB1")
            try await socket.overrun()
            #expect(await events.next() == .rescanned([second.discovered(node: bed.path(of: "ttyUSB1"))]))
            await bed.unplug(node: "ttyUSB1")
            var next = await events.next()
            // What came while the list was made may be told once more; to say it again changes nothing.
            while next == .appeared(second.discovered(node: bed.path(of: "ttyUSB1")))
                || next == .rescanned([second.discovered(node: bed.path(of: "ttyUSB1"))])
            {
                next = await events.next()
            }
            #expect(next == .vanished(node: bed.path(of: "ttyUSB1")), "and events come as before")
        }

        @Test func `a slow reader gets the truth in the end`() async throws {
            let bed = try Testbed()
            try await bed.plug(first, node: "ttyUSB0")
            let discovery = try UdevDiscovery()
            bed.listener = discovery.thread.monitorDescriptor
            let path = "/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/ttyUSB0/tty/ttyUSB0"
            for _ in 0..<3 * UdevDiscovery.mostWaiting { await bed.send("change", of: path) }
            await bed.unplug(node: "ttyUSB0")
            try await bed.plug(second, node: "ttyUSB1")
            var known: Set<DiscoveredDevice> = []
            var count = 0
            for await event in discovery.events {
                count += 1
                switch event {
                case .appeared(let device): known.insert(device)
                case .vanished(let node): known = known.filter { $0.node != node }
                case .rescanned(let devices): known = Set(devices)
                }
                if known == [second.discovered(node: bed.path(of: "ttyUSB1"))] { break }
            }
            #expect(known == [second.discovered(node: bed.path(of: "ttyUSB1"))])
            #expect(count <= UdevDiscovery.mostWaiting + 64, "and what waits is bounded")
        }

        @Test func `the end gives every descriptor back`() async throws {
            let bed = try Testbed()
            try await bed.plug(first, node: "ttyUSB0")
            let before = openDescriptors()
            for _ in 0..<50 {
                let discovery = try UdevDiscovery()
                var events = discovery.events.makeAsyncIterator()
                _ = await events.next()
            }
            #expect(await eventually { openDescriptors() <= before })
        }
    }
}
