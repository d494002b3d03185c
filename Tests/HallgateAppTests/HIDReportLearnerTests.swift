// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HallgateApp

/// Reports as HID pads of several makes could send them; which byte is the key's is not told.
@Suite struct HIDReportLearnerTests {
    private func learn(_ reports: [[UInt8]]) -> HIDReportLearner.Layout? {
        var learner = HIDReportLearner()
        var layout: HIDReportLearner.Layout?
        for report in reports { layout = learner.take(report) }
        return layout
    }

    @Test func `a report only when something changes`() {
        let layout = learn([[3, 0, 0], [0, 0, 0], [5, 0, 0], [0, 0, 0], [3, 0, 0], [0, 0, 0]])
        #expect(layout == .init(report: nil, offset: 0, released: 0, values: [3, 5]))
    }

    @Test func `reports all the time, with a number before and a checksum behind`() {
        let still: [UInt8] = [1, 0xFF, 0x00, 0x10]
        let layout = learn([
            still, still, [1, 0xFF, 0x01, 0x11], [1, 0xFF, 0x01, 0x11], still, [1, 0xFF, 0x02, 0x12], still,
            [1, 0xFF, 0x04, 0x14], still,
        ])
        #expect(layout == .init(report: 1, offset: 2, released: 0, values: [1, 2, 4]))
    }

    @Test func `a counter is no key, and a key at rest need not be 0`() {
        let layout = learn([[9, 0xFF], [10, 0xFE], [11, 0xFF], [12, 0xFD], [13, 0xFF]])
        #expect(layout == .init(report: nil, offset: 1, released: 0xFF, values: [0xFE, 0xFD]))
    }

    @Test func `what is not like a key says nothing, and memory is bounded`() {
        #expect(learn([]) == nil && learn([[]]) == nil && learn([[1, 2, 3]]) == nil)
        #expect(learn((0..<5000).map { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 / 3)] }) == nil)
    }
}
