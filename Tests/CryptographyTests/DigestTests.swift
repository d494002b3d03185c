// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import Testing

/// Reads hexadecimal, for vectors.
func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

@Suite struct DigestTests {
    /// FIPS 180-4 and GB/T 32905-2016 appendix A: "abc", 64 bytes of it, and nothing.
    @Test(arguments: [
        (HashAlgorithm.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (.sm3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (
            .sm3, String(repeating: "abcd", count: 16),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
        ),
    ]) func knownAnswers(_ algorithm: HashAlgorithm, _ text: String, _ expected: String) throws {
        let input = Array(text.utf8)
        #expect(try hex(Digest.hash(algorithm, input)) == expected)
        // In parts, and with the same object twice.
        let digest = try Digest(algorithm)
        for _ in 0..<2 {
            for byte in input { try digest.update([byte]) }
            #expect(try hex(digest.finish()) == expected)
        }
    }

    /// RFC 4231, cases 1, 2 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ]) func authentication(_ key: [UInt8], _ text: String, _ expected: String) throws {
        #expect(try hex(MessageAuthentication.hmac(.sha256, key: key, Array(text.utf8))) == expected)
        let (head, tail) = (Array(text.utf8.prefix(3)), Array(text.utf8.dropFirst(3)))
        #expect(try hex(MessageAuthentication.hmac(.sha256, key: key, head, tail)) == expected)
    }

    /// Both hashes and MACs against the `openssl` command, on inputs of every length around the block size.
    @Test(arguments: HashAlgorithm.allCases) func commandAgrees(_ algorithm: HashAlgorithm) throws {
        for count in [0, 1, 55, 56, 63, 64, 65, 200] {
            let text = String(repeating: "x", count: count)
            let plain = try command("printf %s '\(text)' | openssl dgst -\(algorithm.rawValue) -r")
            #expect(plain.prefix(64) == (try hex(Digest.hash(algorithm, Array(text.utf8)))))
            let mac = try command("printf %s '\(text)' | openssl dgst -\(algorithm.rawValue) -hmac key-\(count) -r")
            let key = Array("key-\(count)".utf8)
            #expect(mac.prefix(64) == (try hex(MessageAuthentication.hmac(algorithm, key: key, Array(text.utf8)))))
        }
    }

    @Test func anEmptyKeyIsTaken() throws {
        let expected = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        #expect(try hex(MessageAuthentication.hmac(.sha256, key: [])) == expected)
    }

    @Test func comparison() {
        #expect(MessageAuthentication.areEqual([], []))
        #expect(MessageAuthentication.areEqual([1, 2], [1, 2]))
        #expect(!MessageAuthentication.areEqual([1, 2], [1, 3]))
        #expect(!MessageAuthentication.areEqual([1, 2], [1, 2, 3]))
    }
}

/// Runs a command and answers what it printed.
func command(_ line: String) throws -> String {
    guard let pipe = popen(line, "r") else { throw CryptographyError.badLength("popen") }
    var output: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF { output.append(UInt8(truncatingIfNeeded: byte)) }
    let status = pclose(pipe)
    #expect(status == 0, "\(line)")
    return String(decoding: output, as: UTF8.self)
}
