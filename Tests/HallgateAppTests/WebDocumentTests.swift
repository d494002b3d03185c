// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HallgateApp

/// Web.md: its configuration is the gateway's too.
@Suite struct WebDocumentTests {
    private static func page() throws -> String {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Sources/App/HallgateApp/Documentation.docc/Web.md"), encoding: .utf8)
    }

    @Test func `the configuration is accepted as it is written`() throws {
        let yaml = try #require(
            try Self.page().components(separatedBy: "```yaml\n").last?.components(separatedBy: "```").first)
        let reading = GatewayConfiguration.read(text: yaml)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        #expect(reading.configuration != nil)
    }

    @Test(arguments: ["listne: a", "trusted_proxies: everybody", "limits: {head_time: fast}"])
    func `a mistake in the web process's section is said`(_ line: String) {
        #expect(GatewayConfiguration.read(text: "web: {\(line)}").configuration == nil)
    }
}
