// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What SM2 (GB/T 32918-2016, on the curve of part 5) has beside its keys.
public enum SM2 {
    /// The identity signers have where nothing else is agreed (GM/T 0009-2012 section 10).
    public static let defaultIdentity = Array("1234567812345678".utf8)

    /// AlgorithmIdentifier of an elliptic curve key on this curve.
    static let algorithmDER: [UInt8] = [
        0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55,
        0x01, 0x82, 0x2D,
    ]
}

/// A public key of SM2: verifies and encrypts.
public struct SM2PublicKey: Sendable {
    let key: AsymmetricKey

    init(key: AsymmetricKey) throws(CryptographyError) {
        guard key.isA("SM2") else { throw .badForm("the SM2 key") }
        self.key = key
    }

    /// Reads a SubjectPublicKeyInfo, PEM or DER.
    public init(encoded: [UInt8]) throws(CryptographyError) {
        try self.init(key: .decode(encoded, isPrivate: false))
    }

    /// Takes a point of the curve: x ‖ y of 64 bytes, or 04 ‖ x ‖ y of 65.
    public init(point: [UInt8]) throws(CryptographyError) {
        guard point.count == 64 || point.count == 65 && point.first == 4 else { throw .badLength("the SM2 public key") }
        let bits = DER.element(0x03, [0, 4] + point.suffix(64))
        try self.init(encoded: DER.element(DER.sequence, SM2.algorithmDER + bits))
    }

    /// Reads whatever a region hands out: PEM, DER, or a point as bytes, hexadecimal in either case or Base64.
    public init(reading material: [UInt8]) throws(CryptographyError) {
        let bytes = KeyMaterial.bytes(material)
        if (64...65).contains(bytes.count) { try self.init(point: bytes) } else { try self.init(encoded: bytes) }
    }

    /// x ‖ y, 64 bytes.
    public var point: [UInt8] {
        get throws(CryptographyError) { Array(try key.publicDER().suffix(64)) }
    }

    /// As a SubjectPublicKeyInfo.
    public var der: [UInt8] {
        get throws(CryptographyError) { try key.publicDER() }
    }

    /// Whether the signature is one over the message by the owner of this key under this identity.
    public func verifies(
        _ signature: SM2Signature, of message: [UInt8], identity: [UInt8] = SM2.defaultIdentity
    ) throws(CryptographyError) -> Bool {
        try key.verifies(signature.der, of: message, digest: "SM3", identity: identity)
    }

    /// Encrypts at least one byte; the same text gives another ciphertext each time.
    public func encrypt(_ text: [UInt8]) throws(CryptographyError) -> SM2Ciphertext {
        guard !text.isEmpty else { throw .badLength("the text") }
        return try SM2Ciphertext(try key.transform(text, encrypting: true), form: .der)
    }
}

/// A private key of SM2: signs and decrypts.
public struct SM2PrivateKey: Sendable {
    let key: AsymmetricKey

    init(key: AsymmetricKey) throws(CryptographyError) {
        guard key.isA("SM2") else { throw .badForm("the SM2 key") }
        self.key = key
    }

    /// Makes a fresh key.
    public static func generate() throws(CryptographyError) -> SM2PrivateKey {
        try SM2PrivateKey(key: .generate("SM2"))
    }

    /// Reads a PKCS #8 or SEC 1 key, PEM or DER, without a passphrase.
    public init(encoded: [UInt8]) throws(CryptographyError) {
        try self.init(key: .decode(encoded, isPrivate: true))
    }

    /// Takes the number d, 32 bytes.
    public init(scalar: [UInt8]) throws(CryptographyError) {
        guard scalar.count == 32 else { throw .badLength("the SM2 private key") }
        let inner = DER.element(
            DER.sequence, DER.element(DER.integer, [1]) + DER.element(DER.octets, scalar))
        let version = DER.element(DER.integer, [0])
        try self.init(
            encoded: DER.element(DER.sequence, version + SM2.algorithmDER + DER.element(DER.octets, inner)))
    }

    /// Reads whatever a region hands out: PEM, DER, or d as bytes, hexadecimal in either case or Base64.
    public init(reading material: [UInt8]) throws(CryptographyError) {
        let bytes = KeyMaterial.bytes(material)
        if bytes.count == 32 { try self.init(scalar: bytes) } else { try self.init(encoded: bytes) }
    }

    /// The public half.
    public var publicKey: SM2PublicKey {
        get throws(CryptographyError) { try SM2PublicKey(key: key) }
    }

    /// As PKCS #8, unencrypted.
    public var der: [UInt8] {
        get throws(CryptographyError) { try key.privateDER() }
    }

    /// Signs; the nonce is OpenSSL's own, so that the same message gives another signature each time.
    public func sign(
        _ message: [UInt8], identity: [UInt8] = SM2.defaultIdentity
    ) throws(CryptographyError) -> SM2Signature {
        try SM2Signature(der: try key.sign(message, digest: "SM3", identity: identity))
    }

    /// Decrypts; throws ``CryptographyError/notAuthentic`` where the text was changed or is for another key.
    public func decrypt(_ ciphertext: SM2Ciphertext) throws(CryptographyError) -> [UInt8] {
        try key.transform(ciphertext.bytes(.der), encrypting: false)
    }
}
