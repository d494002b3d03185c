// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import Foundation
import OperatorAPI
import RatingModel
import Testing
import VirtualPads

@testable import HallgateApp

/// Pads that connect in by the words of a program that shares nothing with the gateway, and a web process gone mad.
@Suite(.timeLimit(.minutes(5))) struct WebFloodTests {
    /// Runs `Tests/Servers/web_relay.py` and answers what it printed last, once it ended.
    private func outside(_ hall: WebHall, pads: Int, _ arguments: [String], whenReady: () async throws -> Void = {})
        async throws -> (status: Int32, pads: [String: [String: Any]])
    {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let script = tests.deletingLastPathComponent().appending(path: "Servers/web_relay.py").path()
        let names = (1...pads).map { "pad-\($0):\(WebHall.key($0)):\($0)" }.joined(separator: ",")
        let output = hall.directory + "/printed"
        try Data().write(to: URL(filePath: output))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, hall.socket, names] + arguments
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        try process.run()
        defer { if process.isRunning { process.terminate() } }
        let lines = { (try? String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")) ?? [] }
        #expect(await eventually { lines().first == "ready" })
        try await whenReady()
        let hasEnded = await eventually { !process.isRunning }
        try #require(hasEnded, "the outside web process does not end")
        let last = try #require(lines().last)
        let read = try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: [String: Any]]
        return (process.terminationStatus, try #require(read))
    }

    @Test func `pads of a program written from the document press, and are asked`() async throws {
        try await WebHall.run(pads: 4) { hall in
            let sessions = Lines()
            let (status, pads) = try await outside(hall, pads: 4, ["--ratings", "20", "--prompts", "1"]) {
                for pad in 1...4 {
                    #expect(await eventually { await hall.device(pad)?.state == .ready })
                    sessions.add("\(try await hall.open(pad, item: "社保卡补办"))")
                }
            }
            #expect(status == 0)
            let ratings = try await hall.ratings()
            #expect(ratings.count == 4 * 21)
            #expect(Set(ratings.map(\.press.key)).count == ratings.count, "none is there twice")
            let bound = Set(ratings.compactMap(\.session).map(String.init))
            #expect(Set(sessions.all).isSubset(of: bound))
            for (name, pad) in pads {
                #expect((pad["thanked"] as? [Any])?.count == 21, "\(name)")
                #expect(pad["refused"] as? Int == 0 && (pad["errors"] as? [Any])?.isEmpty == true, "\(name): \(pad)")
                let quest = try #require((pad["prompted"] as? [[String: Any]])?.first)
                #expect(quest["item"] as? String == "社保卡补办")
            }
        }
    }

    @Test func `a flood delays no pad on another line, and a second web process goes on`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "flood-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let rack = try PadRack(
            pads: [PadSettings(id: 3, link: directory + "/pad", memoryPath: directory + "/memory", newLog: 77)], seed: 1
        )
        defer { rack.stop() }
        let serial = "  - {path: \(directory)/pad, driver: native, window: A01}\n"
        try await WebHall.run(pads: 2, serial) { hall in
            let (mad, client) = (try WebClient(hall.socket), try WebClient(hall.socket))
            let connection = try await client.logIn(2)
            let flooding = try await mad.logIn(1)
            #expect(
                await eventually {
                    await hall.gateway.supervision.statuses().contains { $0.driver == "native" && $0.state == .ready }
                })
            let beat = #"{\"method\":\"HeartBeat\",\"param\":null}"#
            let flood = [
                #"{"jsonrpc":"2.0","id":1,"method":"pad.message","params":{"connection":\#(flooding),"text":"\#(beat)"}}"#,
                #"{"jsonrpc":"2.0","id":2,"method":"pad.connect","params":{"pad":"pad-1","key":"no"}}"#, "{]",
                String(repeating: "x", count: 40_000),
            ].joined(separator: "\n")
            await withTaskGroup(of: Void.self) { group in
                // It sends as fast as it is read, and never reads.
                group.addTask { while !Task.isCancelled { guard await mad.send(flood) else { return } } }
                for round in 1...10 {
                    let start = ContinuousClock.now
                    rack.press(pad: 0, key: 2, level: 2)
                    await client.rate(connection, "r\(round)", 4)
                    #expect(await client.heard(connection, "RateSubmit")?.contains(#""code":0"#) == true)
                    #expect(await eventually { rack.report.pressed == round && rack.report.unacknowledged == 0 })
                    let taken = start.duration(to: .now)
                    #expect(taken < .seconds(5), "round \(round): \(taken)")
                }
                group.cancelAll()
                mad.kill()
            }
            let ratings = try await hall.ratings()
            #expect(ratings.count { $0.press.driver == "native" } == 10)
            #expect(ratings.count { $0.press.driver == "websocket" } == 10)
        }
    }
}
