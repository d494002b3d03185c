// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// How long to wait before a line is opened again: at once at first, then doubling up to a cap, with jitter.
///
/// The caps are low, because a citizen may stand before a pad that was just plugged in again: its first rating has to
/// be on disk within two seconds. Looking for a missing node once a second costs one failing system call.
struct ReopenBackoff: Sendable {
    /// Why the line is not open.
    enum Ending: Sendable, Hashable {
        /// It could not be opened; the error's code says why.
        case notOpened(code: String)
        /// It was open; `identified` tells whether the device had said who it is.
        case closed(identified: Bool)
    }

    /// The wait after a first failure.
    static let first = Duration.milliseconds(50)

    private(set) var failures = 0

    /// Answers the wait after `ending`; between three quarters of the step and the whole step, by `random`.
    mutating func delay(after ending: Ending, random: UInt64) -> Duration {
        if ending == .closed(identified: true) { failures = 0 }
        let doublings = min(failures, 20)
        failures += failures < .max ? 1 : 0
        let step = min(Self.first * (1 << doublings), Self.cap(ending))
        return step * (768 + Int(random % 257)) / 1024
    }

    /// The longest wait: what a person is mending right now is tried often, what the configuration has wrong seldom.
    static func cap(_ ending: Ending) -> Duration {
        switch ending {
        case .closed: .seconds(1)
        case .notOpened("device.missing"), .notOpened("device.no-permission"): .seconds(1)
        case .notOpened("device.busy"): .seconds(2)
        case .notOpened: .seconds(10)
        }
    }
}
