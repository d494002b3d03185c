// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Testing

@Suite struct AuthenticatedEncryptionTests {
    /// Test cases 14 and 16 of the specification McGrew and Viega gave to NIST.
    @Test func knownAnswers() throws {
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(
            try hex(AESGCM.seal(Array(zero.prefix(16)), key: zero, nonce: Array(zero.prefix(12))))
                == "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919")
        let key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let text = bytes(
            """
            d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
            1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
            """)
        let sealed = try AESGCM.seal(
            text, key: key, nonce: bytes("cafebabefacedbaddecaf888"),
            context: bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
        #expect(
            hex(sealed)
                == """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662\
                76fc6ece0f4e1768cddf8853bb2d551b
                """)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 4096]) func whatIsSealedOpens(_ count: Int) throws {
        let text = try SecureRandom.bytes(count)
        let (key, nonce) = (try SecureRandom.bytes(32), try SecureRandom.bytes(12))
        let sealed = try AESGCM.seal(text, key: key, nonce: nonce, context: [1])
        #expect(sealed.count == count + AESGCM.tagBytes)
        #expect(try AESGCM.open(sealed, key: key, nonce: nonce, context: [1]) == text)
    }

    @Test func everyChangeIsSeen() throws {
        let (key, nonce) = (try SecureRandom.bytes(32), try SecureRandom.bytes(12))
        let sealed = try AESGCM.seal(Array("白云".utf8), key: key, nonce: nonce, context: [1])
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: CryptographyError.notAuthentic) {
                try AESGCM.open(changed, key: key, nonce: nonce, context: [1])
            }
        }
        #expect(throws: CryptographyError.notAuthentic) {
            try AESGCM.open(sealed, key: key, nonce: nonce, context: [2])
        }
        var other = key
        other[0] ^= 1
        #expect(throws: CryptographyError.notAuthentic) {
            try AESGCM.open(sealed, key: other, nonce: nonce, context: [1])
        }
    }

    @Test func wrongLengthsAreErrors() {
        let key = [UInt8](repeating: 1, count: 32)
        let nonce = [UInt8](repeating: 2, count: 12)
        #expect(throws: CryptographyError.badLength("the key")) { try AESGCM.seal([], key: [1], nonce: nonce) }
        #expect(throws: CryptographyError.badLength("the nonce")) { try AESGCM.seal([], key: key, nonce: [1]) }
        #expect(throws: CryptographyError.badLength("the ciphertext")) { try AESGCM.open([1], key: key, nonce: nonce) }
    }

    @Test func randomBytesDiffer() throws {
        #expect(try SecureRandom.bytes(0).isEmpty)
        #expect(try SecureRandom.bytes(16) != SecureRandom.bytes(16))
    }
}
