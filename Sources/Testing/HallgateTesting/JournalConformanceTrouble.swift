// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
import RatingModel

/// One thing every journal must do where its disk fails.
public struct JournalTroubleCheck: Sendable, CustomStringConvertible {
    /// What it is about.
    public let name: String
    /// Runs it on an empty journal that knows the uplink `region`; `disk` makes commits fail from now on, or no longer.
    public let run: @Sendable (_ journal: any RatingJournal, _ disk: JournalDiskFailure) async throws -> Void

    public var description: String { name }
}

/// Makes the disk of a journal fail, or work again.
public typealias JournalDiskFailure = @Sendable (_ fails: Bool) async -> Void

extension JournalConformance {
    /// Every check that needs a disk that can be made to fail.
    public static let troubles: [JournalTroubleCheck] = [
        JournalTroubleCheck(name: "a commit that is tried leaves nothing behind that anybody reads") { journal, _ in
            try await journal.tryCommit()
            try same(await journal.status().lastSequence, 0, "an empty journal")
            _ = try await recordAll(journal, [draft(1), draft(2)])
            _ = try await journal.lease(1, for: JournalSamples.region)
            let before = await journal.status()
            for _ in 0..<3 { try await journal.tryCommit() }
            try same(await journal.status().chainHead, before.chainHead, "chain")
            try same(try await journal.entries(after: 0, atMost: 9).map(\.id), [draft(1).id, draft(2).id], "records")
            try await sound(journal, Conservation(recorded: 2, pending: 1, inFlight: 1))
        },
        JournalTroubleCheck(name: "a commit that is tried tells of a trouble, and that it is over") { journal, disk in
            _ = try await recordAll(journal, [draft(1)])
            let before = await journal.status()
            await disk(true)
            try await refuses("a record") { _ = try await journal.record([draft(2)]) }
            for _ in 0..<3 {
                try await refuses("a try") { try await journal.tryCommit() }
                try same(await journal.status().trouble == nil, false, "trouble")
            }
            await disk(false)
            try await journal.tryCommit()
            let after = await journal.status()
            try same(after.trouble, nil, "trouble that is over")
            try same(after.chainHead, before.chainHead, "chain")
            try same(try await journal.record([draft(2)]), [.recorded(2, draft(2).id)], "recorded afterwards")
            try await sound(journal, Conservation(recorded: 2, pending: 2))
        },
    ]

    private static func draft(_ number: UInt64) -> RecordDraft {
        JournalSamples.rating(number, press: JournalSamples.press(sequence: number))
    }

    /// Fails a check unless the call throws.
    private static func refuses(_ what: String, line: UInt = #line, _ call: () async throws -> Void) async throws {
        do { try await call() } catch is GatewayError { return }
        throw JournalConformanceFailure(description: "line \(line): \(what) did not throw")
    }
}
