// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

@testable import HallgateCommands
import RatingModel
import Testing

@Suite struct PadKeyTests {
    private let label = "000102030405060708090A0B0C0D0E0F 101112131415161718191A1B1C1D1E1F"

    @Test func `the label is taken with spaces and in either case`() throws {
        #expect(
            try PadKey(label).digits == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        #expect(try PadKey("\t" + label.replacing(" ", with: "-") + "\n").digits.utf8.count == 64)
    }

    @Test(arguments: ["", "0001", "g", String(repeating: "0", count: 64), String(repeating: "0", count: 65)])
    func `anything else is no key`(_ text: String) {
        #expect(throws: GatewayError.self) { try PadKey(text) }
        #expect(throws: GatewayError.self) { try PadKey(label.replacing("1F", with: "1G")) }
    }
}
