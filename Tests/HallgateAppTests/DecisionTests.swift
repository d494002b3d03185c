// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing

@testable import HallgateApp

/// What a configuration decides, and what a record of a look at levels covers.
@Suite struct DecisionTests {
    private func configuration(_ devices: String, _ more: String = "") throws -> GatewayConfiguration {
        try #require(
            GatewayConfiguration.read(text: "windows: [{id: A01}, {id: A02}]\ndevices: [\(devices)]\n\(more)\n")
                .configuration)
    }

    private func decisions(from before: GatewayConfiguration, to after: GatewayConfiguration) -> [String] {
        after.decisions(since: before, origin: .configuration, user: "wang").map { decision in
            #expect(decision.origin == .configuration && decision.user == "wang" && decision.reason == nil)
            let parts = [decision.line, decision.former, decision.window?.value].map { $0 ?? "–" }
            return "\(decision.kind) \(parts.joined(separator: " ")) \(decision.count)"
        }
    }

    private let first = "{path: /dev/a, driver: native, window: A01}"

    @Test func `nothing is decided by what ratings do not depend on`() throws {
        let before = try configuration(first)
        #expect(decisions(from: before, to: before).isEmpty)
        let after = try configuration("{path: /dev/a, driver: native, window: A01, stale_after: 5m}", "hall: {name: 二}")
        #expect(decisions(from: before, to: after).isEmpty)
    }

    @Test func `a line that is new, gone, moved or in the place of another is told`() throws {
        let none = try configuration("")
        let one = try configuration(first)
        #expect(decisions(from: none, to: one) == ["placed /dev/a – A01 1"])
        #expect(decisions(from: one, to: none) == ["withdrawn /dev/a – A01 1"])
        let moved = try configuration("{path: /dev/a, driver: native, window: A02}")
        #expect(decisions(from: one, to: moved) == ["placed /dev/a – A02 1"])
        let replaced = try configuration("{path: /dev/b, driver: native, window: A01}")
        #expect(decisions(from: one, to: replaced) == ["placed /dev/b /dev/a A01 1"])
        let waiting = try configuration("{path: /dev/a, driver: native}")
        #expect(decisions(from: one, to: waiting) == ["placed /dev/a – – 1"])
    }

    @Test func `two windows that change places on one bus are told`() throws {
        let bus = { (one: String, two: String) in
            "{path: /dev/a, driver: native, addresses: [{address: 1, window: \(one)}, {address: 2, window: \(two)}]}"
        }
        let (before, after) = (try configuration(bus("A01", "A02")), try configuration(bus("A02", "A01")))
        #expect(decisions(from: before, to: after) == ["placed /dev/a – A02 1", "placed /dev/a – A01 1"])
        #expect(decisions(from: before, to: before).isEmpty)
    }

    @Test func `other keys, another demand for a proof, and leave to show levels are told`() throws {
        let before = try configuration(first)
        let keyed = try configuration("{path: /dev/a, driver: native, window: A01, key_file: /etc/k}")
        #expect(decisions(from: before, to: keyed) == ["paired /dev/a – A01 1"])
        let demanding = try configuration(
            "{path: /dev/a, driver: native, window: A01, key_file: /etc/k, pairing: required}")
        #expect(decisions(from: keyed, to: demanding) == ["paired /dev/a – A01 1"])
        // The new pad is asked for the old one's key: nothing but its place was decided.
        let replaced = try configuration("{path: /dev/b, driver: native, window: A01, key_file: /etc/k}")
        #expect(decisions(from: keyed, to: replaced) == ["placed /dev/b /dev/a A01 1"])
        let revealing = try configuration(first, "privacy: {reveal: true}")
        #expect(decisions(from: before, to: revealing) == ["revealAllowed – – – 1"])
        #expect(decisions(from: revealing, to: before) == ["revealAllowed – – – 0"])
    }

    @Test func `a record covers a minute of one look, and no other look`() {
        let start = MonotonicInstant(nanoseconds: 0)
        var looks = RevealLooks()
        let look = RevealLooks.Look(user: "wang", reason: "12", line: "/dev/a")
        #expect(!looks.cover(look, at: start))
        looks.began(look, at: start)
        #expect(looks.cover(look, at: start.advanced(by: .milliseconds(59_999))))
        #expect(!looks.cover(look, at: start.advanced(by: .seconds(60))))
        for other in [
            RevealLooks.Look(user: "li", reason: "12", line: "/dev/a"),
            RevealLooks.Look(user: "wang", reason: "13", line: "/dev/a"),
            RevealLooks.Look(user: "wang", reason: "12", line: "/dev/b"),
        ] { #expect(!looks.cover(other, at: start)) }
    }

    @Test func `of too many looks the oldest is recorded again`() {
        var looks = RevealLooks()
        let look = { (number: Int) in RevealLooks.Look(user: "u\(number)", reason: "r", line: "l") }
        let instant = { (number: Int) in MonotonicInstant(nanoseconds: Int64(number)) }
        for number in 0...RevealLooks.most { looks.began(look(number), at: instant(number)) }
        #expect(!looks.cover(look(0), at: instant(100)))
        #expect(looks.cover(look(1), at: instant(100)) && looks.cover(look(RevealLooks.most), at: instant(100)))
    }
}
