// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Testing

/// The examples of GB/T 32918.5-2017 (GM/T 0003.5-2012), annexes A and C, on the recommended curve.
enum SM2Example {
    static let scalar = bytes("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    static let point = bytes(
        """
        09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
        ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13
        """)
    static let message = Array("message digest".utf8)
    static let signature = bytes(
        """
        f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3\
        b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa
        """)
    static let text = Array("encryption standard".utf8)
    static let c1 = bytes(
        """
        04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73\
        e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0
        """)
    static let c2 = bytes("21886ca989ca9c7d58087307ca93092d651efa")
    static let c3 = bytes("59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766")
}

let everyForm: [SM2CiphertextForm] =
    [.der] + SM2CiphertextForm.Order.allCases.flatMap { [.raw($0, leading04: true), .raw($0, leading04: false)] }

@Suite struct SM2Tests {
    @Test func thePublishedKeyPairBelongsTogether() throws {
        let key = try SM2PrivateKey(scalar: SM2Example.scalar)
        #expect(try key.publicKey.point == SM2Example.point)
    }

    @Test func thePublishedSignatureVerifies() throws {
        let key = try SM2PublicKey(point: SM2Example.point)
        let signature = try SM2Signature(raw: SM2Example.signature)
        #expect(try key.verifies(signature, of: SM2Example.message))
        #expect(try !key.verifies(signature, of: SM2Example.message + [0]))
        #expect(try !key.verifies(signature, of: SM2Example.message, identity: Array("ALICE123@YAHOO.COM".utf8)))
        #expect(try !key.verifies(signature, of: SM2Example.message, identity: []))
        for index in SM2Example.signature.indices {
            var changed = SM2Example.signature
            changed[index] ^= 0x10
            #expect(try !key.verifies(SM2Signature(raw: changed), of: SM2Example.message))
        }
    }

    @Test func thePublishedCiphertextDecryptsInEveryLayout() throws {
        let key = try SM2PrivateKey(scalar: SM2Example.scalar)
        let (c1, c2, c3) = (SM2Example.c1, SM2Example.c2, SM2Example.c3)
        let newer = [c1, c3, c2].flatMap { $0 }
        let older = [c1, c2, c3].flatMap { $0 }
        // GM/T 0009-2012 section 7.2: two integers and two octet strings.
        let sequence = [
            bytes("307c0220"), Array(c1.prefix(32)), bytes("022100"), Array(c1.suffix(32)), bytes("0420"), c3,
            bytes("0413"), c2,
        ].flatMap { $0 }
        let layouts: [(SM2CiphertextForm, [UInt8])] = [
            (.raw(.c1c3c2, leading04: true), [4] + newer), (.raw(.c1c3c2, leading04: false), newer),
            (.raw(.c1c2c3, leading04: true), [4] + older), (.raw(.c1c2c3, leading04: false), older),
            (.der, sequence),
        ]
        for (form, bytes) in layouts {
            let ciphertext = try SM2Ciphertext(bytes, form: form)
            #expect(try key.decrypt(ciphertext) == SM2Example.text, "\(form)")
            for (other, expected) in layouts { #expect(ciphertext.bytes(other) == expected, "\(form) to \(other)") }
        }
    }

    @Test(arguments: [1, 15, 16, 33, 200, 4096]) func whatIsEncryptedDecrypts(_ count: Int) throws {
        let key = try SM2PrivateKey.generate()
        let text = try SecureRandom.bytes(count)
        for form in everyForm {
            let sent = try key.publicKey.encrypt(text).bytes(form)
            #expect(try key.decrypt(SM2Ciphertext(sent, form: form)) == text, "\(form)")
        }
    }

    @Test func aChangedCiphertextIsSeen() throws {
        let key = try SM2PrivateKey.generate()
        let sent = try key.publicKey.encrypt(SM2Example.text).bytes(.raw(.c1c3c2, leading04: false))
        for index in sent.indices {
            var changed = sent
            changed[index] ^= 1
            #expect(throws: CryptographyError.notAuthentic, "byte \(index)") {
                try key.decrypt(SM2Ciphertext(changed, form: .raw(.c1c3c2, leading04: false)))
            }
        }
        let swapped = try SM2Ciphertext(sent, form: .raw(.c1c2c3, leading04: false))
        #expect(throws: CryptographyError.notAuthentic) { try key.decrypt(swapped) }
    }

