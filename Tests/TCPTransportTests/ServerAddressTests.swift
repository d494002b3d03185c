// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing

@testable import TCPTransport

@Suite struct ServerAddressTests {
    @Test func `names and addresses are parted from their port`() throws {
        for (path, host, port) in [
            ("192.0.2.7:4001", "192.0.2.7", 4001), ("[2001:db8::7]:4001", "2001:db8::7", 4001),
            ("ser2net.hall.example:65535", "ser2net.hall.example", 65535),
        ] {
            let address = try ServerAddress(DeviceLine(path: path, baud: 9600, kind: .tcp))
            #expect(address.host == host && address.port == port)
        }
    }

    @Test(arguments: ["", ":", "192.0.2.7", "192.0.2.7:", ":4001", "192.0.2.7:0", "192.0.2.7:65536", "a b:1", "[]:1"])
    func `what is no address says so`(path: String) {
        let error = #expect(throws: GatewayError.self) {
            try ServerAddress(DeviceLine(path: path, baud: 9600, kind: .tcp))
        }
        #expect(error?.code == "device.unknown-host")
        #expect(error?.hint.english.contains("192.0.2.7:4001") == true)
    }
}
