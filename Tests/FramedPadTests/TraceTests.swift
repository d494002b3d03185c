// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad
import HallgateTesting
import RatingModel
import Testing

/// Conversations written by generators that know the document and not the driver.
@Suite struct TraceTests {
    @Test func `traces are kept to`() throws {
        let traces = try DriverTrace.all(of: "framed")
        #expect(traces.count >= 20)
        for trace in traces {
            let violations = trace.violations { trace in
                let name = trace.settings["description"]?.first
                return FramedPadDriver(
                    Descriptions.description(name), line: "/dev/ttyS0",
                    addresses: ["fixed", "fields"].contains(name) ? [7, 8] : name == "modbus" ? [3] : [])
            }
            #expect(violations == [])
        }
    }

    /// The traces of the queue bus, with its description instead of its driver. That a key which repeats without end is
    /// acknowledged no longer is the driver's own guard against a line that returns what it is sent.
    @Test func `the queue bus described keeps to the traces of its driver`() throws {
        let traces = try DriverTrace.all(of: "queue-bus").filter { !$0.name.contains("key-without-end") }
        #expect(traces.count >= 20)
        for trace in traces {
            let violations = trace.violations { trace in
                var description = Descriptions.queueBus
                if trace.settings["timeout"] == ["none"] { description.press?.timedOut = nil }
                if let line = trace.settings["keys"]?.first { description.keys = DriverTrace.keyMap(line) }
                let addresses = (trace.settings["addresses"] ?? []).flatMap { $0.split(separator: " ") }
                return FramedPadDriver(
                    description, line: "/dev/bus", addresses: addresses.compactMap { BusAddress($0) })
            }
            #expect(violations == [])
        }
    }
}
