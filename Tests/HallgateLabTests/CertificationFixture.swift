// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Testing

@testable import HallgateLabApp

/// The pad of `Tests/Servers/outside_pad.py`, a process of its own that ends with its test.
final class OutsidePad: Sendable {
    /// Its pseudo-terminal.
    let line: String
    private let commands: String
    private let process: ChildProcess

    init(in directory: String, fault: String? = nil) async throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let script = tests.deletingLastPathComponent().appending(path: "Servers/outside_pad.py").path()
        let (link, pipe, errors) = (directory + "/line", directory + "/commands", directory + "/errors")
        try #require(mkfifo(pipe, 0o600) == 0)
        let arguments = ["--log", directory + "/memory", "--link", link, "--commands", pipe]
        let pad = try ChildProcess(
            "/usr/bin/env", ["python3", script] + arguments + (fault.map { ["--fault", $0] } ?? []), log: errors)
        (line, commands, process) = (link, pipe, pad)
        let deadline = ContinuousClock.now + .seconds(20)
        while !FileManager.default.fileExists(atPath: link) {
            let isRunning = pad.endStatus() == nil && ContinuousClock.now < deadline
            let said = FileManager.default.contents(atPath: errors).map { String(decoding: $0, as: UTF8.self) } ?? ""
            try #require(isRunning, "the outside pad did not start; is python3 installed? \(said)")
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    deinit { process.end() }

    /// Presses and cuts the power by the pad's commands, as a program of a maker's bench would.
    var hand: BenchHand {
        BenchHand(
            pressing: .command("echo press 2 >'\(commands)'"), cutting: .command("echo power-cut >'\(commands)'"))
    }
}

/// A directory of its own; gone when the body ends.
func withBenchDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "hallgate-bench-\(UUID())").path()
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try await body(directory)
}
