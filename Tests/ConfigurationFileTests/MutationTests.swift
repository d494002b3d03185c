// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

@testable import ConfigurationFile
import Testing

/// Whatever bytes a configuration file holds, the reader ends, without a trap, and its marks lie in the file.
struct MutationTests {
    private static let original = """
        # 示例
        name: "大厅 \\u4e00"
        limits: {count: 3, wait: 500ms}
        color: green
        parts:
          - id: A01
          - {id: 002, x: [1, 'two', "three"]}
        text: |
          block
          text
        other: &a [*a, !!str x, ~]
        """
    private static let splices: [[UInt8]] = [
        Array("\t".utf8), Array("\n".utf8), Array(": ".utf8), Array("- ".utf8), Array("[{".utf8), Array("&x *x".utf8),
        Array("---\n".utf8), Array("\"".utf8), [0], [0xFF, 0xFE], [0xE5, 0xA4], Array("%YAML 9.9\n".utf8),
        Array("? ".utf8), Array("<<: *a\n".utf8), Array("99999999999999999999".utf8), [0xEF, 0xBB, 0xBF],
        Array("|9\n".utf8),
    ]

    @Test(arguments: [1, 20_260_101, 0xDEAD_BEEF] as [UInt64])
    func survivesMutations(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for round in 0..<1500 {
            var bytes = Array(Self.original.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
            let lineCount = bytes.count { $0 == 10 || $0 == 13 || $0 == 0x85 || $0 == 0xA8 || $0 == 0xA9 } + 2
            for diagnostic in read(bytes) {
                #expect(
                    diagnostic.mark.line >= 1 && diagnostic.mark.line <= lineCount && diagnostic.mark.column >= 1,
                    "seed \(seed), round \(round): \(diagnostic)")
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
        case 1: bytes.insert(contentsOf: Self.splices.randomElement(using: &random) ?? [], at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
        case 3: bytes.removeSubrange(place...)
        default:
            let piece = bytes[place..<min(bytes.count, place + 30)]
            bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &random))
        }
    }

    private func read(_ bytes: [UInt8]) -> [Diagnostic] {
        do {
            let parsed = parseYAML(try SourceText(file: "f.yaml", order: 0, bytes: bytes))
            let log = DiagnosticLog()
            parsed.diagnostics.forEach(log.report)
            if let root = parsed.root { _ = ConfigurationSection.section(root, key: "f", log: log, Sample.read) }
            return log.diagnostics
        } catch { return [error.diagnostic] }
    }
}

/// A small generator whose numbers follow from its seed (SplitMix64).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
