// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The highest position known of one pad log.
public struct PressPosition: Sendable, Hashable {
    /// The newest press of the log that is recorded.
    public let key: PressKey
    /// The pad's lifetime count at that press.
    public let lifetimeCount: UInt64?

    /// Takes a row.
    public init(key: PressKey, lifetimeCount: UInt64?) {
        self.key = key
        self.lifetimeCount = lifetimeCount
    }
}

/// What a check of the whole journal found.
public struct VerificationReport: Sendable, Hashable {
    /// Records read.
    public let records: Int64
    /// Everything that is not as it should be; empty when all is well.
    public let findings: [GatewayError]

    /// Takes what was found.
    public init(records: Int64, findings: [GatewayError]) {
        self.records = records
        self.findings = findings
    }
}

/// The journal in a few figures.
public struct JournalStatus: Sendable, Hashable {
    /// The newest record's position; 0 when empty.
    public let lastSequence: JournalSequence
    /// The chain's head in hexadecimal, with its algorithm: `sha256:…`.
    public let chainHead: String
    /// Size on disk, database and write-ahead log, in bytes.
    public let bytesOnDisk: Int64
    /// Whether the last transaction committed; the reason where it did not.
    public let trouble: GatewayError?
    /// The damaged journal this one took the place of at the last start.
    public let recoveredFrom: JournalImport?

    /// Takes the figures.
    public init(
        lastSequence: JournalSequence, chainHead: String, bytesOnDisk: Int64, trouble: GatewayError?,
        recoveredFrom: JournalImport?
    ) {
        self.lastSequence = lastSequence
        self.chainHead = chainHead
        self.bytesOnDisk = bytesOnDisk
        self.trouble = trouble
        self.recoveredFrom = recoveredFrom
    }
}
