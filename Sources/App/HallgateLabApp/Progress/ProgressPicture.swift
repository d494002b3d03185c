// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A demo at one moment, as the live view shows it.
struct ProgressPicture: Hashable {
    var elapsed: Duration = .zero
    var seed: UInt64 = 0
    var pads = 0
    var padsOnLine = 0
    var isDaemonUp = true
    var goal = 0
    var pressed = 0
    /// Without thanks yet.
    var waiting = 0
    /// What the daemon said last; `nil` before it said anything.
    var recorded: Int?
    var delivered: Int?
    /// From key to thanks, in milliseconds: half of the presses, and 99 of 100, took at most so long.
    var acknowledgementMedian: Double?
    var acknowledgementWorst: Double?
    /// How often each fault fired, in the order of `DemoFault`.
    var faults: [DemoFault: Int] = [:]
    var kills = 0
    var killsWanted = 0

    /// Ratings on disk that the region does not have yet.
    var lag: Int? {
        guard let recorded, let delivered else { return nil }
        return max(0, recorded - delivered)
    }
}
