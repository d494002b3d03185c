// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import RatingModel
import Testing

@Suite struct PrintedSignsTests {
    private func sign(_ number: UInt64, key: UInt8 = 1, window: String? = "A01", user: String = "wang") throws
        -> PrintedSign
    {
        PrintedSign(
            nonce: try Sample.nonce(number), key: key, window: window.map { WindowID($0) }, madeAt: Sample.now,
            user: user)
    }

    @Test func theTextFormComesBack() throws {
        var signs = PrintedSigns()
        try signs.add(sign(1, user: "王\t%\n="), keys: Sample.keys())
        try signs.add(sign(2, window: nil), keys: Sample.keys())
        signs.withdraw(try Sample.nonce(1), at: Sample.now)
        signs.withdraw(try Sample.nonce(1), at: Sample.at(1_790_000_000))
        #expect(signs.all.map(\.withdrawnAt) == [Sample.now, nil])
        #expect(try PrintedSigns(text: signs.text) == signs)
        #expect(try PrintedSigns(text: PrintedSigns().text).all.isEmpty)
    }

    @Test func aDamagedTextIsRefused() throws {
        var signs = PrintedSigns()
        try signs.add(sign(1), keys: Sample.keys())
        signs.withdraw(try Sample.nonce(1), at: Sample.now)
        let text = signs.text
        for count in 0..<text.count {
            let cut = String(text.prefix(count))
            #expect(refusal { () throws(GatewayError) in try PrintedSigns(text: cut) } == "code.signs-unreadable")
        }
        for (old, new) in [
            ("key=1", "key=256"), ("withdrawn=", "withdrawn=x"), ("wang", "%zz"), ("nonce=01", "nonce=1"),
        ] {
            let altered = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
            #expect(altered != text)
            #expect(refusal { () throws(GatewayError) in try PrintedSigns(text: altered) } == "code.signs-unreadable")
        }
    }

    @Test func aSignIsFoundByTheNumberThatStandsOnIt() throws {
        var signs = PrintedSigns()
        let other = try #require(CodeNonce("0f0f0f0f0f0f0f0f0f0f0f0f"))
        try signs.add(sign(1), keys: Sample.keys())
        try signs.add(sign(2), keys: Sample.keys())
        try signs.add(
            PrintedSign(nonce: other, key: 1, window: nil, madeAt: Sample.now, user: "li"), keys: Sample.keys())
        #expect(try signs.sign("0F0F0F0F").nonce == other)
        #expect(try signs.sign("010203040000000000000002").nonce == Sample.nonce(2))
        for digits in ["", "0f", "01020304", "ffff", "x"] {
            #expect(refusal { () throws(GatewayError) in try signs.sign(digits) } == "code.no-sign", "\(digits)")
        }
    }

    @Test func aWithdrawnSignIsForgottenOnlyWithItsKey() throws {
        var keys = try Sample.keys()
        var signs = PrintedSigns()
        for number in 0..<UInt64(PrintedSigns.most) { try signs.add(sign(number), keys: keys) }
        signs.withdraw(try Sample.nonce(0), at: Sample.now)
        let one = try sign(9_999, key: 2)
        #expect(refusal { () throws(GatewayError) in try signs.add(one, keys: keys) } == "code.too-many-signs")
        try keys.rotate(secret: Sample.secret(3), at: Sample.now, honouringEarlierUntil: nil)
        try keys.revoke(1)
        try signs.add(one, keys: keys)
        #expect(signs.all.count == PrintedSigns.most && signs.withdrawn.isEmpty)
    }
}
