// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography

/// The hash chain over all records (G5): h(n) = H(h(n−1) ‖ sequence ‖ id ‖ H(salt(n) ‖ canonical record)).
///
/// The sequence is eight bytes, most significant first; id and salt are 16 bytes, hashes 32. The chain begins with
/// the hash of a text that names the algorithm, so that a head says by what it was made. Salts let the content of a
/// record be erased later without leaving a hash by which it could be guessed.
struct HashChain {
    static let saltBytes = 16

    let algorithm: HashAlgorithm
    private(set) var head: [UInt8]

    /// A chain without records.
    init(_ algorithm: HashAlgorithm) throws(CryptographyError) {
        self.algorithm = algorithm
        head = try Digest.hash(algorithm, Array("hallgate journal chain 1 \(algorithm.rawValue)".utf8))
    }

    /// A chain that goes on from a head.
    init(_ algorithm: HashAlgorithm, head: [UInt8]) {
        self.algorithm = algorithm
        self.head = head
    }

    /// What the chain holds of a record's content.
    func commitment(salt: [UInt8], record: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try Digest.hash(algorithm, salt, record)
    }

    /// Adds a record.
    mutating func append(sequence: Int64, id: [UInt8], commitment: [UInt8]) throws(CryptographyError) {
        head = try Digest.hash(algorithm, head, sequence.bigEndianBytes, id, commitment)
    }

    /// The head for people, with its algorithm: `sha256:…`.
    var headText: String {
        algorithm.rawValue + ":" + head.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
