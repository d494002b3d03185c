// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import QueueBusPad
import RatingModel
import Testing

/// Traffic written by a generator that knows the bus's description only, and the suite every driver runs.
@Suite struct QueueBusTraceTests {
    private static let traces = (try? DriverTrace.all(of: "queue-bus")) ?? []

    private static func driver(_ trace: DriverTrace) -> QueueBusPadDriver {
        var settings = QueueBusSettings(line: "/dev/bus")
        for line in trace.settings["addresses"] ?? [] {
            settings.addresses = Set(line.split(separator: " ").compactMap { BusAddress($0) })
        }
        if trace.settings["timeout"] == ["none"] { settings.timeoutValue = nil }
        if let line = trace.settings["keys"]?.first { settings.keys = DriverTrace.keyMap(line) }
        return QueueBusPadDriver(settings)
    }

    @Test func `there are traces`() throws {
        #expect(try DriverTrace.all(of: "queue-bus").count >= 20)
    }

    @Test(arguments: traces.map(\.name)) func `a trace is kept to`(_ name: String) throws {
        let trace = try #require(Self.traces.first { $0.name == name })
        #expect(trace.violations(Self.driver) == [])
    }

    // MARK: The suite of every driver

    private static let rating: [UInt8] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x11, 0x03, 0x15, 0x16]
    private static let key: [UInt8] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x05, 0x0C, 0x12, 0x16]
    private static let dissatisfied: [UInt8] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x02, 0x11, 0x00, 0x13, 0x16]
    private let conformance = DriverConformance(
        traces: [
            .init("a rating", rating, presses: 1), .init("a key", key, presses: 0),
            .init("noise, two pads and a key", [0x68, 0xFF] + rating + key + [0xFF] + dissatisfied, presses: 2),
            // Longer ones, cut and sent again at once, hold what looks like pads' repeats.
        ] + traces.compactMap(\.conformance).filter { (1...2).contains($0.presses) },
        makeDriver: { QueueBusPadDriver(QueueBusSettings(line: "/dev/bus")) })

    @Test(arguments: DriverConformance.Check.allCases) func `the suite of every driver is kept to`(
        _ check: DriverConformance.Check
    ) {
        #expect(conformance.violations(of: check) == [])
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func `garbage is outlived`(_ seed: UInt64) {
        #expect(conformance.driverOutlivesGarbage(seed: seed, bytes: 20_000) == [])
    }

    @Test func `memory is bounded`() { #expect(conformance.memoryIsBounded() == []) }
}
