// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import VirtualPads

/// A directory of its own with some pads in it; gone when the body ends.
func withDirectory<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
    var template = Array("/tmp/hallgate-pads-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
        if let entries = opendir(directory) {
            while let entry = readdir(entries) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                    String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
                }
                unlink("\(directory)/\(name)")
            }
            closedir(entries)
        }
        rmdir(directory)
    }
    return try await body(directory)
}

func settings(_ number: Int, in directory: String) -> PadSettings {
    PadSettings(
        id: 0xA000 + UInt64(number), link: "\(directory)/pad\(number)", memoryPath: "\(directory)/pad\(number).memory",
        newLog: 0xB000 + UInt64(number))
}

/// A rack of pads on real pseudo-terminals, stopped when the body ends.
func withRack<Answer>(
    pads: Int = 1, seed: UInt64 = 1, _ body: (PadRack, String) async throws -> Answer
) async throws -> Answer {
    try await withDirectory { directory in
        let rack = try PadRack(pads: (0..<pads).map { settings($0, in: directory) }, seed: seed)
        defer { rack.stop() }
        return try await body(rack, directory)
    }
}

/// Waits until something is so; fails at the deadline.
func eventually(_ what: String, _ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !condition() {
        try #require(ContinuousClock.now < deadline, "not in time: \(what)")
        try await Task.sleep(for: .milliseconds(2))
    }
}

func visit(_ prompt: UInt32, level: UInt8 = 2, patience: Duration = .seconds(5), unplugAfterBytes: Int? = nil) -> Visit
{
    Visit(
        prompt: prompt, key: level, level: level, thinking: .zero, patience: patience,
        unplugAfterBytes: unplugAfterBytes)
}
