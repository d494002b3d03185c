// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import Cryptography
package import RatingModel

/// Where the journal is and how it is kept.
public struct SQLiteJournalConfiguration: Sendable {
    /// The journal's own directory; it is made, mode 0700, where only its last component is missing.
    public var directory: String
    /// The hash of a chain that is begun; an existing chain goes on with its own.
    public var algorithm: HashAlgorithm

    /// The VFS under SQLite, by which tests inject faults; `nil` for the system's.
    package var fileSystem: String?
    /// Records, receipts and queued ratings that a start looks at; a journal of fewer records is looked at whole.
    package var startRows: Int64 = 1000
    /// Asked at each named point; an answer is thrown there and ends the operation, as a crash would.
    package var crashPoint: @Sendable (JournalCrashPoint) -> GatewayError? = { _ in nil }

    /// Names the directory.
    public init(directory: String, algorithm: HashAlgorithm = .sha256) {
        self.directory = directory
        self.algorithm = algorithm
    }
}

/// The points at which a test ends the journal's work, in the order they are passed.
package enum JournalCrashPoint: String, Sendable, Hashable, CaseIterable {
    // Recording
    case recordBegun, draftInserted, recordBeforeCommit, recordAfterCommit
    // Delivery
    case settleBegun, settleBeforeCommit, settleAfterCommit, requeueBeforeCommit, requeueAfterCommit
    // Opening
    case directoryReady, fileCreated, schemaCreated, walScanned, databaseOpened, walCheckpointed, tailSalvaged
    // Recovery after damage
    case recoveryBegun, setAsideLinked, setAsideNamed, rebuildBegun, rebuildImported, rebuildClosed, rebuildNamed
    case oldWALRemoved, rebuildInPlace
}
