// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing

@testable import Scanner

/// Recorded ways of scanners, replayed.
@Suite struct ScannerTraceTests {
    @Test func `traces are kept to`() throws {
        let traces = try DriverTrace.all(of: "scanner")
        #expect(traces.count >= 20)
        for trace in traces {
            let settings = try #require(ScannerSettings(trace), "\(trace.name)")
            #expect(trace.violations { _ in ScannerDriver(settings) } == [])
        }
    }
}

extension ScannerSettings {
    /// The settings that a trace names.
    init?(_ trace: DriverTrace) {
        self.init(device: DeviceID("scanner-1"))
        for (key, values) in trace.settings {
            let words = (values.first ?? "").split(separator: " ").map(String.init)
            let word = words.first ?? ""
            switch key {
            case "ending": ending = Ending(rawValue: word) ?? .any
            case "encoding": encoding = Encoding(rawValue: word) ?? .utf8
            case "symbology": symbology = SymbologyPrefix(rawValue: word) ?? .detect
            case "prefix": prefix = word
            case "suffix": suffix = word
            case "length":
                guard let least = Int(word), let most = words.last.flatMap({ Int($0) }) else { return nil }
                length = least...most
            case "characters":
                guard let ranges = CharacterRanges(word) else { return nil }
                characters = ranges
            case "input" where word == "keys": input = .keyEvents
            case "input":
                let numbers = words.dropFirst().compactMap { Int($0) }
                guard word == "reports", numbers.count == 3 else { return nil }
                input = .reports(
                    ReportLayout(number: UInt8(exactly: numbers[0]), lengthAt: numbers[1], textAt: numbers[2]))
            case "switch":
                switchOn = Self.bytes(word)
                switchOff = Self.bytes(words.last ?? "")
            case "noise", "reads": break
            default: return nil
            }
        }
    }

    private static func bytes(_ text: String) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }
}
