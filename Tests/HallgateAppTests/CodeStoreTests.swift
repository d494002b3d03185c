// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import Foundation
import Logging
import RatingModel
import Testing

@testable import HallgateApp

/// The files that keys and signs are kept in.
@Suite struct CodeStoreTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "codes-\(UUID())").path()
    private let now = WallTime(millisecondsSinceEpoch: 1_780_000_000_000)

    init() throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    private func store() -> CodeStore {
        CodeStore(directory: directory, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    private func sign(_ store: CodeStore, _ window: String? = "A01") throws -> PrintedSign {
        PrintedSign(
            nonce: try store.drawNonce(), key: 1, window: window.map { WindowID($0) }, madeAt: now, user: "wang\t%")
    }

    @Test func `keys and signs outlive the process, and nobody else can read them`() async throws {
        let first = store()
        let sign = try sign(first)
        let code = try await first.mint(sign)
        #expect(try await store().open(code, at: now).window == WindowID("A01"))
        #expect(try await store().signs(at: now).all == [sign])
        for name in ["code-keys", "code-signs"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func `what is withdrawn or revoked stays so after a restart`() async throws {
        let first = store()
        let (one, two) = (try sign(first), try sign(first, nil))
        let (codeOne, codeTwo) = (try await first.mint(one), try await first.mint(two))
        try await first.withdraw(one.nonce, at: now)
        await #expect(throws: GatewayError.self) { try await first.open(codeOne, at: now) }
        let second = store()
        await #expect(throws: GatewayError.self) { try await second.open(codeOne, at: now) }
        #expect(try await second.open(codeTwo, at: now).window == nil)
        let keys = try await second.rotate(at: now, honouringEarlierUntil: nil)
        #expect(keys.current.id == 2)
        #expect(try await second.open(codeTwo, at: now).nonce == two.nonce)
        try await second.revoke(key: 1, at: now)
        await #expect(throws: GatewayError.self) { try await second.open(codeTwo, at: now) }
        await #expect(throws: GatewayError.self) { try await store().open(codeTwo, at: now) }
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func `nothing is made by asking how it is`() async throws {
        #expect(await store().fault(at: now) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test(arguments: ["code-keys", "code-signs"])
    func `a damaged file is left as it is`(_ name: String) async throws {
        let first = store()
        _ = try await first.mint(try sign(first))
        let damaged = Data("hallgate".utf8)
        try damaged.write(to: URL(filePath: directory + "/" + name))
        await #expect(throws: GatewayError.self) { try await store().sealer(at: now) }
        await #expect(throws: GatewayError.self) { try await store().rotate(at: now, honouringEarlierUntil: nil) }
        #expect(try Data(contentsOf: URL(filePath: directory + "/" + name)) == damaged)
        #expect(await store().fault(at: now)?.code == "code.\(name.dropFirst(5))-unreadable")
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func `a file that cannot be written changes nothing`() async throws {
        let first = store()
        let code = try await first.mint(try sign(first))
        try FileManager.default.createDirectory(atPath: directory + "/code-keys.new", withIntermediateDirectories: true)
        await #expect(throws: GatewayError.self) { try await first.rotate(at: now, honouringEarlierUntil: now) }
        #expect(try await first.open(code, at: now).window == WindowID("A01"))
        try FileManager.default.removeItem(atPath: directory)
    }
}
