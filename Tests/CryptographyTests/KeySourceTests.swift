// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import RatingModel
import Testing

@Suite struct KeySourceTests {
    @Test func aSourceIsReadFromWhatAnOperatorWrites() {
        #expect(KeySource("/etc/hallgate/sm2.key") == .file("/etc/hallgate/sm2.key"))
        #expect(KeySource("credential:region.key") == .credential("region.key"))
        #expect(
            KeySource("pkcs11:token=hall;object=a") == .store(provider: "pkcs11", uri: "pkcs11:token=hall;object=a"))
        #expect(KeySource("provider:skf:skf:device;app") == .store(provider: "skf", uri: "skf:device;app"))
        for junk in ["", "key.pem", "credential:", "credential:../x", "credential:..", "provider:x", "pkcs12:x"] {
            #expect(KeySource(junk) == nil, "\(junk)")
        }
    }

    @Test func aPINIsNotShown() {
        let source = KeySource("pkcs11:token=hall?pin-value=123456")
        #expect(source?.description == "pkcs11: pkcs11:token=hall")
    }

    @Test func keysAreLoadedFromFiles() throws {
        let box = try ScratchDirectory()
        try box.write("d.hex", Array((BinaryText.hex.encode(SM2Example.scalar) + "\n").utf8))
        try box.write("p.hex", Array(BinaryText.capitalHex.encode([4] + SM2Example.point).utf8))
        #expect(try SM2PrivateKey.load(.file(box.path + "/d.hex")).publicKey.point == SM2Example.point)
        #expect(try SM2PublicKey.load(.file(box.path + "/p.hex")).point == SM2Example.point)
        try box.write("sm4.hex", Array("0123456789ABCDEFFEDCBA9876543210\r\n".utf8))
        #expect(try SM4.loadKey(.file(box.path + "/sm4.hex")) == bytes("0123456789abcdeffedcba9876543210"))
        try box.write("sm4.short", [1, 2, 3])
        #expect(throws: GatewayError.self) { try SM4.loadKey(.file(box.path + "/sm4.short")) }
        try box.write("large", [UInt8](repeating: 0x30, count: KeySource.mostBytes + 1))
        for (name, code) in [("none", "key.unreadable"), ("large", "key.unreadable"), ("sm4.hex", "key.unusable")] {
            let error = #expect(throws: GatewayError.self) { try SM2PrivateKey.load(.file(box.path + "/" + name)) }
            #expect(error?.code == code)
        }
    }

    /// A credential is read where the unit's manager says; the test says it in a process of its own.
    @Test func keysAreLoadedFromCredentials() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let box = try ScratchDirectory()
            try box.write("region.key", try SM2PrivateKey(scalar: SM2Example.scalar).der)
            unsetenv("CREDENTIALS_DIRECTORY")
            let missing = #expect(throws: GatewayError.self) { try SM2PrivateKey.load(.credential("region.key")) }
            guard missing?.hint.english.contains("LoadCredential=region.key:") == true else { exit(2) }
            setenv("CREDENTIALS_DIRECTORY", box.path, 1)
            let key = try SM2PrivateKey.load(.credential("region.key"))
            guard try key.publicKey.point == SM2Example.point else { exit(3) }
            exit(0)
        }
    }

    /// The store of OpenSSL's own provider holds files: what is asked of a module's store, asked of the one at hand.
    @Test func keysAreFoundInAProvidersStore() throws {
        let box = try ScratchDirectory()
        let at = "cd \(box.path) && openssl"
        for name in ["SM2", "ED25519"] {
            _ = try command(
                "\(at) genpkey -algorithm \(name) -out \(name) && \(at) pkey -in \(name) -pubout -out \(name).pub")
        }
        let source = { (name: String) in KeySource.store(provider: "default", uri: "file:\(box.path)/\(name)") }
        let key = try SM2PrivateKey.load(source("SM2"))
        #expect(try SM2PublicKey.load(source("SM2.pub")).verifies(key.sign([1]), of: [1]))
        let other = try Ed25519PrivateKey.load(source("ED25519"))
        #expect(try Ed25519PublicKey.load(source("ED25519.pub")).verifies(other.sign([1]), of: [1]))
        for (wrong, code) in [
            ("ED25519", "key.unusable"), ("none", "key.not-in-store"), ("SM2.pub", "key.not-in-store"),
        ] {
            let error = #expect(throws: GatewayError.self) { try SM2PrivateKey.load(source(wrong)) }
            #expect(error?.code == code)
        }
    }

    @Test func aProviderThatIsNotThereIsNamed() throws {
        let source = try #require(KeySource("provider:no-such-module:nsm:token=hall?pin-value=1234"))
        let error = #expect(throws: GatewayError.self) { try SM2PrivateKey.load(source) }
        #expect(error?.code == "key.no-provider")
        #expect(error?.hint.english.contains("openssl list -providers -provider no-such-module") == true)
        // Everything else goes on.
        #expect(try Digest.hash(.sm3, []).count == 32)
    }
}
