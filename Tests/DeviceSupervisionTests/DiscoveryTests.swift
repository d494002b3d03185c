// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import OperatorAPI
import RatingModel
import Synchronization
import Testing

@testable import DeviceSupervision

@Suite(.timeLimit(.minutes(5))) struct DiscoveryTests {
    private func matched(port: String, window: String) -> DeviceAssignment {
        DeviceAssignment(
            line: DeviceLine(match: DeviceMatch(port: port), baud: 9600, kind: .serial), window: WindowID(window),
            driverName: "none", makeDriver: { NoDriver() })
    }

    private func device(_ node: String, port: String, serial: String? = nil) -> DiscoveredDevice {
        DiscoveredDevice(node: node, kind: .serial, serial: serial, portPath: port)
    }

    @Test func `a line is opened when its device appears, whatever the back-off, and closed when it is gone`()
        async throws
    {
        let bench = Bench()
        try await bench.run([matched(port: "p1", window: "A01")]) {
            #expect(await bench.clock.waitForSleepers(1))
            #expect(await bench.status().detail == "nothing is known of the system's devices")
            bench.transport.plug("/dev/a")
            await bench.supervision.take(.rescanned([device("/dev/a", port: "p1")]))
            let first = try #require(await bench.transport.connection("/dev/a"))
            await bench.supervision.take(.vanished(node: "/dev/a"))
            #expect(await eventually { !first.isOpen })
            #expect(await eventually { await bench.status().state == .absent })
            bench.transport.plug("/dev/b")
            await bench.supervision.take(.appeared(device("/dev/b", port: "p1")))
            #expect(await bench.transport.connection("/dev/b") != nil, "the clock stood still all the time")
        }
    }

    @Test func `a line with a path is tried at once when its node or a link to it appears`() async throws {
        let bench = Bench()
        try await bench.run([assignment("/dev/hallgate/by-path/p1")]) {
            #expect(await bench.clock.waitForSleepers(1))
            bench.transport.plug("/dev/hallgate/by-path/p1")
            var found = device("/dev/a", port: "p1")
            found.links = ["/dev/hallgate/by-path/p1"]
            await bench.supervision.take(.appeared(found))
            #expect(await bench.transport.connection("/dev/hallgate/by-path/p1") != nil)
        }
    }

    @Test func `a pad at a wrong window is driven without the window until an operator confirms it`() async throws {
        let bench = Bench()
        let lines = [matched(port: "p1", window: "A01"), matched(port: "p2", window: "A02")]
        let nodes = ["/dev/a", "/dev/b"]
        for node in nodes { bench.transport.plug(node) }
        try await bench.run(lines) {
            await bench.supervision.take(.rescanned([device(nodes[0], port: "p1"), device(nodes[1], port: "p2")]))
            for (node, name) in zip(nodes, ["pad-1", "pad-2"]) {
                try #require(await bench.transport.connection(node)).emit(.identified(identity(name)))
            }
            #expect(await eventually { await bench.supervision.statuses().allSatisfy { $0.state == .ready } })
            bench.transport.unplug(nodes[0])
            bench.transport.plug(nodes[0])
            await bench.supervision.take(.appeared(device(nodes[0], port: "p1")))
            let other = try #require(await bench.transport.connection(nodes[0], ordinal: 2))
            other.emit(.identified(identity("pad-2")))
            other.emit(.press(press(1, device: "pad-2")))
            #expect(await other.waitForEvents { $0 == [.recorded(press(1, device: "pad-2").key)] }, "it is thanked for")
            #expect(bench.receiver.sources == [PressSource(path: "port=p1", window: nil)])
            #expect(await bench.supervision.command(.pause, window: WindowID("A01")) == 0)
            #expect(await bench.supervision.troubles().map(\.code).contains("device.swapped"))
            #expect(await bench.supervision.confirm(path: "port=p1"))
            #expect(await !bench.supervision.confirm(path: "port=p9"))
            other.emit(.press(press(2, device: "pad-2")))
            #expect(await eventually { bench.receiver.sources.last?.window == WindowID("A01") })
        }
    }

    @Test func `places are kept, the newest last, however slow the disk is`() async throws {
        let kept = Mutex<[[DevicePlace]]>([])
        let transport = ScriptedTransport()
        let supervision = DeviceSupervision(
            transport: transport, receiver: TestReceiver(), clock: VirtualClock(), logger: Bench.silent,
            remember: { places in
                try? await Task.sleep(for: .milliseconds(20))
                kept.withLock { $0.append(places) }
            })
        await supervision.apply([matched(port: "p1", window: "A01"), matched(port: "p2", window: "A02")])
        let both = [device("/dev/a", port: "p1", serial: "S1"), device("/dev/b", port: "p2", serial: "S2")]
        async let first: Void = supervision.take(.rescanned([both[0]]))
        async let second: Void = supervision.take(.rescanned(both))
        _ = await (first, second)
        #expect(await eventually { kept.withLock { $0.last?.map(\.serial) == ["S1", "S2"] } })
    }
}
