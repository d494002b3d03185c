// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension DriverConformance {
    /// The checks of the suite, for a test that takes them as its arguments, so that each driver's file lists none.
    ///
    /// Hostile bytes are no part of it: their amount is each driver's own.
    public enum Check: String, Sendable, CaseIterable {
        case tracesAreUnderstood = "traces are understood"
        case splittingChangesNothing = "splitting changes nothing"
        case tracesOutliveTruncation = "traces outlive truncation"
        case pressesAreWellFormed = "presses are well formed"
        case nothingIsAcknowledgedBeforeItIsRecorded = "nothing is acknowledged before it is recorded"
        case refusalShowsAFault = "refusal shows a fault"

        /// Those for devices whose reads are whole reports: a split or cut one means nothing.
        public static let ofReports = allCases.filter {
            $0 != .splittingChangesNothing && $0 != .tracesOutliveTruncation
        }
    }

    /// What a check finds; empty where the driver keeps to it.
    public func violations(of check: Check) -> [String] {
        switch check {
        case .tracesAreUnderstood: tracesAreUnderstood()
        case .splittingChangesNothing: splittingChangesNothing()
        case .tracesOutliveTruncation: tracesOutliveTruncation()
        case .pressesAreWellFormed: pressesAreWellFormed()
        case .nothingIsAcknowledgedBeforeItIsRecorded: nothingIsAcknowledgedBeforeItIsRecorded()
        case .refusalShowsAFault: refusalShowsAFault()
        }
    }
}
