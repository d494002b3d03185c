// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI

/// A line's traffic as a trace, in the format of `Tests/Traces/README.md`.
struct RecordedTrace {
    /// The lines that the trace begins with.
    let heading: String
    private(set) var frames = 0
    private(set) var missed: UInt64 = 0
    private var lastAt: Int64?

    init(driver: String, isMasked: Bool) {
        heading =
            "# Recorded by hallgate devices.\n% driver \(driver)\n"
            + (isMasked ? "# Bytes that would tell a level are left out: ··\n" : "")
    }

    /// What came since, as whole lines.
    mutating func text(of page: TapPage) -> String {
        missed &+= page.missed
        var text = page.missed > 0 ? "# \(page.missed) frames were missed here.\n" : ""
        for frame in page.frames {
            if let lastAt, frame.isReceived, frame.atMilliseconds - lastAt >= 100 {
                text += "! wait \(frame.atMilliseconds - lastAt)ms\n"
            }
            lastAt = frame.atMilliseconds
            text += (frame.isReceived ? "< " : "> ") + frame.bytes.uppercased()
            if frame.count > frame.bytes.split(separator: " ").count { text += " # cut: \(frame.count) bytes in all" }
            text += "\n"
            frames += 1
        }
        return text
    }
}
