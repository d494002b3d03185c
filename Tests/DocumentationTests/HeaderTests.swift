// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PadProtocol
import Testing

/// The C header for makers of pads: made from the document, and true.
@Suite struct HeaderTests {
    private let root: String
    private let header: String

    init() throws {
        root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let bytes = try Data(contentsOf: URL(filePath: root + "/packaging/hallgate_pad.h"))
        header = String(decoding: bytes, as: UTF8.self)
    }

    private func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test func `the header is what the document makes it`() throws {
        let made = try run("python3", [root + "/.ci/make-header"])
        #expect(made.status == 0)
        #expect(made.output == header, "run 'make header'")
    }

    @Test func `a C compiler takes it without a warning`() throws {
        let source = FileManager.default.temporaryDirectory.appending(path: "header-\(UUID()).c")
        defer { try? FileManager.default.removeItem(at: source) }
        let program = """
            #include "hallgate_pad.h"
            #include "hallgate_pad.h"
            static const unsigned char frame[HALLGATE_FRAME_BYTES];
            int main(void) { return frame[HALLGATE_PRESS_AGE_AT] + HALLGATE_TIMER_HELLO_FIRST_MS == 0; }

            """
        try Data(program.utf8).write(to: source)
        let flags = [
            "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", root + "/packaging",
        ]
        #expect(try run("gcc", flags + [source.path()]).status == 0)
    }

    @Test func `its numbers are the codec's`() {
        let numbers = Dictionary(
            header.split(separator: "\n").compactMap { line -> (String, UInt64)? in
                let words = line.split(separator: " ")
                guard words.count == 3, words[0] == "#define" else { return nil }
                let digits = words[2].hasSuffix("u") ? words[2].dropLast() : words[2]
                let number = digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
                return number.map { (String(words[1].dropFirst("HALLGATE_".count)), $0) }
            }, uniquingKeysWith: { first, _ in first })
        #expect(numbers.count > 250)
        #expect(numbers["TIMER_PRESS_FIRST_MS"] == ProtocolTimers.pressFirst)
        #expect(numbers["TIMER_HEALTH_ON_BUS_MS"] == ProtocolTimers.healthOnBus)
        #expect(numbers["BODY_BYTES"] == UInt64(ProtocolLimits.bodyBytes))
        let press = PressReport(
            log: 0x0807_0605_0403_0201, sequence: 0x0C0B_0A09, lifetimeCount: 0x100F_0E0D, ageMilliseconds: 0x1413_1211,
            prompt: 0x1817_1615, result: .rated, level: 5, key: 0x1B)
        var decoder = FrameDecoder()
        for byte in press.encoded(from: 0) { _ = decoder.push(byte) }
        let payload = decoder.completedBody.dropFirst(2).dropLast(4)
        #expect(payload.count == numbers["PRESS_MOST"].map(Int.init))
        for (field, first) in [
            ("LOG_NUMBER", 1), ("SEQUENCE", 9), ("LIFETIME_COUNT", 13), ("AGE", 17), ("PROMPT", 21), ("RESULT", 1),
            ("LEVEL", 5), ("KEY", 0x1B),
        ] as [(String, UInt8)] {
            let place = Int(numbers["PRESS_\(field)_AT"] ?? 99)
            #expect(payload.dropFirst(place).first == first, "\(field)")
        }
    }
}
