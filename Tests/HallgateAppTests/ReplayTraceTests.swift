// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
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

    /// The bytes are domain.md's: a rating of address 1, a key of a panel, and noise between them.
    @Test func `a recording becomes a test that the driver passes`() throws {
        let recorded = """
            # Recorded by hallgate devices.
            % driver queue-bus
            < FF 68 03 03 68 01
            < 11 03 15 16
            > FF 68 03 03 68 01 01 03 05 16
            ! wait 3000ms
            < 55 FF FF 68 03 03 68 01 05 0C 12 16
            > FF 68 03 03 68 01 05 0C 12 16
            < FF 68 03 03 68 01 11 ·· ·· 16
            """
        let replay = try replayTrace(recorded, driver: nil)
        #expect(replay.presses == 1 && replay.masked == 1)
        let trace = try DriverTrace(replay.test, name: "recorded")
        #expect(trace.settings["driver"] == ["queue-bus"])
        let made = try #require(LearnTrial.plain("queue-bus"))
        #expect(trace.violations { _ in made.make() } == [], "\(replay.test)")
        #expect(replay.test.contains("= press verySatisfied key=1 at=1\n! recorded\n> FF 68 03 03 68 01 01 03 05 16"))
        // A driver that behaves otherwise fails it.
        let other = try DriverTrace(replay.test.replacing("verySatisfied", with: "satisfied"), name: "changed")
        #expect(!other.violations { _ in made.make() }.isEmpty)
    }
}
