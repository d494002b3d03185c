// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JournalAPI
import RatingModel
import Testing

@testable import SQLiteJournal

/// Fixed bytes of everything that is on disk, computed by other programs, so that the format cannot drift.
@Suite struct FormatTests {
    @Test func chain() throws {
        let expected = [
            "26bb67cae74ecbbfd44fb5d2f4db11b505cee801962b68f0301fe58efc8e69c7",
            "5d098507ae5ab5d0514a0fb74735a18d6a86af47262c828adda7cb9e06fbff17",
        ]
        var chain = try HashChain(.sha256)
        for number in UInt8(1)...2 {
            let commitment = try chain.commitment(
                salt: [UInt8](repeating: number, count: 16), record: Array("record \(number)".utf8))
            try chain.append(
                sequence: Int64(number), id: [UInt8](repeating: 0xA0 + number, count: 16), commitment: commitment)
            #expect(chain.headText == "sha256:" + expected[Int(number) - 1])
        }
        #expect(try HashChain(.sm3).headText.hasPrefix("sm3:"))
    }

    @Test func rowChecksums() {
        var crc = CRC32C()
        crc.update(Array("123456789".utf8))
        #expect(crc.value == 0xE306_9283)
        let row = ContentRow(
            number: 7, id: Array(repeating: UInt8(ascii: "i"), count: 16),
            salt: Array(repeating: UInt8(ascii: "s"), count: 16), routes: [], body: Array("body".utf8))
        #expect(row.checksum == 0xC898_0312)
    }

    @Test func routes() throws {
        let bytes = try Routes.encode([UplinkName("b"): .held(.contested), UplinkName("a"): .pending])
        #expect(bytes == [1, 0x61, 1, 1, 0x62, 17])
        #expect(try Routes.decode(bytes).map(\.1) == [.pending, .held(.contested)])
        for count in [1, 2, 4, 5] {
            #expect(throws: JournalFailure.self) { try Routes.decode(Array(bytes.prefix(count))) }
        }
        #expect(throws: GatewayError.self) {
            try Routes.encode([UplinkName(String(repeating: "x", count: 129)): .pending])
        }
        // The longest name has a queue of invitations too.
        let longest = UplinkName(String(repeating: "x", count: 128)).invitations
        #expect(try Routes.decode(Routes.encode([longest: .held(.answerable)])).map(\.0) == [longest])
    }

    @Test func stateNumbers() {
        #expect(DeliveryState.counted.map(\.number) == [0, 1, 2, 3, 4, 5, 16, 17, 18, 19, 20, 21, 22, 23, 24])
        #expect(DeliveryState.counted.allSatisfy { DeliveryState(number: $0.number) == $0 })
        #expect(DeliveryState(number: 99) == nil)
    }

    @Test func answersAreCutBetweenCharacters() {
        let long = String(repeating: "好", count: 300)
        #expect(ReceiptRow.shortened(long) == String(repeating: "好", count: 170))
        #expect(ReceiptRow.shortened("ok") == "ok")
    }
}

