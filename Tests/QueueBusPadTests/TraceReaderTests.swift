// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import QueueBusPad
import RatingModel
import Testing

/// The replay of traces finds what it is for.
@Suite struct TraceReaderTests {
    private static let rating = "< FF 68 03 03 68 01 11 03 15 16"
    private static let acknowledgement = "> FF 68 03 03 68 01 01 03 05 16"

    private func violations(
        _ lines: String...,
        makeDriver: (DriverTrace) -> any DeviceDriver = { _ in
            QueueBusPadDriver(QueueBusSettings(line: "l"))
        }
    ) throws -> [String] {
        try DriverTrace(lines.joined(separator: "\n"), name: "t").violations(makeDriver)
    }

    @Test func `a trace that is kept to has no violations`() throws {
        #expect(
            try violations(
                "# a comment", "% noise 00", "= identified queue-bus-l", Self.rating,
                "= press verySatisfied key=1 at=1 label=非常满意", "! recorded", Self.acknowledgement, "") == [])
    }

    @Test(arguments: [
        ("= press satisfied at=1", "the level"), ("= press verySatisfied", "no address"),
        ("= press verySatisfied at=2", "the address"), ("= press verySatisfied at=1 prompt=7", "a prompt"),
        ("= press verySatisfied at=1 key=2", "the key"), ("= press verySatisfied at=1\n= press satisfied", "one more"),
        ("# nothing", "none"), ("= press verySatisfied at=1\n" + acknowledgement, "an acknowledgement too early"),
        ("= press verySatisfied at=1\n= observed garbage", "an observation"), ("= timed-out at=1", "another outcome"),
    ]) func `another expectation is a violation`(_ lines: String, _ what: String) throws {
        let found = try violations(Self.rating, lines)
        #expect(found.count > 0 && found.allSatisfy { $0.hasPrefix("t:1 (as written): ") }, "\(what): \(found)")
    }

    @Test func `bytes that were expected and not sent are a violation`() throws {
        #expect(try violations("! identify at=1", Self.acknowledgement).count == 1)
        #expect(try violations("! prompt at=1 7 10s").count == 1)
        #expect(try violations("! recorded") == ["t:1 (as written): there is no such press to answer"])
    }

    /// A driver that loses what does not arrive whole, and whatever has noise before it.
    private struct Impatient: DeviceDriver {
        static let name = "impatient"
        let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false)
        private var inner = QueueBusPadDriver(QueueBusSettings(line: "l"))

        mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
            if case .received(let bytes) = event, bytes.first != 0xFF || bytes.count != 10 { return [] }
            return inner.handle(event, at: now)
        }
    }

    @Test func `splits and noise are tried`() throws {
        let found = try violations("% noise 00", Self.rating, "= press verySatisfied at=1") { _ in Impatient() }
        #expect(found.first?.hasPrefix("t:2 (byte by byte): ") == true && found.count == 10, "\(found)")
        let joined = try violations(Self.rating, Self.rating, "= press verySatisfied at=1") { _ in Impatient() }
        #expect(joined.first?.contains("(reads joined)") == true, "\(joined)")
        let whole = try violations("% reads whole", Self.rating, "= press verySatisfied at=1") { _ in Impatient() }
        #expect(whole == [])
    }

    @Test(arguments: ["< 1", "< 0G", "> 123", "? what", "! jump", "! prompt seven 10s", "! wait 5", "% alone"])
    func `a line that cannot be read is an error that names it`(_ line: String) {
        let error = #expect(throws: (any Error).self) { try DriverTrace("# first\n" + line, name: "t") }
        #expect(error.map { "\($0)".hasPrefix("t:2: ") } == true)
    }

    @Test func `timers run out while a trace waits`() throws {
        #expect(try violations("< FF 68 03", "! wait 1s", "= observed garbage") == [])
        #expect(try violations("< FF 68 03", "! wait 1ms", "= observed garbage").count == 1)
    }
}