    @Test func signaturesChangeTheirFormAndNothingElse() throws {
        let key = try SM2PrivateKey.generate()
        for number in 0..<64 {
            let signature = try key.sign([UInt8(number)], identity: Array("网关".utf8))
            #expect(try SM2Signature(der: signature.der) == signature)
            #expect(try SM2Signature(raw: signature.raw) == signature)
            #expect(try key.publicKey.verifies(signature, of: [UInt8(number)], identity: Array("网关".utf8)))
        }
        #expect(try key.publicKey.verifies(key.sign([], identity: []), of: [], identity: []))
    }

    @Test func keysAreReadFromEveryForm() throws {
        let (d, p) = (SM2Example.scalar, SM2Example.point)
        let key = try SM2PrivateKey(scalar: d)
        for material in [
            d, try key.der, Array(BinaryText.hex.encode(d).utf8), Array((BinaryText.capitalHex.encode(d) + "\n").utf8),
            Array(BinaryText.base64.encode(d).utf8), Array(BinaryText.base64.encode(try key.der).utf8),
        ] { #expect(try SM2PrivateKey(reading: material).publicKey.point == p) }
        for material in [
            p, [4] + p, try key.publicKey.der, Array(BinaryText.capitalHex.encode([4] + p).utf8),
            Array(BinaryText.base64.encode(p).utf8), Array(BinaryText.base64.encode(try key.publicKey.der).utf8),
        ] { #expect(try SM2PublicKey(reading: material).point == p) }
    }

    @Test func whatIsNoKeyIsRefused() throws {
        let order = bytes("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123")
        for scalar in [[UInt8](repeating: 0, count: 32), order, [UInt8](repeating: 0xFF, count: 32)] {
            #expect(throws: CryptographyError.self) { try SM2PrivateKey(scalar: scalar) }
        }
        #expect(throws: CryptographyError.self) { try SM2PublicKey(point: [UInt8](repeating: 1, count: 64)) }
        #expect(throws: CryptographyError.self) { try SM2PublicKey(point: [3] + SM2Example.point) }
        for junk in [
            [], Array("no key at all".utf8), [0x30, 0x82, 0xFF, 0xFF, 1], [UInt8](repeating: 0x30, count: 500),
        ] {
            #expect(throws: CryptographyError.self) { try SM2PrivateKey(reading: junk) }
            #expect(throws: CryptographyError.self) { try SM2PublicKey(reading: junk) }
        }
        let other = try Ed25519PrivateKey.generate()
        #expect(throws: CryptographyError.self) { try SM2PrivateKey(reading: other.der) }
    }

    @Test func whatIsNotInFormIsRefused() throws {
        let der = try SM2Signature(raw: SM2Example.signature).der
        for wrong in [[], Array(der.dropLast()), der + [0], [0x31] + der.dropFirst(), bytes("3006020100020200 01")] {
            #expect(throws: CryptographyError.self) { try SM2Signature(der: wrong) }
        }
        #expect(throws: CryptographyError.self) { try SM2Signature(raw: [1]) }
        // Two texts for one signature would let it be altered and still verify.
        #expect(throws: CryptographyError.self) { try SM2Signature(der: bytes("30080202000102020001")) }
        #expect(throws: CryptographyError.self) { try SM2Signature(der: bytes("3006020181020101")) }
        let whole = [4] + SM2Example.c1 + SM2Example.c3 + SM2Example.c2
        for form in everyForm {
            #expect(throws: CryptographyError.self) { try SM2Ciphertext([], form: form) }
            #expect(throws: CryptographyError.self) { try SM2Ciphertext(Array(whole.prefix(96)), form: form) }
        }
        #expect(throws: CryptographyError.self) {
            try SM2Ciphertext([2] + whole.dropFirst(), form: .raw(.c1c3c2, leading04: true))
        }
        let key = try SM2PublicKey(point: SM2Example.point)
        #expect(throws: CryptographyError.badLength("the text")) { try key.encrypt([]) }
    }
}
