// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
@testable import HallgateCommands
import Synchronization

/// Runs command lines and keeps what they say.
final class RecordedConsole: Sendable {
    private let said = Mutex((output: "", errors: ""))

    var output: String { said.withLock { $0.output } }
    var errors: String { said.withLock { $0.errors } }

    /// Runs a command line as a locale's operator would; answers the exit status.
    func run(_ arguments: [String], locale: String = "C") async -> Int32 {
        let console = Console(
            locale: locale, usesColor: false, output: { text in self.said.withLock { $0.output += text } },
            errors: { text in self.said.withLock { $0.errors += text } })
        return await Hallgate.run(arguments, console: console)
    }
}

/// Gives `body` a new directory, removed afterwards.
func withDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let directory = "/tmp/hallgate-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    return try await body(directory)
}

/// Writes a file.
func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
