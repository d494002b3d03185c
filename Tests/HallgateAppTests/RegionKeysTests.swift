// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Foundation
import RatingModel
import RegionProfiles
import Testing
import UplinkAPI

@testable import HallgateApp

/// What a profile seals is sealed with the site's keys, and the region can open it.
@Suite struct RegionKeysTests {
    private func settings(
        _ profile: String, encryption: [UInt8], signature: [UInt8]? = nil
    ) throws -> (RegionSettings, folder: URL) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var keys = RegionSettings.KeyFiles(encryption: folder.appending(path: "encrypt").path())
        try Data(encryption).write(to: folder.appending(path: "encrypt"))
        if let signature {
            keys.signature = folder.appending(path: "sign").path()
            try Data(signature).write(to: folder.appending(path: "sign"))
        }
        return (RegionSettings(profile: try #require(.named(profile)), keys: keys), folder)
    }

    @Test func theRegionOpensWhatIsEncryptedToIt() throws {
        let (region, site) = (try SM2PrivateKey.generate(), try SM2PrivateKey.generate())
        let (settings, folder) = try settings(
            "shandong-style", encryption: try region.publicKey.der, signature: try site.der)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sealing = try KeySealing(settings)
        let text = Array("{\"satisfaction\":\"1\"}".utf8)
        let sealed = try BinaryText.hex.decode(String(decoding: try sealing.encrypt(text), as: UTF8.self))
        #expect(sealed.first == 4)
        #expect(try region.decrypt(SM2Ciphertext(sealed, form: .raw(.c1c3c2, leading04: true))) == text)
        let made = try BinaryText.hex.decode(String(decoding: try sealing.sign(text), as: UTF8.self))
        #expect(try site.publicKey.verifies(SM2Signature(der: made), of: text))
        #expect(throws: GatewayError.self) { try sealing.decrypt(text) }
    }

    @Test func aSharedKeyOpensBothWays() throws {
        let (settings, folder) = try settings(
            "fujian-style", encryption: Array("0123456789abcdeffedcba9876543210\n".utf8))
        defer { try? FileManager.default.removeItem(at: folder) }
        let sealing = try KeySealing(settings)
        // The example of GB/T 32907-2016, appendix A.1, and a block of padding behind it.
        let block: [UInt8] = [
            1, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10,
        ]
        let sealed = try sealing.encrypt(block)
        let bytes = try BinaryText.base64.decode(String(decoding: sealed, as: UTF8.self))
        #expect(BinaryText.hex.encode(bytes.prefix(16)) == "681edf34d206965e86b3e94f536e4246")
        #expect(try sealing.decrypt(sealed) == block)
    }

    @Test func aKeyThatCannotBeUsedHasItsReason() throws {
        let (settings, folder) = try settings("fujian-style", encryption: Array("short".utf8))
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            _ = try settings.openCoding(zone: .china)
            Issue.record("a short key was taken")
        } catch { #expect(error.code == "uplink.key-unreadable") }
        var lost = settings
        lost.keys.encryption = "/nowhere/key"
        #expect(throws: GatewayError.self) { try lost.openCoding(zone: .china) }
        #expect(try RegionSettings().openCoding(zone: .china).limits == RegionSettings().limits)
    }
}
