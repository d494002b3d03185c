// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// A hash function with 32 bytes of output.
public enum HashAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// SHA-256 (FIPS 180-4).
    case sha256
    /// SM3 (GB/T 32905-2016).
    case sm3

    /// Length of a digest, in bytes; the same for both.
    public static let digestBytes = 32

    var implementation: OpaquePointer? {
        switch self {
        case .sha256: EVP_sha256()
        case .sm3: EVP_sm3()
        }
    }
}

/// A digest that takes its input in parts.
public final class Digest {
    private let algorithm: HashAlgorithm
    private let context: OpaquePointer

    /// Starts a digest.
    public init(_ algorithm: HashAlgorithm) throws(CryptographyError) {
        try OpenSSL.prepare()
        guard let context = EVP_MD_CTX_new() else { throw .library("EVP_MD_CTX_new") }
        self.algorithm = algorithm
        self.context = context
        guard EVP_DigestInit_ex(context, algorithm.implementation, nil) == 1 else {
            throw .library("EVP_DigestInit_ex")
        }
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next part.
    public func update(_ bytes: [UInt8]) throws(CryptographyError) {
        guard EVP_DigestUpdate(context, bytes, bytes.count) == 1 else { throw .library("EVP_DigestUpdate") }
    }

    /// Answers the digest of everything taken, and starts anew.
    public func finish() throws(CryptographyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: HashAlgorithm.digestBytes)
        guard EVP_DigestFinal_ex(context, &digest, nil) == 1,
            EVP_DigestInit_ex(context, algorithm.implementation, nil) == 1
        else { throw .library("EVP_DigestFinal_ex") }
        return digest
    }

    /// The digest of the parts, one after the other.
    public static func hash(_ algorithm: HashAlgorithm, _ parts: [UInt8]...) throws(CryptographyError) -> [UInt8] {
        let digest = try Digest(algorithm)
        for part in parts { try digest.update(part) }
        return try digest.finish()
    }
}
