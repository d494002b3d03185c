// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import QueueBusPad
import RatingModel
import Testing

/// What an operator sees of a queue bus without being an auditor (G9).
@Suite struct QueueBusMaskingTests {
    private let driver = QueueBusPadDriver(QueueBusSettings(line: "/dev/bus", addresses: [1]))

    private func frame(_ address: UInt8, _ function: UInt8, _ data: [UInt8]) -> [UInt8] {
        let (body, length) = ([address, function] + data, UInt8(data.count + 2))
        return [0xFF, 0x68, length, length, 0x68] + body + [body.reduce(0, &+), 0x16]
    }

    @Test func `a rating shows everything but its value and its sum`() {
        let rating = frame(1, 0x11, [3])
        #expect(driver.masked(rating, .received) == [0xFF, 0x68, 3, 3, 0x68, 1, 0x11, nil, nil, 0x16])
        #expect(driver.masked(frame(1, 0x01, [3]), .sent) == [0xFF, 0x68, 3, 3, 0x68, 1, 0x01, nil, nil, 0x16])
    }

    @Test func `no two values can be told apart, in a rating, its acknowledgement and its echo`() {
        for noise in [[], [0x00, 0xFF], [0xFF, 0x68, 0x03]] as [[UInt8]] {
            for (function, direction) in [(0x11, .received), (0x01, .received), (0x01, .sent), (0x21, .received)]
                as [(UInt8, TrafficRecord.Direction)]
            {
                let pictures = (UInt8(1)...5).map { driver.masked(noise + frame(9, function, [$0]), direction) }
                #expect(Set(pictures).count == 1 && pictures[0].contains(function), "\(function)")
            }
        }
    }

    @Test func `a frame that is cut or wrong shows nothing`() {
        for value in UInt8(1)...5 {
            let rating = frame(1, 0x11, [value])
            for cut in 1..<rating.count {
                #expect(driver.masked(Array(rating[cut...]), .received).allSatisfy { $0 == nil })
                #expect(driver.masked(Array(rating[..<cut]), .received).allSatisfy { $0 == nil })
            }
            var bent = rating
            bent[7] ^= 1
            #expect(driver.masked(bent, .received).allSatisfy { $0 == nil })
        }
    }

    @Test func `known keys of staff, figures and beeps are shown`() {
        let call = frame(2, 0x21, [0x0C])
        #expect(driver.masked(call, .received) == call)
        let (figures, beep) = (frame(2, 0x02, [0, 1, 2, 10, 10, 10]), frame(2, 0x03, []))
        #expect(driver.masked(figures + beep, .sent) == figures + beep)
    }
}
