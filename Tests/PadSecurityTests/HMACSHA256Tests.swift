// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import PadProtocol
import PadSecurity
import Testing

/// The firmware's hash and code against published vectors and against OpenSSL.
@Suite struct HMACSHA256Tests {
    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.filter { $0 != " " })
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    private static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    /// The examples of FIPS 180-4 (NIST, SHA256.pdf) and the digest of nothing.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]) func `NIST's examples`(_ text: String, _ digest: String) {
        #expect(HMACSHA256Tests.digest(Array(text.utf8)) == HMACSHA256Tests.bytes(digest))
    }

    @Test func `a million times a`() {
        var hash = SHA256()
        for _ in 0..<1000 { hash.update([UInt8](repeating: UInt8(ascii: "a"), count: 1000)) }
        #expect(
            hash.finish()
                == HMACSHA256Tests.bytes("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"))
    }

    /// RFC 4231 section 4, cases 1 to 4, 6 and 7.
    @Test(
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                Array(1...25), [UInt8](repeating: 0xCD, count: 50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131),
                Array(
                    "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."
                        .utf8), "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
            ),
        ] as [([UInt8], [UInt8], String)]) func `RFC 4231's cases`(_ key: [UInt8], _ data: [UInt8], _ code: String)
    {
        #expect(HMACSHA256(key: key).code(of: data) == HMACSHA256Tests.bytes(code))
    }

    @Test func `firmware and OpenSSL agree at every length`() throws {
        for count in 0...200 {
            let key = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
            let data = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 13 &+ count) }
            let theirs = try MessageAuthentication.hmac(.sha256, key: key, data)
            #expect(HMACSHA256(key: key).code(of: data) == theirs, "\(count) bytes")
        }
    }

    @Test func `an algorithm it does not have gives no code`() {
        #expect(HMACSHA256(key: [1]).code(of: [2], by: .hmacSM3) == nil)
    }

    @Test func `codes differ in any bit`() {
        let code = Code128(first: Array(0..<16))
        #expect(code.isEqual(Code128(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)))
        for bit in 0..<64 as Range<UInt64> {
            #expect(!code.isEqual(Code128(low: code.low ^ 1 << bit, high: code.high)))
            #expect(!code.isEqual(Code128(low: code.low, high: code.high ^ 1 << bit)))
        }
    }
}
