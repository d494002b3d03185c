// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
import RatingModel

/// What a journal did that it must not do.
public struct JournalConformanceFailure: Error, CustomStringConvertible {
    /// Where and what.
    public let description: String
}

/// One thing every journal must do.
public struct JournalCheck: Sendable, CustomStringConvertible {
    /// What it is about.
    public let name: String
    /// Runs it on an empty journal that knows the uplink `region`; `restart` closes the journal and opens it again.
    public let run: @Sendable (_ journal: any RatingJournal, _ restart: JournalRestart) async throws -> Void

    public var description: String { name }
}

/// Closes a journal and opens it again as the next start of the daemon would.
public typealias JournalRestart = @Sendable (any RatingJournal) async throws -> any RatingJournal

/// The contract of `RatingJournal` as checks that every implementation runs.
///
/// It throws instead of expecting, so that it also serves where there is no test library.
public enum JournalConformance {
    /// Every check.
    public static let checks: [JournalCheck] = recording + delivering + inviting + reading + lookup

    /// Fails a check unless the two are equal.
    static func same<Value: Equatable>(
        _ found: Value, _ expected: Value, _ what: String, line: UInt = #line
    ) throws(JournalConformanceFailure) {
        if found != expected {
            throw JournalConformanceFailure(description: "line \(line): \(what): \(found), expected \(expected)")
        }
    }

    /// Records drafts and answers the positions, failing unless all were recorded.
    static func recordAll(_ journal: any RatingJournal, _ drafts: [RecordDraft]) async throws -> [JournalSequence] {
        try await journal.record(drafts).map { outcome in
            guard case .recorded(let sequence, _) = outcome else {
                throw JournalConformanceFailure(description: "not recorded: \(outcome)")
            }
            return sequence
        }
    }

    /// Fails a check unless the journal verifies and its counters are these.
    static func sound(
        _ journal: any RatingJournal, _ expected: Conservation, line: UInt = #line
    ) async throws {
        try same(try await journal.conservation(for: JournalSamples.region), expected, "counters", line: line)
        try same(expected.holds, true, "conservation", line: line)
        try same(try await journal.verify().findings, [], "findings", line: line)
    }
}
