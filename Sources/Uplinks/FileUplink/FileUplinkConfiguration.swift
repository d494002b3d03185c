// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import UplinkAPI

/// What an operator decides about an uplink of `kind: file`; the name it is kept under stands beside it.
public struct FileUplinkConfiguration: Sendable, Hashable {
    /// Where bundles are written and receipts are looked for: the mount point of a stick, or a spool: `directory`.
    public var directory: String
    /// The name the region knows this gateway by; it stands in file names: `gateway`.
    public var gateway: String
    /// Where the key that signs bundles is kept: `key`, as a path, `credential:NAME` or `pkcs11:…`.
    public var key: String
    /// Where the region's public key is kept, which receipts are verified by: `receipt_key`.
    public var receiptKey: String
    /// How both sign: `signature`.
    public var signature: Signature
    /// The identity an SM2 signature is made under: `identity`.
    public var identity: String
    /// Least time between two bundles, so that a busy hall does not make a file for each press: `every`.
    public var every: Duration
    /// Most ratings that wait for a receipt; beyond it none is written before a receipt came: `most_waiting`.
    public var mostWaiting: Int
    /// How often the directory is searched for receipts: `look_every`.
    public var lookEvery: Duration
    /// Longest time the disk may take for one step of delivery: `write_timeout`.
    public var writeTimeout: Duration

    /// How bundles and receipts are signed.
    public enum Signature: String, Sendable, Hashable, CaseIterable {
        /// Ed25519 over SHA-256.
        case ed25519
        /// SM2 over SM3.
        case sm2
    }

    /// Takes what has no default; everything else has that of the configuration file.
    public init(
        directory: String, gateway: String, key: String, receiptKey: String, signature: Signature = .ed25519,
        identity: String = "1234567812345678", every: Duration = .seconds(10),
        mostWaiting: Int = 200_000, lookEvery: Duration = .seconds(30), writeTimeout: Duration = .seconds(30)
    ) {
        self.directory = directory
        self.gateway = gateway
        self.key = key
        self.receiptKey = receiptKey
        self.signature = signature
        self.identity = identity
        self.every = every
        self.mostWaiting = mostWaiting
        self.lookEvery = lookEvery
        self.writeTimeout = writeTimeout
    }

    /// What a bundle takes at once: what the region takes, and not more often than ``every``.
    public func limits(_ region: UplinkLimits) -> UplinkLimits {
        UplinkLimits(
            batchRecords: region.batchRecords, leastInterval: max(every, region.leastInterval),
            ratingsPerCase: region.ratingsPerCase, takesUnrated: region.takesUnrated,
            takesUnmatched: region.takesUnmatched, supplementAge: region.supplementAge,
            reasonlessHold: region.reasonlessHold, takesQuestionnaires: region.takesQuestionnaires,
            invitationWait: region.invitationWait)
    }
}
