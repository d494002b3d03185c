// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import StandInRegion

@Suite struct ControlTests {
    @Test func eachLineIsObeyedAndAcknowledged() async throws {
        try await withRegion { region, _ in
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            defer { close(ends[0]) }
            let text = "fault status:500 x3\nfault nonsense\n\nclear\nfault status:500 x3\ncounts\nquit\nclear\n"
            #expect(write(ends[1], text, text.utf8.count) == text.utf8.count)
            close(ends[1])
            var acknowledged: [String] = []
            await region.obeyLines(of: ends[0]) { acknowledged.append($0) }
            #expect(acknowledged.count == 7)
            #expect(acknowledged[0] == #"{"command":"fault status:500 x3","ok":true}"#)
            #expect(acknowledged[1].contains(#""ok":false"#) && acknowledged[1].contains("region.fault-rule"))
            #expect(acknowledged[2].contains("region.control-line"))
            #expect(acknowledged[3] == #"{"command":"clear","ok":true}"#)
            #expect(acknowledged[5].contains(#""received":0"#))
            #expect(acknowledged[6] == #"{"command":"quit","ok":true}"#)
            let afterwards = try await curl(region.pingURL)
            #expect(afterwards.exit == 7, "quit stops the region")
        }
    }

    @Test func aFaultIsInForceWhenItIsAcknowledgedAndTheEndOfInputStops() async throws {
        try await withRegion { region, reader in
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            let (input, output) = (ends[0], ends[1])
            defer { close(input) }
            let (acknowledged, acknowledge) = AsyncStream.makeStream(of: String.self)
            async let obeyed: Void = region.obeyLines(of: input) { acknowledge.yield($0) }
            let line = "fault status:500 x1\n"
            #expect(write(output, line, line.utf8.count) == line.utf8.count)
            var lines = acknowledged.makeAsyncIterator()
            _ = await lines.next()
            let answers = [
                try await curl(region.evaluateURL, body: batch(rating("a"))),
                try await curl(region.evaluateURL, body: batch(rating("a"))),
            ]
            #expect(answers.map(\.status) == [500, 200])
            #expect(try reader.counts().faults == ["status:500": 1])
            close(output)
            await obeyed
            #expect(try await curl(region.pingURL).exit == 7)
        }
    }
}
