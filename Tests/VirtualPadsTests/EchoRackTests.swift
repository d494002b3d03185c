// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VirtualPads

@Suite(.timeLimit(.minutes(1))) struct EchoRackTests {
    @Test func `every frame comes back on its own line`() throws {
        let rack = try EchoRack(lines: 8)
        for line in 0..<8 { #expect(rack.strike(line..<(line + 1), frame: [0x00, 0x03, 0x0A, 0xFF]).count == 1) }
        #expect(rack.strike(0..<8, frame: [UInt8](repeating: 0x55, count: 48)).count == 8)
    }

    @Test func `lines that are not there are not struck`() throws {
        let rack = try EchoRack(lines: 2)
        #expect(rack.strike(1..<5, frame: [1]).count == 1)
        #expect(rack.strike(3..<5, frame: [1]).isEmpty)
    }
}
