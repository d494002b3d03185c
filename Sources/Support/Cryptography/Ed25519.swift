// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// A public key of Ed25519 (RFC 8032).
public struct Ed25519PublicKey: Sendable {
    let key: AsymmetricKey

    init(key: AsymmetricKey) throws(CryptographyError) {
        guard key.isA("ED25519") else { throw .badForm("the Ed25519 key") }
        self.key = key
    }

    /// Takes the 32 bytes of RFC 8032.
    public init(raw: [UInt8]) throws(CryptographyError) {
        try OpenSSL.prepare()
        guard raw.count == 32 else { throw .badLength("the Ed25519 public key") }
        guard let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, raw, raw.count) else {
            throw .library("EVP_PKEY_new_raw_public_key_ex")
        }
        self.key = AsymmetricKey(owning: key)
    }

    /// Reads PEM, DER, or the 32 bytes, also as hexadecimal or Base64.
    public init(reading material: [UInt8]) throws(CryptographyError) {
        let bytes = KeyMaterial.bytes(material)
        if bytes.count == 32 {
            try self.init(raw: bytes)
        } else {
            try self.init(key: .decode(bytes, isPrivate: false))
        }
    }

    /// As a SubjectPublicKeyInfo; its last 32 bytes are the key of RFC 8032.
    public var der: [UInt8] {
        get throws(CryptographyError) { try key.publicDER() }
    }

    /// Whether the signature, 64 bytes, is one over the message by the owner of this key.
    public func verifies(_ signature: [UInt8], of message: [UInt8]) throws(CryptographyError) -> Bool {
        try key.verifies(signature, of: message, digest: nil)
    }
}

/// A private key of Ed25519 (RFC 8032).
public struct Ed25519PrivateKey: Sendable {
    let key: AsymmetricKey

    init(key: AsymmetricKey) throws(CryptographyError) {
        guard key.isA("ED25519") else { throw .badForm("the Ed25519 key") }
        self.key = key
    }

    /// Makes a fresh key.
    public static func generate() throws(CryptographyError) -> Ed25519PrivateKey {
        try Ed25519PrivateKey(key: .generate("ED25519"))
    }

    /// Takes the 32 bytes of RFC 8032.
    public init(raw: [UInt8]) throws(CryptographyError) {
        try OpenSSL.prepare()
        guard raw.count == 32 else { throw .badLength("the Ed25519 private key") }
        guard let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, raw, raw.count) else {
            throw .library("EVP_PKEY_new_raw_private_key_ex")
        }
        self.key = AsymmetricKey(owning: key)
    }

    /// Reads PEM, DER, or the 32 bytes, also as hexadecimal or Base64.
    public init(reading material: [UInt8]) throws(CryptographyError) {
        let bytes = KeyMaterial.bytes(material)
        if bytes.count == 32 { try self.init(raw: bytes) } else { try self.init(key: .decode(bytes, isPrivate: true)) }
    }

    /// The public half.
    public var publicKey: Ed25519PublicKey {
        get throws(CryptographyError) { try Ed25519PublicKey(key: key) }
    }

    /// As PKCS #8, unencrypted.
    public var der: [UInt8] {
        get throws(CryptographyError) { try key.privateDER() }
    }

    /// Signs, 64 bytes; the same message gives the same signature.
    public func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try key.sign(message, digest: nil)
    }
}
