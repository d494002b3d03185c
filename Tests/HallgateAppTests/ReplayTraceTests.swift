// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import HallgateApp

/// Traces run offline; the bytes are those of firmware-protocol.md's examples as `devices record` writes them.
@Suite struct ReplayTraceTests {
    @Test func `the driver is named by the trace or by the operator`() throws {
        #expect(throws: GatewayError.self) { try replayTrace("< 00\n", driver: nil) }
        #expect(throws: GatewayError.self) { try replayTrace("% driver native\n", driver: "nobody") }
        let replay = try replayTrace("% driver native\n< 00 00\n", driver: nil)
        #expect(replay.reads == 1 && replay.presses == 0)
        #expect(replay.lines.first?.english.hasPrefix("> 00 ") == true, "the gateway asks at once")
    }

    @Test func `masked reads are counted and passed over`() throws {
        let replay = try replayTrace("< 00 01 ·· 00\n< zz\n! wait 2s\n! wait 99999999999s\n", driver: "native")
        #expect(replay.reads == 2 && replay.masked == 2)
        #expect(replay.lines.count { $0.english.hasPrefix("> ") } > 1, "the question is asked again")
    }
}
