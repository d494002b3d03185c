// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// A construct that no source file may hold, and why.
private struct Ban: Sendable, CustomTestStringConvertible {
    let pattern: @Sendable (Substring) -> Bool
    let reason: String
    var seesComments = false
    var exemptLayers: Set<String> = []
    var testDescription: String { reason }
}

/// The layers whose targets are adapters: they meet C and libraries that know nothing of Sendable.
private let adapters: Set<String> = [
    "Support", "Control", "Web", "Uplinks", "Stores", "Transports", "Testing", "App",
]

private let bans: [Ban] = [
    Ban(pattern: { $0.contains("try!") }, reason: "try! traps"),
    Ban(pattern: { $0.contains("fatalError(") }, reason: "fatalError stops the daemon"),
    Ban(pattern: { $0.contains("as!") }, reason: "as! traps"),
    Ban(
        pattern: { $0.contains("Task.detached") || $0.contains(" Task {") },
        reason: "unstructured tasks outlive their scope"),
    Ban(
        pattern: { $0.contains("@unchecked Sendable") }, reason: "@unchecked Sendable outside adapters",
        exemptLayers: adapters),
    Ban(
        pattern: { $0.contains("nonisolated(unsafe)") }, reason: "nonisolated(unsafe) outside adapters",
        exemptLayers: adapters),
    Ban(
        pattern: { line in ["TODO", "FIXME", "XXX "].contains { line.contains($0) } },
        reason: "an issue is the place for it", seesComments: true),
    Ban(
        pattern: { $0 == "import Foundation" || $0 == "public import Foundation" },
        reason: "Foundation brings 36 MB; FoundationEssentials serves"),
    Ban(
        pattern: { $0.contains("print(") && !$0.contains("func ") }, reason: "print is for command lines",
        exemptLayers: ["App", "Testing"]),
]

@Suite struct ConstructTests {
    @Test(arguments: bans) fileprivate func isNowhere(_ ban: Ban) {
        for file in SourceTree.current.sources where !ban.exemptLayers.contains(file.layer) {
            for (index, line) in file.lines.enumerated() {
                let code = ban.seesComments ? line : line.prefix(upTo: line.range(ofComment: "//") ?? line.endIndex)
                if ban.pattern(code) { Issue.record("\(file.path):\(index + 1): \(ban.reason)") }
            }
        }
    }

    @Test func everyFileNamesItsLicense() {
        for file in SourceTree.current.files {
            #expect(
                file.lines.prefix(3).contains { $0.hasSuffix("SPDX-License-Identifier: Apache-2.0") }, "\(file.path)")
        }
    }

    @Test func everyTargetHasTestsOrIsCoveredByName() {
        // Interfaces are protocols and plain values; what carries them out has the tests.
        let covered: Set<String> = [
            "DeviceAPI", "JournalAPI", "UplinkAPI", "OperatorAPI", "HallAPI", "SerialTransport", "SystemClock",
            "PadSession", "HallgateTesting", "hallgate", "hallgate-lab", "hallgate-web",
            "HallgateLabApp", "CLinux",
        ]
        let tests = Set(SourceTree.current.files.filter { !$0.isSource }.map(\.target))
        for target in Set(SourceTree.current.sources.map(\.target)).subtracting(covered) {
            #expect(tests.contains(target + "Tests"), "\(target) has no tests beside it")
        }
    }
}

extension Substring {
    func range(ofComment mark: String) -> Index? {
        guard utf8.contains(UInt8(ascii: "/")) else { return nil }
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(mark), index == startIndex || self[self.index(before: index)] != ":" {
                return index
            }
            index = self.index(after: index)
        }
        return nil
    }
}
