// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import Glibc
import RatingModel
import Testing

@Suite struct RefusedCodesTests {
    private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    private func opening(_ text: String, _ sealer: CodeSealer) -> String? {
        refusal { () throws(GatewayError) in try sealer.open(text, at: Sample.now) }
    }

    @Test func everyFlippedBitIsRefused() throws {
        let sealer = try Sample.sealer()
        let code = Array(try sealer.seal(Sample.content()))
        for index in code.indices {
            let value = try #require(alphabet.firstIndex(of: code[index]))
            for bit in 0..<6 {
                var altered = code
                altered[index] = alphabet[value ^ 1 << bit]
                #expect(opening(String(altered), sealer) == "code.unreadable", "character \(index), bit \(bit)")
            }
        }
    }

    @Test func everyFlippedBitOfTheCharactersIsRefused() throws {
        let sealer = try Sample.sealer()
        let code = Array(try sealer.seal(Sample.content()).utf8)
        for index in code.indices {
            for bit in 0..<8 {
                var altered = code
                altered[index] ^= 1 << UInt8(bit)
                #expect(opening(String(decoding: altered, as: UTF8.self), sealer) == "code.unreadable")
            }
        }
    }

    @Test func everyTruncationAndEveryMoreIsRefused() throws {
        let sealer = try Sample.sealer()
        let code = try sealer.seal(Sample.content())
        for count in 0..<code.count {
            #expect(opening(String(code.prefix(count)), sealer) == "code.unreadable")
            #expect(opening(String(code.suffix(count)), sealer) == "code.unreadable")
        }
        for more in ["A", "=", "==", " ", "\n", "\0", "é", code, String(repeating: "A", count: 1 << 20)] {
            #expect(opening(code + more, sealer) == "code.unreadable")
            #expect(opening(more + code, sealer) == "code.unreadable")
        }
    }

    @Test func anotherHallsCodeIsForeign() throws {
        let other = CodeSealer(keys: try Sample.keys(gateway: GatewayNumber(1)))
        #expect(opening(try other.seal(Sample.content()), try Sample.sealer()) == "code.foreign")
        // The same number without the secret is no key to anything.
        let imitated = try CodeKeys(gateway: Sample.gateway, secret: Sample.secret(1), at: Sample.now)
        let forged = try CodeSealer(keys: imitated).seal(Sample.content())
        #expect(opening(forged, try Sample.sealer()) == "code.unreadable")
    }

    @Test func aWithdrawnCodeIsRevoked() throws {
        let code = try Sample.sealer().seal(Sample.content(7))
        let other = try Sample.sealer().seal(Sample.content(8))
        let sealer = CodeSealer(keys: try Sample.keys(), withdrawn: [try Sample.nonce(7)])
        #expect(opening(code, sealer) == "code.revoked")
        #expect(opening(other, sealer) == nil)
    }

    @Test func tenThousandAreRefusedInConstantMemory() throws {
        var random = SeededGenerator(seed: 11)
        let sealer = try Sample.sealer()
        let foreign = CodeSealer(keys: try Sample.keys(gateway: GatewayNumber(2)))
        var redeemed = RedeemedCodes(capacity: 64)
        let replayed = try sealer.open(sealer.seal(Sample.content(1)), at: Sample.now)
        let until = try #require(replayed.expiresAt)
        #expect(redeemed.redeem(Sample.press(1), submission: "first", expiresAt: until, at: Sample.now) == .first)
        var outcomes: [String: Int] = [:]
        let memory = try residentKiB()
        for number in 0..<10_000 {
            let outcome: String
            switch number % 4 {
            case 0:
                var code = Array(try sealer.seal(Sample.content(UInt64(number))).utf8)
                for _ in 0...Int.random(in: 0..<4, using: &random) {
                    let index = Int.random(in: code.indices, using: &random)
                    code[index] = UInt8.random(in: .min ... .max, using: &random)
                }
                code[Int.random(in: code.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                outcome = opening(String(decoding: code, as: UTF8.self), sealer) ?? "accepted"
            case 1:
                let end = Sample.at(1_780_000_000 - Int64.random(in: 0..<1_000_000, using: &random))
                outcome = opening(try sealer.seal(Sample.content(UInt64(number), expiresAt: end)), sealer) ?? "accepted"
            case 2:
                let again = try sealer.open(sealer.seal(Sample.content(1)), at: Sample.now)
                #expect(again.nonce == replayed.nonce)
                let answer = redeemed.redeem(
                    Sample.press(1), submission: "another \(number)", expiresAt: until, at: Sample.now)
                outcome = answer == .redeemed ? "code.redeemed" : "accepted"
            default:
                outcome = opening(try foreign.seal(Sample.content(UInt64(number))), sealer) ?? "accepted"
            }
            outcomes[outcome, default: 0] += 1
        }
        #expect(outcomes["accepted"] == nil, "\(outcomes)")
        #expect(outcomes["code.expired"] == 2_500 && outcomes["code.redeemed"] == 2_500)
        #expect(outcomes["code.foreign"] ?? 0 >= 2_500)
        #expect(redeemed.count == 1)
        #expect(try residentKiB() - memory < 16 * 1024)
    }

    /// The memory that the process has, in KiB (proc(5), VmRSS).
    private func residentKiB() throws -> Int {
        let file = try #require(fopen("/proc/self/status", "re"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        bytes.removeSubrange(fread(&bytes, 1, bytes.count, file)...)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("VmRSS:") })
        return try #require(line.split(separator: " ").compactMap { Int($0) }.first)
    }
}

/// SplitMix64: the same numbers in every run.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