/// Logs made by hand, for what a log can look like that a test cannot easily bring about.
@Suite struct WriteAheadLogScanTests {
    /// A log with these commits, each of so many frames, with right checksums.
    static func log(_ commits: [Int]) -> [UInt8] {
        var log: [UInt8] = []
        let put = { (value: UInt32) in
            withUnsafeBytes(of: value.bigEndian) { log.append(contentsOf: $0) }
        }
        for word: UInt32 in [0x377F_0682, 3_007_000, 1024, 0, 11, 22] { put(word) }
        var sum = checksum(log[0..<24], (0, 0))
        put(sum.0)
        put(sum.1)
        for (number, frames) in commits.enumerated() {
            for frame in 1...frames {
                let start = log.count
                put(UInt32(frame))
                put(frame == frames ? UInt32(33) : 0)
                let head = Array(log[start...])
                let page = (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* (number + 3) &+ frame &+ 7 &* frames) }
                sum = checksum(page[...], checksum(head[...], sum))
                for word in [11, 22, sum.0, sum.1] { put(word) }
                log += page
            }
        }
        return log
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>, _ seed: (UInt32, UInt32)) -> (UInt32, UInt32) {
        var (first, second) = seed
        let words = stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
            bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in stride(from: 0, to: words.count, by: 2) {
            first &+= words[index] &+ second
            second &+= words[index + 1] &+ first
        }
        return (first, second)
    }

    @Test func wholeLogs() {
        #expect(WriteAheadLogScan([]).verdict == .clean)
        #expect(WriteAheadLogScan([1, 2, 3]).verdict == .clean)
        let scan = WriteAheadLogScan(Self.log([2, 1, 3]))
        #expect(scan.verdict == .clean)
        #expect(scan.validFrames == 6)
    }

    @Test func cutLogsAreTornTails() {
        let log = Self.log([2, 1, 3])
        for count in stride(from: 32 + 3 * 1048 + 1, to: log.count, by: 97) {
            let scan = WriteAheadLogScan(Array(log.prefix(count)))
            #expect(scan.verdict == .tornTail || (scan.verdict == .clean && count % 1048 == 32), "\(count)")
            #expect(scan.validFrames == 3)
        }
    }

    /// Every frame before the last commit, at every kind of place.
    @Test func aFlippedBitBeforeTheLastCommitIsDamage() {
        let log = Self.log([2, 1, 3, 2])
        for frame in 0..<6 {
            for offset in [0, 3, 4, 7, 8, 15, 16, 23, 24, 500, 1047] {
                var damaged = log
                damaged[32 + frame * 1048 + offset] ^= 0x10
                #expect(WriteAheadLogScan(damaged).verdict == .damaged(frame: frame), "frame \(frame) byte \(offset)")
            }
        }
    }

    @Test func aFlippedBitInTheLastCommitIsNeverTakenForATear() {
        let log = Self.log([2, 1, 3])
        for frame in 3..<6 {
            for bit in 0..<1048 * 8 where bit % 41 == 0 || bit < 200 {
                var damaged = log
                damaged[32 + frame * 1048 + bit / 8] ^= 1 << UInt8(bit % 8)
                let verdict = WriteAheadLogScan(damaged).verdict
                #expect(verdict == .damaged(frame: frame) || verdict == .doubtfulTail, "frame \(frame) bit \(bit)")
            }
        }
    }

    @Test func leftoversOfAFailedCommitAreNoDamage() {
        // A commit of five frames failed and was overwritten by one of two; the last three are still there.
        let (failed, made) = (Self.log([2, 5]), Self.log([2, 1, 1]))
        let log = made + failed.dropFirst(made.count)
        let scan = WriteAheadLogScan(log)
        #expect(scan.verdict != .clean)
        if case .damaged = scan.verdict { Issue.record("leftovers were taken for damage") }
        #expect(scan.validFrames == 4)
    }

    /// What a run of the model once left: a header torn over a leftover, with a new mark and an old checksum.
    @Test func aMarkTornOverALeftoverIsNoDamage() {
        let (failed, made) = (Self.log([2, 9]), Self.log([2, 3]))
        var log = made + failed.dropFirst(made.count)
        for offset in [2, 4] {
            let start = 32 + offset * 1048
            log.replaceSubrange(start..<start + 1048, with: failed[start..<start + 1048])
        }
        let start = 32 + 4 * 1048
        log.replaceSubrange(start..<start + 8, with: made[start..<start + 8])
        let scan = WriteAheadLogScan(log)
        if case .damaged = scan.verdict { Issue.record("a torn header was taken for damage") }
        #expect(scan.validFrames == 2)
    }

    @Test func aBrokenHeaderIsSeen() {
        for offset in 0..<32 {
            var log = Self.log([1, 1])
            log[offset] ^= 4
            #expect(WriteAheadLogScan(log).verdict == .badHeader, "byte \(offset)")
        }
    }
}
