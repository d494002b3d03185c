// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceSupervision
import Glibc
import OperatorAPI
import RatingModel
import Testing

extension Udev {
    @Suite struct Hotplug {
        /// How often the pad is plugged in and pulled out; `HALLGATE_CYCLES=1000` is the full run.
        static let cycles = getenv("HALLGATE_CYCLES").flatMap { Int(String(cString: $0)) } ?? 100

        @Test func `a pad that is plugged in and pulled out keeps every press once`() async throws {
            let bench = try await HotplugBench(pads: 1)
            let adapter = MockAdapter(port: "1-1", serial: "PAD0001")
            let pad = bench.name(ofPad: 0)
            var times: [Duration] = []
            var overruns = 0
            var before = 0
            try await bench.run([(DeviceMatch(serial: "PAD0001"), "A01")]) {
                for cycle in 0..<Self.cycles {
                    if cycle == 1 { before = openDescriptors() }
                    // The kernel gives the next number where the last one is still held by somebody.
                    let node = "ttyUSB\(cycle % 3)"
                    let blind = cycle % 10 == 9 ? try await OverrunSocket(bench.discovery) : nil
                    try await bench.plug(adapter, node: node, pad: 0)
                    var start = ContinuousClock.now
                    if let blind {
                        // What was sent of the node is lost; the list after the overrun has to bring it.
                        overruns += 1
                        start = ContinuousClock.now
                        try await blind.overrun()
                    }
                    let had = bench.ledger.count
                    bench.press(pad: 0)
                    let isRecorded = await eventually(.seconds(10)) { bench.ledger.count > had }
                    let picture = isRecorded ? "" : await bench.picture
                    try #require(isRecorded, "cycle \(cycle): \(picture)")
                    times.append(ContinuousClock.now - start)
                    try #require(
                        await eventually { bench.notebook.acknowledged(0) == bench.notebook.pressed(0) },
                        "cycle \(cycle)")
                    if cycle % 3 == 2 {
                        // The plug is pulled while a press is on its way: the pad brings it again.
                        let pressed = bench.notebook.pressed(0)
                        bench.press(pad: 0)
                        try #require(await eventually { bench.notebook.pressed(0) > pressed })
                    }
                    try await bench.unplug(node: node, pad: 0)
                }
                let pressed = bench.notebook.pressed(0)
                try await bench.plug(adapter, node: "ttyUSB0", pad: 0)
                #expect(await eventually { bench.notebook.acknowledged(0) == pressed })
                try await bench.unplug(node: "ttyUSB0", pad: 0)
                #expect(
                    await eventually { openDescriptors() <= before }, "\(openDescriptors()) after, \(before) before")
                #expect(await bench.supervision.troubles().isEmpty)
            }
            let pressed = bench.notebook.pressed(0)
            #expect(bench.ledger.sequences(ofPad: pad) == (0..<pressed).map { UInt64($0 + 1) }, "none lost, none twice")
            #expect(bench.ledger.windows(ofPad: pad).allSatisfy { $0 == WindowID("A01") })
            let sorted = times.sorted()
            let slowest = try #require(sorted.last)
            print(
                "\(Self.cycles) cycles, \(overruns) overruns: first rating after the node appears median "
                    + "\(sorted[sorted.count / 2]), slowest \(slowest); \(pressed) presses, \(bench.ledger.count) recorded, "
                    + "\(bench.ledger.repeats) brought again; \(before) descriptors before")
            #expect(slowest <= .seconds(2))
        }

        @Test
        func `adapters without serial numbers keep their windows when their nodes swap, and a swap of ports is told`()
            async throws
        {
            let bench = try await HotplugBench(pads: 2)
            let ports = [MockAdapter(port: "1-1", serial: nil), MockAdapter(port: "1-2", serial: nil)]
            let matches = ports.enumerated().map { (DeviceMatch(port: $1.portPath), "A0\($0 + 1)") }
            var nodes = ["ttyUSB0", "ttyUSB1"]
            try await bench.run(matches) {
                for round in 0..<6 {
                    for pad in 0...1 { try await bench.plug(ports[pad], node: nodes[pad], pad: pad) }
                    for pad in 0...1 { try await Self.rate(bench, pad: pad, count: round + 1) }
                    for pad in 0...1 { try await bench.unplug(node: nodes[pad], pad: pad) }
                    nodes.reverse()
                }
                #expect(await bench.supervision.troubles().isEmpty)
                // Now each pad is plugged into the other's port.
                for pad in 0...1 { try await bench.plug(ports[1 - pad], node: nodes[pad], pad: pad) }
                for pad in 0...1 { try await Self.rate(bench, pad: pad, count: 7) }
                #expect(await bench.supervision.troubles().map(\.code) == ["device.swapped", "device.swapped"])
                for pad in 0...1 { try await bench.unplug(node: nodes[pad], pad: pad) }
                for pad in 0...1 { try await bench.plug(ports[pad], node: nodes[pad], pad: pad) }
                for pad in 0...1 { try await Self.rate(bench, pad: pad, count: 8) }
                #expect(await bench.supervision.troubles().isEmpty)
            }
            for pad in 0...1 {
                let own: WindowID? = WindowID("A0\(pad + 1)")
                #expect(
                    bench.ledger.windows(ofPad: bench.name(ofPad: pad)) == Array(repeating: own, count: 6) + [nil, own])
            }
        }

        @Test func `of two with the same serial number neither is driven`() async throws {
            let bench = try await HotplugBench(pads: 2)
            let twins = ["1-1", "1-2"].map { MockAdapter(port: $0, serial: "0001") }
            try await bench.run([(DeviceMatch(serial: "0001"), "A01")]) {
                try await bench.plug(twins[0], node: "ttyUSB0", pad: 0)
                try await Self.rate(bench, pad: 0, count: 1)
                try await bench.plug(twins[1], node: "ttyUSB1", pad: 1)
                #expect(
                    await eventually { await bench.supervision.troubles().map(\.code) == ["device.ambiguous"] })
                #expect(await eventually { await bench.supervision.statuses().first?.state == .absent })
                for pad in 0...1 { bench.press(pad: pad) }
                try await Task.sleep(for: .milliseconds(300))
                #expect(bench.ledger.count == 1, "nothing is assigned to the window")
                for pad in [1, 0] { try await bench.unplug(node: "ttyUSB\(pad)", pad: pad) }
                try await bench.plug(twins[0], node: "ttyUSB0", pad: 0)
                #expect(await eventually { bench.ledger.count == 2 }, "the press waited in the pad that is left")
                #expect(bench.ledger.windows(ofPad: bench.name(ofPad: 1)).isEmpty)
            }
        }

        /// Presses once and waits until so many presses of the pad are recorded.
        private static func rate(_ bench: HotplugBench, pad: Int, count: Int) async throws {
            bench.press(pad: pad)
            let name = bench.name(ofPad: pad)
            try #require(
                await eventually { bench.ledger.sequences(ofPad: name).count == count }, "pad \(pad), press \(count)")
        }
    }
}
