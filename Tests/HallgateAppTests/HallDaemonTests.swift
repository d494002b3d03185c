// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HallgateTesting
import SQLite
import StandInRegion
import Testing

/// A citizen's way with a code, from the session to the region, with the daemon itself.
@Suite(.timeLimit(.minutes(5))) struct HallDaemonTests {
    private static let first = "0190a6c4-7d3e-7b1a-9c52-3f6f0e2d8a11"
    private static let second = "7c1f6f0e-0d52-4b6e-8f6c-2a4f9f6f1c77"

    private static func submission(_ code: String, _ number: String, _ level: String) -> [String: any Sendable] {
        var result: [String: any Sendable] = [
            "code": code, "submission": number, "level": level, "indicators": [String](), "language": "zh-Hans",
            "place": "phone",
        ]
        if level == "dissatisfied" { result["indicators"] = ["213"] }
        if level == "dissatisfied" { result["text"] = "等了很久" }
        return result
    }

    /// The bodies of the ratings that the region has taken.
    private static func received(_ store: String) throws -> [String] {
        let database = try Database(path: store, access: .read, busyTimeoutMilliseconds: 5000)
        defer { database.close() }
        var bodies: [String] = []
        try database.prepare("SELECT body FROM receipts").rows { bodies.append($0.text(0)) }
        return bodies
    }

    @Test func `a session's code is shown, rated by, redeemed once, and known after a kill`() async throws {
        let store = FileManager.default.temporaryDirectory.appending(path: "region-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: store) }
        let ca = try ThrowAwayCA(in: store)
        let configuration = StandInRegionConfiguration(store: store + "/region.db", tls: ca.serverTLS())
        try await withStandInRegion(configuration) { region in
            let directory = try HallDaemon.prepare(
                "uplinks: [{name: region, kind: https, profile: national, url: '\(region.evaluateURL)', "
                    + "ca: \(ca.authority)}]")
            defer { try? FileManager.default.removeItem(atPath: directory) }
            var daemon = try await HallDaemon(in: directory)
            let (code, receipt) = try await rate(daemon)
            #expect(try await eventually { try Self.received(store + "/region.db").count == 1 })
            let body = try #require(try Self.received(store + "/region.db").first)
            for words in [#""pf":"3""#, #""evalDetail":"213""#, "等了很久", #""projectNo":"15012120260042""#] {
                #expect(body.contains(words), "\(words) in \(body)")
            }
            let client = try JSONLineClient(daemon.web)
            #expect(
                await eventually {
                    await client.ask("receipt.check", ["receipt": receipt])["progress"] as? String == "delivered"
                })
            // Another submission is refused whatever level it has, the same one is answered as before, also by a daemon
            // that was killed.
            for round in 0...1 {
                let client = try JSONLineClient(daemon.web)
                for level in ["very_satisfied", "dissatisfied"] {
                    let other = await client.ask("rating.submit", Self.submission(code, Self.second, level))
                    #expect(other["error"] as? String == "code.redeemed")
                }
                #expect(await client.ask("page.open", ["code": code])["error"] as? String == "code.redeemed")
                for level in ["dissatisfied", "very_satisfied"] {
                    let again = await client.ask("rating.submit", Self.submission(code, Self.first, level))
                    #expect(again["receipt"] as? String == receipt)
                }
                let state = await client.ask("receipt.check", ["receipt": receipt.lowercased()])
                #expect(state["progress"] as? String == "delivered")
                #expect(
                    await client.ask(
                        "receipt.check", ["receipt": (receipt.hasPrefix("0") ? "1" : "0") + receipt.dropFirst()])[
                            "error"] != nil)
                if round == 0 {
                    await daemon.kill()
                    daemon = try await HallDaemon(in: directory)
                }
            }
            await daemon.stop()
            #expect(try Self.received(store + "/region.db").count == 1)
            // Neither level nor words are in the log.
            for words in ["dissatisfied", "不满意", "213", "等了很久"] { #expect(!daemon.log.contains(words), "\(words)") }
        }
    }

    /// Opens a session, reads its code from the screen and rates by it; answers code and receipt.
    private func rate(_ daemon: HallDaemon) async throws -> (code: String, receipt: String) {
        let (screen, phone) = (try JSONLineClient(daemon.web), try JSONLineClient(daemon.web))
        #expect(await phone.ask("screen.watch", ["screen": "counter", "key": "wrong"])["error"] != nil)
        #expect(
            await screen.ask("screen.watch", ["screen": "counter", "key": HallDaemon.screenKey])["watch"] as? Int == 1)
        #expect(await screen.scene("idle")?["codeText"] == nil)
        let business = try JSONLineClient(daemon.business)
        _ = await business.ask("authenticate", ["client": "queue", "key": HallDaemon.businessKey])
        let opened = await business.ask(
            "session.open",
            ["window": "A01", "projectNumber": "15012120260042", "serviceNumber": "1", "ticket": "B012", "staff": "S7"])
        #expect(opened["error"] == nil)
        let scene = try #require(await screen.scene("prompt"))
        #expect(scene["ticket"] as? String == "B012" && scene["staff"] == nil)
        let address = try #require(scene["codeText"] as? String)
        let prefix = "https://hall.example/r/"
        #expect(address.hasPrefix(prefix))
        let code = String(address.dropFirst(prefix.count))
        let page = await phone.ask("page.open", ["code": code])
        #expect(page["isOneTime"] as? Bool == true && page["caseShown"] as? String == "…260042")
        #expect((page["window"] as? [String: Any])?["name"] as? String == "综合窗口")
        let hall = await phone.ask("hall.describe")
        let indicators = (hall["indicators"] as? [String: Any])?["dissatisfied"] as? [[String: Any]]
        #expect(indicators?.contains { $0["code"] as? String == "213" } == true)
        let answer = await phone.ask("rating.submit", Self.submission(code, Self.first, "dissatisfied"))
        let receipt = try #require(answer["receipt"] as? String, "\(answer)")
        #expect(receipt.count == 26)
        let thanks = try #require(await screen.scene("thanks"))
        #expect(thanks["codeText"] == nil)
        #expect(await screen.scene("idle")?["codeText"] == nil)
        let answered = await business.ask("session.result", ["session": opened["session"] as? Int ?? 0])
        #expect(answered["result"] as? String == "answered")
        return (code, receipt)
    }
}
