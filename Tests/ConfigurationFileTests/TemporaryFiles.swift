// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import FoundationEssentials

/// A directory of a test's own, removed with it.
final class TemporaryFiles {
    /// Short, because messages show no more than the beginning of a long path.
    let root = FileManager.default.temporaryDirectory.path + "/hg-\(UUID().uuidString.prefix(8))"

    init() throws { try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// Writes a file, with the directories it needs, and answers its path.
    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        try write(name, bytes: Array(text.utf8), mode: mode)
    }

    @discardableResult
    func write(_ name: String, bytes: [UInt8], mode: Int = 0o600) throws -> String {
        let path = root + "/" + name
        let directory = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        try FileManager.default.createDirectory(atPath: String(directory), withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    /// The lines an operator would see, without the directory.
    func lines(_ diagnostics: [Diagnostic], locale: String = "C") -> [String] {
        diagnostics.map { $0.line(for: locale).replacing(root + "/", with: "") }
    }
}

/// A small configuration, as the tests' reader understands it.
struct Sample: Equatable {
    var name: String?
    var count: Int?
    var wait: Duration?
    var color: String?
    var parts: [String] = []

    static func read(_ file: ConfigurationSection) -> Sample {
        var sample = Sample()
        sample.name = file.value("name", .text(atMost: 64))
        file.section("limits") { limits in
            sample.count = limits.value("count", .integer(in: 1...10))
            sample.wait = limits.value("wait", .duration(in: .milliseconds(100) ... .seconds(3600)))
        }
        sample.color = file.value("color", .choice(["red": "red", "green": "green"]))
        sample.parts = file.list("parts", atMost: 8) { $0.required("id", .identifier) }
        return sample
    }
}
