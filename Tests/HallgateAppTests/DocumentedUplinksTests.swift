// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPSUplink
import Testing

@testable import HallgateApp

@Suite struct DocumentedUplinksTests {
    private let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func page() throws -> String {
        let path = "Sources/App/HallgateApp/Documentation.docc/OperatingUplinks.md"
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test func `the example of Operating uplinks is accepted`() throws {
        let example = try #require(page().components(separatedBy: "```yaml\n").dropFirst().first)
        let reading = GatewayConfiguration.read(text: try #require(example.components(separatedBy: "```").first))
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        guard case .https(let https)? = reading.configuration?.uplinks.first?.kind else {
            Issue.record("no uplink over HTTPS")
            return
        }
        #expect(https.credentialFiles.keys.sorted() == ["app_id", "app_secret"])
        #expect(https.keyFile == "credential:hall-key")
    }

    /// A reason an operator meets stands in the table, and nothing else does.
    @Test func `every reason of a line over HTTPS is in the table`() throws {
        var coded: Set<String> = []
        for folder in ["Uplinks/HTTPSUplink", "Interfaces/UplinkAPI", "Engine/RatingDelivery"] {
            let directory = root.appending(path: "Sources/" + folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: directory.path()) {
                let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
                coded.formUnion(text.matches(of: #/"(uplink\.[a-z-]+)"/#).map { String($0.1) })
            }
        }
        let table = Set(try page().matches(of: #/\n\| `(uplink\.[a-z-]+)` \|/#).map { String($0.1) })
        #expect(coded.count > 20)
        #expect(table == coded, "\(table.symmetricDifference(coded).sorted())")
    }
}
