// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import NativePad
import PadProtocol
import Testing

/// The contract of every driver, kept by this one.
@Suite struct NativePadConformanceTests {
    private static let hello = PadMessage.hello(PadLine.hello()).encoded()
    private let conformance = DriverConformance(
        traces: [
            .init("a hello", hello, presses: 0),
            .init("a press", hello + PadMessage.press(PadLine.press(1)).encoded(), presses: 1),
            .init(
                "garbage, presses, health",
                [0x55, 0xAA] + hello + PadMessage.press(PadLine.press(1)).encoded() + [0x13]
                    + PadMessage.press(PadLine.press(2, level: 5)).encoded() + PadMessage.idle.encoded()
                    + PadMessage.health(
                        PadHealth(isPaused: false, isLogFull: true, waiting: 2, lifetimeCount: 2, uptimeSeconds: 1)
                    ).encoded(), presses: 2),
            .init("an older version only", older, presses: 0),
        ], makeDriver: { NativePadDriver() })
    private static let older = PadMessage.hello(PadLine.hello(versions: VersionRange(9, 12))).encoded()

    @Test func `traces are understood`() { #expect(conformance.tracesAreUnderstood() == []) }

    @Test func `splitting changes nothing`() { #expect(conformance.splittingChangesNothing() == []) }

    @Test func `traces outlive truncation`() { #expect(conformance.tracesOutliveTruncation() == []) }

    @Test func `nothing is acknowledged before it is recorded`() {
        #expect(conformance.nothingIsAcknowledgedBeforeItIsRecorded() == [])
    }

    @Test func `refusal shows a fault`() { #expect(conformance.refusalShowsAFault() == []) }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func `garbage is outlived`(_ seed: UInt64) {
        #expect(conformance.driverOutlivesGarbage(seed: seed, bytes: 50_000) == [])
    }

    @Test func `memory is bounded`() { #expect(conformance.memoryIsBounded() == []) }
}
