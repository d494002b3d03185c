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
        #expect(traces.count >= 10)
        for trace in traces {
            let violations = trace.violations { trace in
                let name = trace.settings["description"]?.first
                return FramedPadDriver(
                    Descriptions.description(name), line: "/dev/ttyS0",
                    addresses: name == "fixed" ? [7, 8] : name == "modbus" ? [3] : [])
            }
            #expect(violations == [])
        }
    }
}
