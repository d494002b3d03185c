// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import RatingModel
import Testing
import WebConfiguration

@testable import HallgateWebApp

@Suite struct WebSetupTests {
    private func read(_ text: String) throws -> WebSetup {
        let path = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID()).yaml").path()
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try WebSetup.read(path, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    @Test func theRestOfTheFileIsTheGateways() throws {
        let setup = try read(
            """
            hall: {name: 政务大厅, nonsense: 1}
            uplinks: [{name: province, kind: pigeon}]
            control: {web_socket: /run/x/web.sock, socket: relative}
            web: {listen: "127.0.0.1:8080", trusted_proxies: [10.20.0.0/16, "::1"], limits: {head_time: 3s}}
            """)
        #expect(setup.coreSocket == "/run/x/web.sock")
        #expect(setup.process.listen == .init(host: "127.0.0.1", port: 8080))
        #expect(setup.process.trustedProxies.count == 2)
        #expect(setup.process.limits.headTime == .seconds(3))
    }

    @Test func withoutItsSectionThereAreDefaults() throws {
        let setup = try read("hall: {name: 政务大厅}\n")
        #expect(setup.coreSocket == "/run/hallgate/web.sock")
        #expect(setup.process == WebProcessSettings())
    }

    @Test(arguments: [
        "web: {listne: a}", "web: {listen: 8080}", "web: {trusted_proxies: everybody}",
        "web: {limits: {head_time: 1h}}",
        "control: {web_socket: relative}", "web: [1",
    ])
    func whatIsWrongInItsPartIsRefused(_ text: String) {
        let error = #expect(throws: GatewayError.self) { _ = try read(text) }
        #expect(error?.code == "web.configuration")
    }
}
