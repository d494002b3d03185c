// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import RatingModel
import Testing

@testable import HallgateCommands

/// What is recorded is whole lines, however the recording ends.
@Suite struct TraceFileTests {
    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test func `the file is whole after every piece, and only its owner reads it`() async throws {
        try await withDirectory { directory in
            let path = directory + "/a.trace"
            let file = try TraceFile(path, atMost: 1000)
            #expect(try file.append("# begun\n") == true)
            #expect(try text(path) == "# begun\n", "a process that ends here has left this")
            try file.append("< 00\n> 01\n")
            #expect(try text(path) == "# begun\n< 00\n> 01\n")
            var facts = stat()
            #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
            let error = #expect(throws: GatewayError.self) { try TraceFile(path, atMost: 1) }
            #expect(error?.code == "record.not-written")
        }
    }

    @Test func `the limit cuts between two lines`() async throws {
        try await withDirectory { directory in
            let path = directory + "/a.trace"
            let file = try TraceFile(path, atMost: 12)
            #expect(try file.append("< 00\n< 01\n< 02\n") == false)
            #expect(file.isFull)
            #expect(try text(path) == "< 00\n< 01\n")
            #expect(try file.append("< 03\n") == false)
            #expect(try text(path) == "< 00\n< 01\n")
        }
    }

    /// Writing to this device fails as on a full disk.
    @Test func `a disk that is full is said, with what to do`() throws {
        let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(descriptor >= 0)
        let file = TraceFile(descriptor, "/dev/full", atMost: 1000)
        let error = #expect(throws: GatewayError.self) { try file.append("< 00\n") }
        #expect(error?.code == "record.not-written" && error?.hint.english.contains("make room") == true)
    }

    @Test(arguments: [
        ["--reveal"], ["--reason", "x"], ["--without-levels", "--reveal", "--reason", "x"], ["--most", "0"],
        ["--wait", "0"],
    ]) func `contradictions are usage errors`(_ options: [String]) async {
        let console = RecordedConsole()
        #expect(await console.run(["devices", "record", "W1", "/nowhere/x"] + options) == 2)
    }
}
