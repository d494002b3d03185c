// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import Testing

/// A directory that goes with the test.
struct ScratchDirectory: ~Copyable {
    let path: String

    init() throws {
        var template = Array("/tmp/hallgate-keys-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { _ = try? command("rm -rf \(path)") }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = try #require(fopen(path + "/" + name, "we"))
        defer { fclose(file) }
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    func read(_ name: String) throws -> [UInt8] {
        let file = try #require(fopen(path + "/" + name, "re"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}

/// What the `openssl` command makes of our keys, signatures and ciphertexts, and we of its.
@Suite struct OpenSSLCommandTests {
    private static let identity = "-pkeyopt distid:1234567812345678"

    @Test func signaturesByEitherVerifyWithTheOther() throws {
        let box = try ScratchDirectory()
        let at = "cd \(box.path) && openssl"
        _ = try command("\(at) genpkey -algorithm SM2 -out key.pem && \(at) pkey -in key.pem -pubout -out pub.pem")
        let key = try SM2PrivateKey(reading: box.read("key.pem"))
        let message = Array("一窗受理，一次办结".utf8)
        try box.write("message", message)
        try box.write("ours.sig", try key.sign(message).der)
        let verify = "pkeyutl -verify -rawin -digest sm3 -in message \(Self.identity)"
        #expect(
            try command("\(at) \(verify) -inkey pub.pem -pubin -sigfile ours.sig").contains("Verified Successfully"))
        _ = try command(
            "\(at) pkeyutl -sign -rawin -digest sm3 -in message \(Self.identity) -inkey key.pem -out their.sig")
        let theirs = try SM2Signature(der: box.read("their.sig"))
        #expect(try SM2PublicKey(reading: box.read("pub.pem")).verifies(theirs, of: message))
        _ = try command(
            "\(at) dgst -sm3 -verify pub.pem -signature ours.sig -sigopt distid:1234567812345678 message")
        // A key that was made here is one to the command, and another identity is another signature.
        try box.write("made.der", try SM2PrivateKey.generate().der)
        _ = try command(
            """
            \(at) pkeyutl -sign -rawin -digest sm3 -in message -pkeyopt distid:hall-7 -inkey made.der -keyform DER \
            -out made.sig
            """)
        let made = try SM2PrivateKey(reading: box.read("made.der")).publicKey
        let signature = try SM2Signature(der: box.read("made.sig"))
        #expect(try made.verifies(signature, of: message, identity: Array("hall-7".utf8)))
        #expect(try !made.verifies(signature, of: message))
    }

    @Test func ciphertextsByEitherDecryptWithTheOther() throws {
        let box = try ScratchDirectory()
        let at = "cd \(box.path) && openssl"
        let key = try SM2PrivateKey(scalar: SM2Example.scalar)
        try box.write("key.der", try key.der)
        try box.write("pub.der", try key.publicKey.der)
        for count in [1, 16, 200] {
            let text = String(repeating: "x", count: count)
            try box.write("text", Array(text.utf8))
            try box.write("ours", try key.publicKey.encrypt(Array(text.utf8)).bytes(.der))
            #expect(try command("\(at) pkeyutl -decrypt -inkey key.der -keyform DER -in ours") == text)
            _ = try command("\(at) pkeyutl -encrypt -pubin -inkey pub.der -keyform DER -in text -out theirs")
            #expect(try key.decrypt(SM2Ciphertext(box.read("theirs"), form: .der)) == Array(text.utf8))
        }
    }

    @Test func ed25519SignaturesVerifyWithTheCommand() throws {
        let box = try ScratchDirectory()
        let at = "cd \(box.path) && openssl"
        _ = try command("\(at) genpkey -algorithm ED25519 -out key.pem && \(at) pkey -in key.pem -pubout -out pub.pem")
        let key = try Ed25519PrivateKey(reading: box.read("key.pem"))
        try box.write("message", [1, 2, 3])
        try box.write("ours.sig", try key.sign([1, 2, 3]))
        let verify = "pkeyutl -verify -rawin -in message -inkey pub.pem -pubin -sigfile ours.sig"
        #expect(try command("\(at) \(verify)").contains("Verified Successfully"))
        _ = try command("\(at) pkeyutl -sign -rawin -in message -inkey key.pem -out their.sig")
        #expect(try Ed25519PublicKey(reading: box.read("pub.pem")).verifies(box.read("their.sig"), of: [1, 2, 3]))
    }

    @Test func keysBehindAPassphraseAreRefusedAndNobodyIsAsked() throws {
        let box = try ScratchDirectory()
        _ = try command("cd \(box.path) && openssl genpkey -algorithm SM2 -aes256 -pass pass:secret -out locked.pem")
        #expect(throws: CryptographyError.self) { try SM2PrivateKey(reading: box.read("locked.pem")) }
    }
}

@Suite struct BinaryTextTests {
    /// RFC 4648 section 10.
    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"]) func base64(_ text: String) throws {
        let known = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"][text.utf8.count]
        #expect(BinaryText.base64.encode(text.utf8) == known)
        #expect(try BinaryText.base64.decode(known + "\n") == Array(text.utf8))
    }

    @Test func bothCasesOfHexadecimalAreRead() throws {
        let all = (0...255).map { UInt8($0) }
        for form in BinaryText.allCases { #expect(try form.decode(form.encode(all)) == all) }
        #expect(BinaryText.hex.encode([0xAB]) == "ab")
        #expect(BinaryText.capitalHex.encode([0xAB]) == "AB")
        #expect(try BinaryText.capitalHex.decode("aBcD") == [0xAB, 0xCD])
    }

    @Test(arguments: ["a", "0g", "0x", "Zg=", "Zg", "Zh==", "=Zg=", "Zg==Zg==", "Z g="]) func junkIsRefused(
        _ text: String
    ) {
        #expect(throws: CryptographyError.self) { try BinaryText.hex.decode(text) }
        #expect(throws: CryptographyError.self) { try BinaryText.base64.decode(text) }
    }
}
