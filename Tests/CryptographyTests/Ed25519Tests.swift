// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Testing

@Suite struct Ed25519Tests {
    /// RFC 8032 section 7.1, test 2.
    @Test func knownAnswer() throws {
        let key = try Ed25519PrivateKey(
            raw: bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
        let point = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let expected = bytes(
            """
            92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
            085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
            """)
        #expect(try key.sign([0x72]) == expected)
        #expect(try Array(key.publicKey.der.suffix(32)) == point)
        #expect(try Ed25519PublicKey(raw: point).verifies(expected, of: [0x72]))
        #expect(try !Ed25519PublicKey(raw: point).verifies(expected, of: [0x73]))
        #expect(try !Ed25519PublicKey(raw: point).verifies([], of: [0x72]))
    }

    @Test func keysAreReadFromEveryForm() throws {
        let key = try Ed25519PrivateKey.generate()
        let signature = try key.sign([1])
        let raw = try Array(key.publicKey.der.suffix(32))
        for material in [
            raw, try key.publicKey.der, Array(BinaryText.hex.encode(raw).utf8),
            Array(BinaryText.base64.encode(raw).utf8),
        ] { #expect(try Ed25519PublicKey(reading: material).verifies(signature, of: [1])) }
        #expect(try Ed25519PrivateKey(reading: key.der).sign([1]) == signature)
        #expect(try Ed25519PrivateKey(reading: Array(key.der.suffix(32))).sign([1]) == signature)
        #expect(throws: CryptographyError.self) { try Ed25519PrivateKey(reading: SM2PrivateKey.generate().der) }
    }
}
