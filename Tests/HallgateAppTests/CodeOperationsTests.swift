// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import ControlSocket
import Foundation
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Signs and keys as operators ask the running gateway for them.
@Suite struct CodeOperationsTests {
    private let url = "https://pingjia.example.gov.cn"

    private func refusal(_ work: () async throws(GatewayError) -> some Any) async -> String? {
        do throws(GatewayError) {
            _ = try await work()
            return nil
        } catch { return error.code }
    }

    private func code(of sign: MintedSign) throws -> String {
        try #require(sign.address.split(separator: "/r/").last.map(String.init))
    }

    private func withHall(_ body: (RunningHall) async throws -> Void) async throws {
        try await RunningHall.run(devices: "driver: native, window: W3", "hall: {name: 土默特左旗政务服务中心}", body)
    }

    @Test func `a sign is on record, opens, and is refused once it is revoked`() async throws {
        try await withHall { hall in
            let sign = try await hall.client.mintSign(MintSignRequest(window: "W3", publicURL: url + "/", user: "wang"))
            #expect(sign.address.hasPrefix(url + "/r/") && sign.publicURL == url)
            #expect(sign.hall == "土默特左旗政务服务中心" && sign.sign?.number.count == 8)
            let decision = try #require(try await hall.client.status().decisions.first)
            #expect(decision.kind == .signMinted && decision.user == "wang" && decision.window == "W3")
            #expect(decision.device == "sign-" + (sign.sign?.nonce ?? ""))
            let now = hall.gateway.clock.now().wall
            let content = try await hall.gateway.codes.open(try code(of: sign), at: now)
            #expect(content.window == WindowID("W3") && content.expiresAt == nil && !content.isOneTime)

            let report = try await hall.client.revokeCodes(
                RevokeCodesRequest(sign: sign.sign?.number, user: "li", reason: "torn off"))
            #expect(report.signs.map(\.state) == [.revoked])
            #expect(try await hall.client.status().decisions.first?.kind == .signRevoked)
            #expect(
                await refusal { () throws(GatewayError) in
                    try await hall.gateway.codes.open(try self.unwrapped(sign), at: now)
                } == "code.revoked")
        }
    }

    private nonisolated func unwrapped(_ sign: MintedSign) throws(GatewayError) -> String {
        String(sign.address.split(separator: "/r/").last ?? "")
    }

    @Test func `keys are changed with an overlap and revoked`() async throws {
        try await withHall { hall in
            let sign = try await hall.client.mintSign(MintSignRequest(window: nil, publicURL: url, user: "wang"))
            #expect(sign.windowName == nil && sign.sign?.key == 1)
            let rotated = try await hall.client.rotateCodes(RotateCodesRequest(overlapSeconds: 3600, user: "wang"))
            #expect(rotated.keys.map(\.state) == [.counts, .current])
            let left =
                (rotated.keys.first?.honouredUntilMilliseconds ?? 0) - (rotated.keys.last?.madeAtMilliseconds ?? 0)
            #expect(left == 3_600_000)
            let now = hall.gateway.clock.now().wall
            #expect(try await hall.gateway.codes.open(try code(of: sign), at: now).window == nil)
            #expect(
                await refusal { () throws(GatewayError) in
                    try await hall.client.revokeCodes(RevokeCodesRequest(key: 2, user: "wang"))
                } == "code.key-refused")
            let revoked = try await hall.client.revokeCodes(RevokeCodesRequest(key: 1, user: "wang"))
            #expect(revoked.keys.map(\.state) == [.revoked, .current] && revoked.signs.map(\.state) == [.revoked])
            let kinds = try await hall.client.status().decisions.map(\.kind)
            #expect(kinds.prefix(3) == [.codeKeyRevoked, .codeKeyMade, .signMinted])
        }
    }

    @Test func `what cannot be done leaves no record`() async throws {
        try await withHall { hall in
            let requests: [(MintSignRequest, String)] = [
                (MintSignRequest(window: "W9", publicURL: url, user: "wang"), "code.unknown-window"),
                (MintSignRequest(window: "W3", publicURL: nil, user: "wang"), "code.no-address"),
                (MintSignRequest(window: "W3", publicURL: "pingjia", user: "wang"), "code.no-address"),
                (MintSignRequest(window: "W3", publicURL: "https://a b", user: "wang"), "code.no-address"),
                (MintSignRequest(window: "W3", publicURL: "https://", user: "wang"), "code.no-address"),
                (
                    MintSignRequest(window: "W3", publicURL: "https://" + String(repeating: "a", count: 80), user: "w"),
                    "code.no-address"
                ),
                (MintSignRequest(window: "W3", publicURL: url, user: " "), "operator.unnamed"),
            ]
            for (request, code) in requests {
                #expect(await refusal { () throws(GatewayError) in try await hall.client.mintSign(request) } == code)
            }
            for request in [
                RevokeCodesRequest(user: "wang"), RevokeCodesRequest(key: 1, sign: "3f2a", user: "wang"),
                RevokeCodesRequest(key: 9, user: "wang"), RevokeCodesRequest(sign: "3f2a", user: "wang"),
            ] {
                #expect(await refusal { () throws(GatewayError) in try await hall.client.revokeCodes(request) } != nil)
            }
            let kinds = try await hall.client.status().decisions.map(\.kind)
            #expect(!kinds.contains { [.signMinted, .signRevoked, .codeKeyRevoked].contains($0) })
            #expect(try await hall.client.codes().signs.isEmpty)
        }
    }

    /// The page's commands, in their order, against a gateway; what they would be asked is what it answers.
    @Test func `the page about codes is true`() async throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "Sources/App/HallgateApp/Documentation.docc/Codes.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`code.") }
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        var told = Dictionary(uniqueKeysWithValues: rows.map { ($0[1].filter { $0 != "`" }, $0[0]) })
        #expect(told.removeValue(forKey: "code.redeemed") == GatewayError.codeRedeemed.message.chinese)
        let now = WallTime(millisecondsSinceEpoch: 1_780_000_000_000)
        let secret = (0..<UInt8(32)).map { $0 }
        var keys = try CodeKeys(gateway: GatewayNumber(1), secret: secret, at: now)
        let nonce = try #require(CodeNonce(bytes: [UInt8](repeating: 1, count: 12)))
        let sign = try CodeSealer(keys: keys).seal(CodeContent(nonce: nonce, window: WindowID("A01")))
        let past = try CodeSealer(keys: keys).seal(CodeContent(nonce: nonce, expiresAt: now))
        let foreign = try CodeSealer(keys: CodeKeys(gateway: GatewayNumber(2), secret: secret, at: now)).seal(
            CodeContent(nonce: nonce))
        #expect(("https://pingjia.example.gov.cn/r/" + sign).utf8.count < 140)
        var seen: [String: String] = [:]
        func open(_ text: String, _ sealer: CodeSealer) {
            do throws(GatewayError) { _ = try sealer.open(text, at: now) } catch {
                seen[error.code] = error.message.chinese
            }
        }
        let sealer = CodeSealer(keys: keys)
        for text in ["?", past, foreign] { open(text, sealer) }
        open(sign, CodeSealer(keys: keys, withdrawn: [nonce]))
        for _ in 0..<CodeKeys.most { try keys.rotate(secret: secret, at: now, honouringEarlierUntil: now) }
        open(sign, CodeSealer(keys: keys))
        #expect(seen == told)
        #expect(page.contains("Up to \(CodeKeys.most) keys") && page.contains("4,096 signs"))
        #expect(PrintedSigns.most == 4096)
    }
}
