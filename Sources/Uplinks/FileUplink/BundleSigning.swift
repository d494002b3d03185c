// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel

/// Whom a text in this form is by.
struct BundleVerifier: Sendable {
    enum Key: Sendable {
        case ed25519(Ed25519PublicKey)
        case sm2(SM2PublicKey, identity: [UInt8])
    }

    let key: Key

    /// What stands in the field `signed`.
    var method: String {
        switch key {
        case .ed25519: "ed25519 sha256"
        case .sm2: "sm2 sm3"
        }
    }

    var hash: HashAlgorithm {
        switch key {
        case .ed25519: .sha256
        case .sm2: .sm3
        }
    }

    /// The digest of what is signed, in hexadecimal; throws where the signature is not one of this key.
    func digest(of text: SignedText) throws(CryptographyError) -> String {
        let digest = try Digest.hash(hash, text.body)
        let signature = try BinaryText.base64.decode(text.signature)
        let isAuthentic =
            switch key {
            case .ed25519(let key): try key.verifies(signature, of: digest)
            case .sm2(let key, let identity):
                try key.verifies(SM2Signature(raw: signature), of: digest, identity: identity)
            }
        guard isAuthentic else { throw .notAuthentic }
        return BinaryText.hex.encode(digest)
    }

    /// Loads the key a region signs receipts with.
    static func load(
        _ source: KeySource, _ signature: FileUplinkConfiguration.Signature, identity: String
    ) throws(GatewayError) -> BundleVerifier {
        switch signature {
        case .ed25519: BundleVerifier(key: .ed25519(try .load(source)))
        case .sm2: BundleVerifier(key: .sm2(try .load(source), identity: Array(identity.utf8)))
        }
    }
}

/// Signs bundles.
struct BundleSigner: Sendable {
    private enum Key: Sendable {
        case ed25519(Ed25519PrivateKey)
        case sm2(SM2PrivateKey, identity: [UInt8])
    }

    private let key: Key
    /// Reads what was signed.
    let verifier: BundleVerifier
    /// SHA-256 of the public key as SubjectPublicKeyInfo, in hexadecimal, by which a region finds the key.
    let keyID: String

    var method: String { verifier.method }

    /// Signs, and answers the digest in hexadecimal and the signature in Base64.
    func sign(_ body: [UInt8]) throws(CryptographyError) -> (digest: String, signature: String) {
        let digest = try Digest.hash(verifier.hash, body)
        let signature =
            switch key {
            case .ed25519(let key): try key.sign(digest)
            case .sm2(let key, let identity): try key.sign(digest, identity: identity).raw
            }
        return (BinaryText.hex.encode(digest), BinaryText.base64.encode(signature))
    }

    /// Loads the gateway's key.
    static func load(
        _ source: KeySource, _ signature: FileUplinkConfiguration.Signature, identity: String
    ) throws(GatewayError) -> BundleSigner {
        do {
            switch signature {
            case .ed25519:
                let key = try Ed25519PrivateKey.load(source)
                return try BundleSigner(.ed25519(key), .ed25519(key.publicKey), key.publicKey.der)
            case .sm2:
                let key = try SM2PrivateKey.load(source)
                let identity = Array(identity.utf8)
                return try BundleSigner(
                    .sm2(key, identity: identity), .sm2(key.publicKey, identity: identity), key.publicKey.der)
            }
        } catch let error as CryptographyError {
            throw error.forOperator
        } catch let error as GatewayError {
            throw error
        } catch {
            throw CryptographyError.badForm("the key").forOperator
        }
    }

    private init(_ key: Key, _ publicKey: BundleVerifier.Key, _ der: [UInt8]) throws(CryptographyError) {
        self.key = key
        verifier = BundleVerifier(key: publicKey)
        keyID = BinaryText.hex.encode(try Digest.hash(.sha256, der))
    }
}
