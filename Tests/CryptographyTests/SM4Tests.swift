// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Testing

private let keys = [bytes("0123456789abcdeffedcba9876543210"), bytes("fedcba98765432100123456789abcdef")]
private let vector = bytes("000102030405060708090a0b0c0d0e0f")

@Suite struct SM4Tests {
    /// GB/T 32907-2016 appendix A.1.
    @Test func oneBlock() throws {
        let cipher = try SM4(key: keys[0], mode: .ecb, padding: .none)
        #expect(try hex(cipher.encrypt(keys[0])) == "681edf34d206965e86b3e94f536e4246")
        #expect(try cipher.decrypt(bytes("681edf34d206965e86b3e94f536e4246")) == keys[0])
    }

    /// GB/T 32907-2016 appendix A.2: the same block a million times. A chain of encryptions from a block is what CBC
    /// does to blocks of zeros under that block as its vector, so one call goes all the way.
    @Test func aMillionTimes() throws {
        let rounds = 1_000_000
        let cipher = try SM4(key: keys[0], mode: .cbc, padding: .none)
        let chain = try cipher.encrypt([UInt8](repeating: 0, count: rounds * SM4.blockBytes), vector: keys[0])
        #expect(hex(Array(chain.suffix(SM4.blockBytes))) == "595298c7c6fd271f0402f804c33d3f66")
        let single = try SM4(key: keys[0], mode: .ecb, padding: .none)
        var block = keys[0]
        for _ in 0..<1000 { block = try single.encrypt(block) }
        #expect(block == Array(chain[999 * SM4.blockBytes..<1000 * SM4.blockBytes]))
    }

    /// draft-ribose-cfrg-sm4-10 appendix A.2: two blocks by ECB and CBC, four by CTR, each under two keys.
    @Test(arguments: [
        (SM4.Mode.ecb, 0, "5ec8143de509cff7b5179f8f474b86192f1d305a7fb17df985f81c8482192304"),
        (.ecb, 1, "c5876897e4a59bbba72a10c83872245b12dd90bc2d200692b529a4155ac9e600"),
        (.cbc, 0, "78ebb11cc40b0a48312aaeb2040244cb4cb7016951909226979b0d15dc6a8f6d"),
        (.cbc, 1, "0d3a6ddc2d21c698857215587b7bb59a91f2c147911a4144665e1fa1d40bae38"),
        (
            .ctr, 0,
            """
            ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7\
            f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514
            """
        ),
        (
            .ctr, 1,
            """
            5dcccd25b95ab07417a08512ee160e2f8f661521cbbab44cc87138445bc29e5c\
            0ae0297205d62704173b21239b887f6c8cb5b800917a2488284bde9e16ea2906
            """
        ),
    ]) func modes(_ mode: SM4.Mode, _ key: Int, _ expected: String) throws {
        let repeats = mode == .ctr ? 8 : 4
        let text = [0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xAA, 0xBB].flatMap { [UInt8](repeating: $0, count: repeats) }
        let cipher = try SM4(key: keys[key], mode: mode, padding: .none)
        let start = mode == .ecb ? [] : vector
        #expect(try hex(cipher.encrypt(text, vector: start)) == expected)
        #expect(try cipher.decrypt(bytes(expected), vector: start) == text)
    }

    /// Every mode with the `openssl` command, both ways, at every length around the blocks.
    @Test(arguments: SM4.Mode.allCases) func commandAgrees(_ mode: SM4.Mode) throws {
        let cipher = try SM4(key: keys[0], mode: mode)
        let start = mode == .ecb ? [] : vector
        let arguments = "-sm4-\(mode) -K \(hex(keys[0]))" + (mode == .ecb ? "" : " -iv \(hex(vector))")
        for count in [0, 1, 15, 16, 17, 32, 100] {
            let text = String(repeating: "x", count: count)
            let theirs = try command("printf %s '\(text)' | openssl enc \(arguments) -A -a")
            let ours = try BinaryText.base64.encode(cipher.encrypt(Array(text.utf8), vector: start))
            #expect(ours == theirs, "\(count) bytes")
            let back = try command("printf %s '\(ours)' | openssl enc -d \(arguments) -A -a")
            #expect(back == text)
            #expect(try cipher.decrypt(BinaryText.base64.decode(theirs), vector: start) == Array(text.utf8))
        }
    }

    @Test func wrongLengthsAndPaddingsAreErrors() throws {
        #expect(throws: CryptographyError.badLength("the SM4 key")) { try SM4(key: [1], mode: .ecb) }
        for mode in [SM4.Mode.ecb, .cbc] {
            let start = mode == .ecb ? [] : vector
            let plain = try SM4(key: keys[0], mode: mode, padding: .none)
            #expect(throws: CryptographyError.badLength("the text")) { try plain.encrypt([1], vector: start) }
            #expect(throws: CryptographyError.badLength("the ciphertext")) { try plain.decrypt([1], vector: start) }
            let padded = try SM4(key: keys[0], mode: mode)
            #expect(throws: CryptographyError.badLength("the ciphertext")) { try padded.decrypt([], vector: start) }
            let whole = try plain.encrypt([UInt8](repeating: 0x55, count: 16), vector: start)
            #expect(throws: CryptographyError.notAuthentic) { try padded.decrypt(whole, vector: start) }
        }
        let cipher = try SM4(key: keys[0], mode: .cbc)
        #expect(throws: CryptographyError.badLength("the initial vector")) { try cipher.encrypt([1]) }
        let book = try SM4(key: keys[0], mode: .ecb)
        #expect(throws: CryptographyError.badLength("the initial vector")) { try book.encrypt([1], vector: vector) }
    }
}
