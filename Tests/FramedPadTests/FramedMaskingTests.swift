// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FramedPad
import RatingModel
import Testing

/// What an operator sees of a described pad's frames without being an auditor (G9).
@Suite struct FramedMaskingTests {
    private func queueBus(_ value: UInt8) -> [UInt8] {
        [0xFF, 0x68, 3, 3, 0x68, 1, 0x11, value, 0x12 &+ value, 0x16]
    }

    @Test func `everything but the value and the checksum of a press is shown`() {
        let driver = FramedPadDriver(Descriptions.queueBus, line: "l")
        let pictures = (UInt8(1)...5).map { driver.masked([0x00] + queueBus($0) + queueBus(2), .received) }
        #expect(Set(pictures).count == 1)
        #expect(pictures[0].dropFirst().prefix(10) == [0xFF, 0x68, 3, 3, 0x68, 1, 0x11, nil, nil, 0x16])
    }

    @Test func `answers, cut frames and frames without a checksum show nothing`() {
        let driver = FramedPadDriver(Descriptions.queueBus, line: "l")
        for value in UInt8(1)...5 {
            let frame = queueBus(value)
            #expect(driver.masked(frame, .sent).allSatisfy { $0 == nil })
            for cut in 1..<frame.count {
                #expect(driver.masked(Array(frame[cut...]), .received).allSatisfy { $0 == nil })
                #expect(driver.masked(Array(frame[..<cut]), .received).allSatisfy { $0 == nil })
            }
        }
        var plain = Descriptions.queueBus
        plain.checksum = nil
        let unchecked = FramedPadDriver(plain, line: "l")
        #expect(unchecked.masked(queueBus(3), .received).allSatisfy { $0 == nil })
    }

    @Test(arguments: ["modbus", "line", "fixed"]) func `what a description leaves open is masked`(_ name: String) {
        let description = Descriptions.description(name)
        let driver = FramedPadDriver(description, line: "l")
        let bytes = (0..<64).map { UInt8($0 & 7) }
        let shown = driver.masked(bytes, .received)
        #expect(shown.count == bytes.count && zip(shown, bytes).allSatisfy { $0 == nil || $0 == $1 })
    }
}
