// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A Markdown file of the repository, read for its fenced blocks.
struct Document {
    let text: String
    let lines: [String]

    init(repositoryFile name: String, from source: String) throws {
        let root = source.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        text = String(decoding: try Data(contentsOf: URL(filePath: root + "/" + name)), as: UTF8.self)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The blocks fenced with that word, as "key: value" lines; a key that comes again adds a line to its value.
    func blocks(of kind: String) -> [[String: String]] {
        var blocks: [[String: String]] = []
        var block: [String: String]?
        for line in lines {
            if line == "```" + kind {
                block = [:]
            } else if line.hasPrefix("```") {
                if let block { blocks.append(block) }
                block = nil
            } else if block != nil, let colon = line.firstIndex(of: ":") {
                let value = String(line[line.index(after: colon)...].drop { $0 == " " })
                let key = String(line[..<colon])
                let before = block?[key]
                block?[key] = before.map { $0 + "\n" + value } ?? value
            }
        }
        return blocks
    }

    static func bytes(_ hex: String) -> [UInt8] { hex.split(separator: " ").compactMap { UInt8($0, radix: 16) } }

    static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count < 2 ? "0" + digits : digits
    }
}
