// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RatingModel
import Testing

@testable import HallgateApp

@Suite struct ReceiptNumbersTests {
    private let numbers = try? ReceiptNumbers(key: Array(0..<16))

    @Test func `a number leads to its record and says nothing of it`() throws {
        let numbers = try #require(numbers)
        var seen: Set<String> = []
        for index in 0..<500 {
            let id = RecordID(at: WallTime(millisecondsSinceEpoch: 1_780_279_200_000), random: (7, UInt64(index)))
            let number = try #require(numbers.number(of: id))
            #expect(number.count == 26 && numbers.record(of: number) == id)
            #expect(seen.insert(number).inserted)
        }
        // Ids of one millisecond have nothing in common.
        #expect(Set(seen.map { $0.prefix(4) }).count > 400)
    }

    @Test func `a number is read as people type it`() throws {
        let numbers = try #require(numbers)
        for index in 0..<50 {
            let id = RecordID(at: WallTime(millisecondsSinceEpoch: Int64(index)), random: (1, 2))
            let number = try #require(numbers.number(of: id))
            let typed = number.lowercased().replacingOccurrences(of: "0", with: "o").replacingOccurrences(
                of: "1", with: "l")
            #expect(numbers.record(of: " " + typed.prefix(9) + "-" + typed.dropFirst(9) + " ") == id)
        }
    }

    @Test(arguments: [
        "", "0", String(repeating: "0", count: 25), String(repeating: "0", count: 27),
        String(repeating: "Z", count: 26), String(repeating: "U", count: 26), "评价", String(repeating: " ", count: 500),
    ])
    func `what is no number is none`(_ text: String) throws {
        #expect(try #require(numbers).record(of: text) == nil)
    }

    @Test func `the key is made once, kept, and missed where it is torn`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "receipts-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let id = RecordID(at: WallTime(millisecondsSinceEpoch: 5), random: (1, 2))
        let first = try ReceiptNumbers.open(directory: directory).number(of: id)
        #expect(try ReceiptNumbers.open(directory: directory).number(of: id) == first)
        let mode = try FileManager.default.attributesOfItem(atPath: directory + "/receipt-key")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        try "torn".write(toFile: directory + "/receipt-key", atomically: true, encoding: .utf8)
        #expect(throws: GatewayError.self) { try ReceiptNumbers.open(directory: directory) }
    }
}
