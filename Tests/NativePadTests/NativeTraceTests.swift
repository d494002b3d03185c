// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import NativePad
import Testing

/// Conversations written by a generator that knows firmware-protocol.md and not this driver.
@Suite struct NativeTraceTests {
    @Test func `traces are kept to, however they are read`() throws {
        let traces = try DriverTrace.all(of: "native")
        #expect(traces.count >= 10)
        for trace in traces { #expect(trace.violations { _ in NativePadDriver() } == []) }
    }
}
