// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import RatingModel
import Testing

@Suite struct CodeKeysTests {
    private func opening(_ text: String, _ keys: CodeKeys, at seconds: Int64) -> String? {
        let sealer = CodeSealer(keys: keys)
        return refusal { () throws(GatewayError) in try sealer.open(text, at: Sample.at(seconds)) }
    }

    private func sign(_ keys: CodeKeys) throws -> String {
        try CodeSealer(keys: keys).seal(CodeContent(nonce: Sample.nonce(1), window: WindowID("A01")))
    }

    @Test func codesOutliveARotationUntilTheOverlapEnds() throws {
        var keys = try Sample.keys()
        let old = try sign(keys)
        try keys.rotate(secret: Sample.secret(9), at: Sample.now, honouringEarlierUntil: Sample.at(1_780_000_100))
        let new = try sign(keys)
        #expect(old != new)
        #expect(opening(old, keys, at: 1_780_000_099) == nil)
        #expect(opening(old, keys, at: 1_780_000_100) == "code.expired")
        #expect(opening(new, keys, at: 1_780_000_100) == nil)
        // A later rotation gives no ended key a longer life.
        try keys.rotate(secret: Sample.secret(10), at: Sample.now, honouringEarlierUntil: nil)
        #expect(opening(old, keys, at: 1_780_000_100) == "code.expired")
        #expect(opening(new, keys, at: 4_000_000_000) == nil)
        try keys.rotate(secret: Sample.secret(11), at: Sample.now, honouringEarlierUntil: Sample.at(1_790_000_000))
        #expect(opening(old, keys, at: 1_780_000_100) == "code.expired")
        #expect(opening(new, keys, at: 1_789_999_999) == nil)
        #expect(opening(new, keys, at: 1_790_000_000) == "code.expired")
    }

    @Test func aRevokedKeyOpensNothing() throws {
        var keys = try Sample.keys()
        let old = try sign(keys)
        #expect(refusal { () throws(GatewayError) in try keys.revoke(1) } == "code.key-refused")
        #expect(refusal { () throws(GatewayError) in try keys.revoke(9) } == "code.key-refused")
        try keys.rotate(secret: Sample.secret(9), at: Sample.now, honouringEarlierUntil: nil)
        try keys.revoke(1)
        #expect(opening(old, keys, at: 1_780_000_001) == "code.revoked")
        #expect(opening(try sign(keys), keys, at: 1_780_000_001) == nil)
    }

    @Test func numbersComeAroundAndTheOldestEndedKeyIsForgotten() throws {
        var keys = try Sample.keys()
        let first = try sign(keys)
        for round in 0..<600 {
            try keys.rotate(
                secret: Sample.secret(UInt8(truncatingIfNeeded: round)), at: Sample.at(1_780_000_000 + Int64(round)),
                honouringEarlierUntil: Sample.at(1_780_000_001 + Int64(round)))
            #expect(keys.all.count <= CodeKeys.most)
            #expect(Set(keys.all.map(\.id)).count == keys.all.count)
        }
        var another = try Sample.keys()
        for _ in 0..<65 {
            try another.rotate(
                secret: Sample.secret(3), at: Sample.at(1_780_000_001), honouringEarlierUntil: Sample.now)
        }
        #expect(opening(first, another, at: 1_780_000_001) == "code.unknown-key")
    }

    @Test func asManyKeysAsThereMayBeAreKept() throws {
        var keys = try Sample.keys()
        for _ in 1..<CodeKeys.most {
            try keys.rotate(secret: Sample.secret(1), at: Sample.now, honouringEarlierUntil: nil)
        }
        let full = keys
        #expect(
            refusal { () throws(GatewayError) in
                try keys.rotate(secret: Sample.secret(1), at: Sample.now, honouringEarlierUntil: nil)
            } == "code.key-refused")
        #expect(keys == full)
        try keys.revoke(5)
        try keys.rotate(secret: Sample.secret(1), at: Sample.now, honouringEarlierUntil: nil)
        #expect(keys.key(5) == nil && keys.key(1) != nil)
    }

    @Test func theTextFormComesBack() throws {
        var keys = try Sample.keys()
        try keys.rotate(secret: Sample.secret(9), at: Sample.now, honouringEarlierUntil: Sample.at(1_780_000_100))
        try keys.rotate(secret: Sample.secret(12), at: Sample.at(1_780_000_050), honouringEarlierUntil: nil)
        try keys.revoke(2)
        let lines = keys.text.split(separator: "\n")
        #expect(lines.prefix(2) == ["hallgate-code-keys 1", "gateway 6f1c02aa"])
        #expect(lines[2].hasPrefix("key 1 made 1780000000000 until 1780000100000 in-use 000102"))
        #expect(lines[3].hasPrefix("key 2 made 1780000000000 until - revoked 090a0b"))
        #expect(try CodeKeys(text: keys.text) == keys)
    }

    @Test func aDamagedTextIsRefused() throws {
        var keys = try Sample.keys()
        try keys.rotate(secret: Sample.secret(9), at: Sample.now, honouringEarlierUntil: nil)
        let text = keys.text
        for count in 0..<text.count {
            let cut = String(text.prefix(count))
            #expect(
                refusal { () throws(GatewayError) in try CodeKeys(text: cut) } == "code.keys-unreadable", "\(count)")
        }
        let alterations = [
            ("key 2", "key 1"), ("key 2", "key 256"), ("until -", "until x"), ("in-use", "used"),
            ("gateway 6f1c02aa", "gateway 6F1C02AA"), ("gateway 6f1c02aa", "gateway 6f1c02"), ("keys 1", "keys 2"),
            ("made 1780000000000", "made "), ("in-use", "revoked"),
        ]
        for (old, new) in alterations {
            let altered = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
            #expect(altered != text)
            #expect(
                refusal { () throws(GatewayError) in try CodeKeys(text: altered) } == "code.keys-unreadable", "\(new)")
        }
    }

    @Test func secretsShowInNoText() throws {
        let keys = try Sample.keys()
        #expect("\(keys.current)" == "key 1")
        #expect(String(reflecting: keys.current) == "key 1")
        #expect(!String(reflecting: keys).contains("secret"))
    }

    @Test func aShortSecretIsNoKey() {
        #expect(
            refusal { () throws(GatewayError) in
                try CodeKeys(gateway: Sample.gateway, secret: [1, 2, 3], at: Sample.now)
            } == "cryptography")
    }
}
