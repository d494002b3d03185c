// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HallgateApp

@Suite struct ReadmeTests {
    /// The configuration a reader copies from the README must be accepted as it stands.
    @Test(arguments: ["README.md", "README.zh-CN.md"]) func theConfigurationIsAccepted(_ name: String) throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
        let fence = try #require(text.components(separatedBy: "```yaml\n").dropFirst().first)
        let yaml = try #require(fence.components(separatedBy: "```").first)
        let file = FileManager.default.temporaryDirectory.appending(path: "hallgate-readme-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try yaml.write(to: file, atomically: true, encoding: .utf8)
        let reading = GatewayConfiguration.read(file: file.path())
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        #expect(reading.configuration?.devices.count == 1 && reading.configuration?.uplinks.count == 1)
    }
}
