// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WebServing
import WebConfiguration

@Suite struct TrustedProxiesTests {
    private let proxies = TrustedProxies(["127.0.0.1", "10.0.0.0/8"].compactMap { AddressRange($0) })

    private func client(_ peer: String, _ forwarded: String...) throws -> String {
        proxies.client(of: try #require(ClientAddress(peer)), forwarded: forwarded).description
    }

    @Test func aStrangerIsNotBelieved() throws {
        #expect(try client("192.0.2.1", "203.0.113.5") == "192.0.2.1")
    }

    @Test func aProxySaysWhomItHeardFrom() throws {
        #expect(try client("127.0.0.1", "203.0.113.5") == "203.0.113.5")
        #expect(try client("127.0.0.1") == "127.0.0.1")
    }

    @Test func whatTheClientClaimsItselfIsNotBelieved() throws {
        // The client sent the first value; the site's two proxies added the others.
        #expect(try client("127.0.0.1", "198.51.100.1, 203.0.113.5, 10.1.2.3") == "203.0.113.5")
        #expect(try client("127.0.0.1", "198.51.100.1", "203.0.113.5") == "203.0.113.5")
    }

    @Test func nonsenseEndsWhatIsBelieved() throws {
        #expect(try client("127.0.0.1", "203.0.113.5, unknown") == "127.0.0.1")
        #expect(try client("127.0.0.1", "203.0.113.5, unknown, 10.0.0.9") == "10.0.0.9")
        #expect(try client("127.0.0.1", ", ,") == "127.0.0.1")
    }

    @Test func whoeverIsBehindASocketFileIsAProxy() {
        #expect(proxies.client(of: .none, forwarded: ["203.0.113.5"]).description == "203.0.113.5")
    }
}
