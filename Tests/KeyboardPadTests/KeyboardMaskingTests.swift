// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import KeyboardPad
import RatingModel
import Testing

/// What an operator sees of a keyboard's events without being an auditor (G9).
@Suite struct KeyboardMaskingTests {
    private let driver = KeyboardPadDriver(.init(line: "l"))

    private func event(_ kind: UInt8, _ code: UInt8, _ value: UInt8) -> [UInt8] {
        [0x80, 0x1B, 0xB1, 0x6A, 0, 0, 0, 0, 0x40, 0xE2, 0x01, 0, 0, 0, 0, 0, kind, 0, code, 0, value, 0, 0, 0]
    }

    /// What a keyboard sends for a key: its scan code, the key, the end of the packet.
    private func typed(_ digit: UInt8) -> [UInt8] {
        event(4, 4, 0x1D + digit) + event(1, 1 + digit, 1) + event(0, 0, 0)
    }

    @Test func `the five keys print alike, and their times and kinds are seen`() {
        let pictures = (UInt8(1)...5).map { driver.masked(typed($0), .received) }
        #expect(Set(pictures).count == 1)
        let event = pictures[0][24..<48]
        #expect(event.prefix(18).allSatisfy { $0 != nil } && event.suffix(6).allSatisfy { $0 == nil })
        #expect(pictures[0].suffix(24) == ArraySlice(self.event(0, 0, 0).map { $0 }))
    }

    @Test func `what is no record shows nothing from there on`() {
        for digit in UInt8(1)...5 {
            let shifted = driver.masked([1, 0, 1 + digit] + typed(digit), .received)
            #expect(shifted.allSatisfy { $0 == nil })
            #expect(driver.masked(Array(typed(digit).prefix(44)), .received).suffix(20).allSatisfy { $0 == nil })
        }
    }
}
