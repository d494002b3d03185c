// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import Cryptography
import PadProtocol
import Testing
import VirtualPads

/// The maker of a pad: signs images with Ed25519, and builds the check of its boot code.
struct FirmwareMaker: Sendable {
    private let seed: [UInt8]

    init(seed byte: UInt8 = 7) { seed = [UInt8](repeating: byte, count: 32) }

    /// A file as firmware-protocol.md section 2.12 has it.
    func file(_ image: [UInt8], release: UInt32 = 2, version: String = "2.0.0", model: String = "") throws -> [UInt8] {
        let hash = try Digest.hash(.sha256, image)
        let numbers = [release, UInt32(image.count)].flatMap { number in
            [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
        }
        let signed = Array("hallgate-update-1".utf8) + numbers + hash
        let texts = [version, model].flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        return signed + (try signature(of: signed)) + texts + image
    }

    /// Pads that hold this maker's public key.
    func boot(capacity: UInt32) throws -> PadBoot {
        let publicKey = try publicKey()
        return PadBoot(capacity: capacity) { offer, image in
            guard (try? Digest.hash(.sha256, image)) == offer.hash else { return false }
            return Self.isValid(offer.signature, of: offer.signedBytes, by: publicKey)
        }
    }

    private func signature(of bytes: [UInt8]) throws -> [UInt8] {
        let key = try #require(EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count))
        defer { EVP_PKEY_free(key) }
        let context = try #require(EVP_MD_CTX_new())
        defer { EVP_MD_CTX_free(context) }
        var (signature, count) = ([UInt8](repeating: 0, count: 64), 64)
        try #require(EVP_DigestSignInit(context, nil, nil, nil, key) == 1)
        try #require(EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1 && count == 64)
        return signature
    }

    private func publicKey() throws -> [UInt8] {
        let key = try #require(EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count))
        defer { EVP_PKEY_free(key) }
        var (bytes, count) = ([UInt8](repeating: 0, count: 32), 32)
        try #require(EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1 && count == 32)
        return bytes
    }

    private static func isValid(_ signature: [UInt8], of bytes: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, publicKey, publicKey.count) else {
            return false
        }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }
}
