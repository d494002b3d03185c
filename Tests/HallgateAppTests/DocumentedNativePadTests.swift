// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import Foundation
import RatingModel
import Testing

@testable import HallgateApp

/// The example of the native pads in Devices.md is a configuration.
@Suite struct DocumentedNativePadTests {
    @Test func `the documented stanzas are accepted`() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let page = URL(filePath: root + "/Sources/App/HallgateApp/Documentation.docc/Devices.md")
        let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
        let section = try #require(text.components(separatedBy: "## Native pads: `native`").last)
        let example = section.components(separatedBy: "```yaml\n")[1].components(separatedBy: "```")[0]
        let file = FileManager.default.temporaryDirectory.appending(path: "native-\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let windows = (1...4).map { "  - id: A0\($0)\n" }.joined()
        try Data(("windows:\n" + windows + example).utf8).write(to: file)
        let reading = GatewayConfiguration.read(file: file.path())
        #expect(reading.diagnostics.map(\.message.english) == [])
        let devices = try #require(reading.configuration?.devices)
        #expect(devices.map(\.line.kind) == [.serial, .hidraw, .serial])
        #expect(devices.map(\.line.baud) == [115_200, 115_200, 9600])
        #expect(devices.last?.addresses == [1: WindowID("A03"), 2: WindowID("A04")])
    }
}
