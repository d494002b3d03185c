// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WebConfiguration

@Suite struct ClientAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::1"),
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("::1", "::1"), ("255.255.255.255", "255.255.255.255"),
    ])
    func isReadAndWritten(_ text: String, _ written: String) {
        #expect(ClientAddress(text)?.description == written)
    }

    @Test(arguments: ["", "192.0.2", "192.0.2.1:80", "[::1]", "fe80::1%eth0", "localhost", "1", "192.0.2.256", "::g"])
    func isNothingElse(_ text: String) { #expect(ClientAddress(text) == nil) }

    @Test func anIPv6NetworkIsOneClient() throws {
        let (one, other) = (try #require(ClientAddress("2001:db8:1:2:3::4")), ClientAddress("2001:db8:1:2::9"))
        #expect(one.counted == other?.counted)
        #expect(one.counted != ClientAddress("2001:db8:1:3::4")?.counted)
        #expect(ClientAddress("192.0.2.1")?.counted != ClientAddress("192.0.2.2")?.counted)
    }

    @Test(arguments: [
        ("10.20.0.0/16", "10.20.255.1", true), ("10.20.0.0/16", "10.21.0.1", false), ("0.0.0.0/0", "192.0.2.1", true),
        ("0.0.0.0/0", "2001:db8::1", false), ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false), ("::/0", "::1", true),
        ("2001:db8::/65", "2001:db8::7fff:0:0:1", true), ("2001:db8::/65", "2001:db8::8000:0:0:1", false),
    ])
    func aRangeHolds(_ range: String, _ address: String, _ isIn: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(try #require(ClientAddress(address))) == isIn)
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "::/129", "/8", "ten/8", "10.0.0.0/8/8",
    ])
    func aRangeIsNothingElse(_ text: String) { #expect(AddressRange(text) == nil) }
}
