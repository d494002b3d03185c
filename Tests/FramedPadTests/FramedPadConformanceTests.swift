// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FramedPad
import HallgateTesting
import Testing

/// The contract of every driver, kept with descriptions of pads and displays.
@Suite struct FramedPadConformanceTests {
    /// A kind of pad with some of its traffic.
    struct Kind: Sendable, CustomTestStringConvertible {
        let description: FrameDescription
        let traces: [DriverConformance.Trace]
        var testDescription: String { description.name }

        var conformance: DriverConformance {
            DriverConformance(traces: traces) { [description] in
                FramedPadDriver(description, line: "/dev/ttyS0", addresses: [])
            }
        }
    }

    static let kinds = [
        Kind(
            description: Descriptions.queueBus,
            traces: [
                .init("a rating", [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x11, 0x03, 0x15, 0x16], presses: 1),
                .init("a key", [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x0B, 0x0D, 0x16], presses: 0),
                .init(
                    "garbage, a key, two ratings",
                    [0x68, 0xFF, 0xFF, 0x68, 0x04, 0x04, 0x68, 0x02, 0x01, 0x06, 0x0F, 0x18, 0x16]
                        + [0xFF, 0x68, 0x03, 0x03, 0x68, 0x02, 0x11, 0x00, 0x13, 0x16, 0x16]
                        + [0xFF, 0x68, 0x03, 0x03, 0x68, 0x02, 0x11, 0x01, 0x14, 0x16], presses: 2),
            ]),
        Kind(
            description: Descriptions.fixed,
            traces: [
                .init("a press", [0xAA, 0x55, 0x07, 0x01, 0x02, 0x04], presses: 1),
                .init(
                    "alive and presses",
                    [0xAA, 0x55, 0x07, 0x02, 0x00, 0x05, 0x00, 0xAA, 0x55, 0x07, 0x01, 0x05, 0x03]
                        + [0xAA, 0x55, 0x08, 0x01, 0x01, 0x08], presses: 2),
            ]),
        Kind(
            description: Descriptions.line,
            traces: [
                .init("a press", Array("KEY1\r\n".utf8), presses: 1),
                .init("noise and presses", Array("\r\nxKEKEY5\r\nKEY3\r\n".utf8), presses: 2),
            ]),
        Kind(
            description: Descriptions.display,
            traces: [
                .init(
                    "a code", [], presses: 0, outputs: 1,
                    commands: [.show(.qrCode("https://h/r/1", lifetime: .seconds(9)))]),
                .init("words that mean nothing", [0xA5, 0x5A, 0x00, 0x01, 0x31], presses: 0, outputs: 0),
            ]),
        Kind(
            description: Descriptions.displayLine,
            traces: [
                .init(
                    "a code, taken off", Array("OK\r\n".utf8), presses: 0, outputs: 2,
                    commands: [.show(.qrCode("https://h/r/1", lifetime: .seconds(9))), .show(.standby)]),
                .init(
                    "too long for it", [], presses: 0, outputs: 0,
                    commands: [.show(.qrCode(String(repeating: "a", count: 121), lifetime: .seconds(9)))]),
            ]),
    ]

    @Test(arguments: kinds, DriverConformance.Check.allCases)
    func `the suite of every driver is kept to`(_ kind: Kind, _ check: DriverConformance.Check) {
        #expect(kind.conformance.violations(of: check) == [])
    }

    @Test(arguments: kinds, 1...8 as ClosedRange<UInt64>)
    func `garbage is outlived`(_ kind: Kind, _ seed: UInt64) {
        #expect(kind.conformance.driverOutlivesGarbage(seed: seed, bytes: 20_000) == [])
    }

    @Test(arguments: kinds) func `memory is bounded`(_ kind: Kind) {
        #expect(kind.conformance.memoryIsBounded() == [])
    }
}
