// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import KeyboardPad
import RatingModel
import Testing

/// Events written by a generator that knows the kernel's interface only, and the suite every driver runs.
@Suite struct KeyboardTraceTests {
    private static let traces = (try? DriverTrace.all(of: "keyboard")) ?? []

    private static func driver(_ trace: DriverTrace) -> KeyboardPadDriver {
        var settings = KeyboardPadDriver.Settings(line: "/dev/keys")
        settings.endsWithEnter = trace.settings["ends"] == ["enter"]
        if let line = trace.settings["keys"]?.first { settings.keys = DriverTrace.keyMap(line) }
        return KeyboardPadDriver(settings)
    }

    @Test func `there are traces`() throws {
        #expect(try DriverTrace.all(of: "keyboard").count >= 10)
    }

    @Test(arguments: traces.map(\.name)) func `a trace is kept to`(_ name: String) throws {
        let trace = try #require(Self.traces.first { $0.name == name })
        #expect(trace.violations(Self.driver) == [])
    }

    // MARK: The suite of every driver

    private let conformance = DriverConformance(
        traces: traces.filter { $0.settings["ends"] == nil && $0.settings["keys"] == nil }
            .compactMap(\.conformance).filter { $0.bytes.count < 800 },
        makeDriver: { KeyboardPadDriver(.init(line: "/dev/keys")) })

    @Test func `traces are understood`() { #expect(conformance.tracesAreUnderstood() == []) }

    @Test func `splitting changes nothing`() { #expect(conformance.splittingChangesNothing() == []) }

    @Test func `presses are well formed`() { #expect(conformance.pressesAreWellFormed() == []) }

    @Test func `a torn record costs no press behind it`() {
        // Longer traces, sent again at once with their old stamps, hold what looks like a contact's bounce.
        let short = Self.traces.filter { $0.name.hasSuffix("rolling.trace") }.compactMap(\.conformance)
        #expect(short.count == 1)
        let conformance = DriverConformance(traces: short) { KeyboardPadDriver(.init(line: "/dev/keys")) }
        #expect(conformance.tracesOutliveTruncation() == [])
    }

    @Test func `nothing is sent before or after a press is recorded`() {
        #expect(conformance.nothingIsAcknowledgedBeforeItIsRecorded() == [])
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func `garbage is outlived`(_ seed: UInt64) {
        #expect(conformance.driverOutlivesGarbage(seed: seed, bytes: 20_000) == [])
    }

    @Test func `memory is bounded`() { #expect(conformance.memoryIsBounded(rounds: 500) == []) }
}
