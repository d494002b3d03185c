// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import NativePad
import RatingModel
import Testing

@testable import HallgateApp

/// The file with the pads' keys.
@Suite struct PadKeysTests {
    private static let key = String(repeating: "0123456789abcdef", count: 4)

    private func load(_ text: String, mode: Int = 0o640) throws -> PadKeys {
        let file = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path())
        return try PadKeys.load(file.path())
    }

    @Test func `one key is for whatever pad is there`() throws {
        let keys = try load(PadKeysTests.key + "\n")
        #expect(keys.key(of: 7)?.prefix(3) == [0x01, 0x23, 0x45] && keys.key(of: 7)?.count == 32)
    }

    @Test func `a key with a number is for that pad alone`() throws {
        let keys = try load("# hall A\n00C0FFEE00000042 \(PadKeysTests.key)\n\n")
        #expect(keys.key(of: 0x00C0_FFEE_0000_0042) != nil && keys.key(of: 7) == nil)
    }

    @Test(arguments: ["", "# nothing\n", "0123\n", "xyz\n", "12 34 56\n", "1 0123\n"])
    func `what is no key is named, and not repeated`(_ text: String) throws {
        let error = #expect(throws: GatewayError.self) { try load(text) }
        #expect(error?.code == "pad.key-file")
        #expect(error?.message.english.contains("0123") == false)
    }

    @Test func `a file that everybody may read is not used`() throws {
        #expect(throws: GatewayError.self) { try load(PadKeysTests.key, mode: 0o644) }
    }

    @Test func `without its file a pairing still takes presses`() {
        let pairing = PadKeys.pairing(file: "/nonexistent/key", isRequired: true, hash: .sm3)
        #expect(pairing.isRequired && pairing.trouble?.contains("/nonexistent/key") == true)
    }
}
