// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Scanner
import Testing

/// The contract of every driver, kept by this one.
@Suite struct ScannerConformanceTests {
    private let conformance = DriverConformance(
        traces: [
            .init("a ticket", Array("A012\r".utf8), presses: 0, outputs: 1),
            .init("QR codes", Array("]Q3土左旗\n]Q3办件\r\n".utf8), presses: 0, outputs: 2),
            .init("not the encoding", [0xB0, 0xA1, 0x0D, 0x31, 0x0D], presses: 0, outputs: 1),
            .init("too long", [UInt8](repeating: 0x39, count: 700) + [0x0D], presses: 0, outputs: 0),
        ], makeDriver: { ScannerDriver(ScannerSettings(device: DeviceID("scanner-1"))) })

    @Test func `traces are understood`() { #expect(conformance.tracesAreUnderstood() == []) }

    @Test func `splitting changes nothing`() { #expect(conformance.splittingChangesNothing() == []) }

    @Test func `nothing is a press`() { #expect(conformance.tracesOutliveTruncation() == []) }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func `garbage is outlived`(_ seed: UInt64) {
        #expect(conformance.driverOutlivesGarbage(seed: seed, bytes: 20_000) == [])
    }

    @Test func `memory is bounded`() { #expect(conformance.memoryIsBounded(rounds: 300) == []) }

    @Test func `a suite without an output proves nothing and says so`() {
        let empty = DriverConformance(traces: [.init("none", [0x0D], presses: 0)]) {
            ScannerDriver(ScannerSettings(device: DeviceID("scanner-1")))
        }
        #expect(empty.tracesAreUnderstood().count == 1)
    }

    @Test(arguments: [ScannerSettings.Input.keyEvents, .reports(.init(number: nil, lengthAt: 0, textAt: 1))])
    func `other inputs outlive garbage`(_ input: ScannerSettings.Input) {
        var settings = ScannerSettings(device: DeviceID("scanner-1"))
        settings.input = input
        settings.ending = .silence
        let fixed = settings
        let suite = DriverConformance(traces: [.init("bytes", Array(0...255), presses: 0)]) { ScannerDriver(fixed) }
        #expect(suite.driverOutlivesGarbage(seed: 7, bytes: 20_000) == [])
        #expect(suite.memoryIsBounded(rounds: 300) == [])
    }
}
