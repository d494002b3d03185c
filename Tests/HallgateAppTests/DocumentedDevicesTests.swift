// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import Foundation
import Testing

@testable import HallgateApp

@Suite struct DocumentedDevicesTests {
    /// Every configuration of the page is accepted as it stands.
    @Test func `the examples of Operating devices are accepted`() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = root.appending(path: "Sources/App/HallgateApp/Documentation.docc/OperatingDevices.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let examples = text.components(separatedBy: "```yaml\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        let readings = examples.map { GatewayConfiguration.read(text: $0) }
        #expect(readings.map(\.diagnostics.count) == [0, 0, 0], "\(readings.map(\.diagnostics))")
        #expect(readings.first?.configuration?.devices.first?.staleAfter == .seconds(600))
        #expect(readings.dropFirst().first?.configuration?.isRevealAllowed == true)
        #expect(readings.last?.configuration?.devices.map(\.line.path) == ["/dev/serial/by-path/new"])
    }
}
