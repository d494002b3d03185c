// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HallgateApp

/// The unit reaches what the configuration names and nothing else.
@Suite struct UnitDropInTests {
    private func configuration() throws -> GatewayConfiguration {
        let file = FileManager.default.temporaryDirectory.appending(path: "dropin-\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = """
            windows: [{id: A01}]
            devices:
              - {driver: native, line: tcp, address: "192.0.2.9:4001", window: A01}
              - {driver: native, line: rfc2217, address: "[2001:db8::9]:4001", window: A01}
            uplinks:
              - {name: region, kind: https, profile: national, url: "https://region.example/api/evaluate"}
              - {name: stick, kind: file, profile: national, directory: /media/stick, gateway: hall-7,
                 key: "credential:bundle.key", receipt_key: /etc/hallgate/region.pub}

            """
        try Data(text.utf8).write(to: file)
        let reading = GatewayConfiguration.read(file: file.path())
        return try #require(reading.configuration, "\(reading.diagnostics)")
    }

    @Test func `every host is allowed by its addresses`() throws {
        let dropIn = UnitDropIn(try configuration(), nameServers: ["192.0.2.53"]) { host in
            host == "region.example" ? ["198.51.100.1", "2001:db8::1"] : [host]
        }
        #expect(dropIn.unknownHosts.isEmpty)
        #expect(
            dropIn.text == """
                [Service]
                IPAddressAllow=localhost
                # name server
                IPAddressAllow=192.0.2.53
                # region.example
                IPAddressAllow=198.51.100.1
                IPAddressAllow=2001:db8::1
                # 192.0.2.9
                IPAddressAllow=192.0.2.9
                # 2001:db8::9
                IPAddressAllow=2001:db8::9
                ReadWritePaths=-/media/stick
                """)
    }

    @Test func `a host without an address is named`() throws {
        let dropIn = UnitDropIn(try configuration(), nameServers: []) { $0.hasSuffix(".example") ? [] : [$0] }
        #expect(dropIn.unknownHosts == ["region.example"])
        #expect(dropIn.text.contains("# no address is known for region.example"))
    }

    @Test func `addresses in digits need no name server`() throws {
        let dropIn = UnitDropIn(try configuration())
        #expect(dropIn.text.contains("\nIPAddressAllow=192.0.2.9\n"))
        #expect(dropIn.text.contains("\nIPAddressAllow=2001:db8::9\n"))
    }
}
