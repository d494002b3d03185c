// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A way to encrypt or to sign, as data: which primitive, and how its result is written.
public struct SealingMethod: Sendable, Hashable {
    /// The primitive.
    public var algorithm: Algorithm
    /// How the bytes become text.
    public var text = TextCoding.hexadecimal
    /// How the parts of an SM2 ciphertext stand.
    public var order = Order.c1c3c2
    /// Whether an SM2 ciphertext begins with the 04 of its point.
    public var hasPrefix = true
    /// The identity SM2 signatures are made under.
    public var identity = "1234567812345678"
    /// Whether an SM2 signature is DER; else r and s one after the other.
    public var isDER = true

    /// The primitives regions use.
    public enum Algorithm: String, Sendable, Hashable, CaseIterable {
        /// SM2 encryption or signature (GB/T 32918).
        case sm2
        /// SM4 with chained blocks (GB/T 32907).
        case sm4CBC = "sm4-cbc"
        /// SM4 with blocks by themselves.
        case sm4ECB = "sm4-ecb"
        /// A digest alone, which proves nothing but is asked for (GB/T 32905).
        case sm3
        /// A code by a shared key over SM3.
        case hmacSM3 = "hmac-sm3"
        /// A code by a shared key over SHA-256.
        case hmacSHA256 = "hmac-sha256"

        /// Whether it encrypts; else it signs. SM2 does both.
        var encrypts: Bool { self == .sm4CBC || self == .sm4ECB }
    }

    /// How bytes are written as text.
    public enum TextCoding: String, Sendable, Hashable, CaseIterable {
        /// With small letters.
        case hexadecimal = "hex"
        /// With capital letters.
        case capitals = "HEX"
        /// With padding (RFC 4648 section 4).
        case base64
    }

    /// How the parts of an SM2 ciphertext stand.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// Point, digest, text: GM/T 0009.
        case c1c3c2 = "C1C3C2"
        /// Point, text, digest: older libraries.
        case c1c2c3 = "C1C2C3"
        /// As a DER sequence.
        case der = "DER"
    }
}

/// Encrypts and signs what a profile says is to be, with the site's keys; texts in and out are as they go over the line.
public protocol RegionSealing: Sendable {
    /// Encrypts a text.
    func encrypt(_ text: [UInt8]) throws(GatewayError) -> [UInt8]
    /// Decrypts a text that the region encrypted.
    func decrypt(_ text: [UInt8]) throws(GatewayError) -> [UInt8]
    /// Signs a text.
    func sign(_ text: [UInt8]) throws(GatewayError) -> [UInt8]
}
