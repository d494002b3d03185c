// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceSupervision
import Foundation
import OperatorAPI
import RatingModel
import RelayTransport
import Synchronization
import Testing
import WindowSessions

@testable import HallgateApp

/// Pads that connect in, from the web process's socket to the journal.
@Suite(.timeLimit(.minutes(5))) struct WebRelayTests {
    private static func rateID(_ quest: String) throws -> String {
        let rest = try #require(quest.components(separatedBy: #""rateId":""#).dropFirst().first)
        return String(rest.prefix { $0 != "\"" })
    }

    @Test func `several pads press, are recorded at their windows, and are thanked`() async throws {
        try await WebHall.run(pads: 3) { hall in
            #expect(await hall.device(1)?.state == .absent)
            let client = try WebClient(hall.socket)
            var connections: [Int] = []
            for pad in 1...3 { connections.append(try await client.logIn(pad)) }
            for pad in 1...3 { #expect(await eventually { await hall.device(pad)?.state == .ready }) }
            for (index, connection) in connections.enumerated() {
                for level in 1...4 { await client.rate(connection, "r\(level)", (level + index) % 5 + 1) }
            }
            for connection in connections {
                for _ in 1...4 { #expect(await client.heard(connection, "RateSubmit")?.contains(#""code":0"#) == true) }
            }
            let ratings = try await hall.ratings()
            #expect(ratings.count == 12)
            for pad in 1...3 {
                let own = ratings.filter { $0.window == WindowID("A0\(pad)") }
                #expect(own.count == 4 && own.allSatisfy { $0.press.key.device == DeviceID("websocket-pad-\(pad)") })
            }
            let device = try #require(await hall.device(2))
            #expect(device.recorded == 4 && device.connections == 1 && device.device == "websocket-pad-2")
            let page = try #require(await hall.gateway.supervision.tap("pad-2", after: nil))
            let picture = page.frames.map(\.bytes).joined(separator: " ")
            let method = Array("RateSubmit".utf8).map { String($0, radix: 16) }.joined(separator: " ")
            #expect(picture.contains(method) && picture.contains("··"))
            #expect(page.events.contains { $0.text == "a member of staff signed in" })
        }
    }

    @Test func `a prompt tells what it is about, and binds the rating to its session and whoever signed in`()
        async throws
    {
        try await WebHall.run(pads: 1, "session: {staff: [{badge: '0042', id: S7}]}\n") { hall in
            let client = try WebClient(hall.socket)
            let connection = try await client.logIn(1)
            let now = hall.gateway.clock.now()
            #expect(await eventually { await hall.gateway.reception.sessions.staff(at: WindowID("A01"), now) == "S7" })
            let session = try await hall.open(1, transactor: "王某", item: "社保卡补办")
            let quest = try #require(await client.heard(connection, "RateQuest"))
            #expect(quest.contains(#""transactor":"王某""#) && quest.contains(#""item":"社保卡补办""#))
            // A clock that nobody vouches for tells no date.
            let date = try #require(quest.firstMatch(of: /"date":"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?"/))
            #expect((date.1 != nil) == now.isWallTrusted)
            await client.rate(connection, try Self.rateID(quest), 5)
            #expect(await client.heard(connection, "RateSubmit")?.contains(#""code":0"#) == true)
            let rating = try #require(try await hall.ratings().first)
            #expect(rating.session == session && rating.staff == "S7" && rating.level == .verySatisfied)
            // A code that nobody has leaves nobody at the window.
            let again = try await client.logIn(1, user: "9999")
            #expect(await eventually { await hall.gateway.reception.sessions.staff(at: WindowID("A01"), now) == nil })
            _ = try await hall.open(1)
            await client.rate(again, try Self.rateID(try #require(await client.heard(again, "RateQuest"))), 4)
            #expect(await client.heard(again, "RateSubmit")?.contains(#""code":0"#) == true)
            #expect(try await hall.ratings().last?.staff == nil)
        }
    }

    @Test func `a web process that is killed in mid-press loses nothing and doubles nothing`() async throws {
        try await WebHall.run(pads: 1) { hall in
            for round in 1...10 {
                let client = try WebClient(hall.socket)
                let connection = try await client.logIn(1)
                _ = try await hall.open(1)
                let rateID = try Self.rateID(try #require(await client.heard(connection, "RateQuest")))
                let text = #"{"method":"RateSubmit","param":{"rateId":"\#(rateID)","attitude":3}}"#
                await client.request("pad.message", ["connection": connection, "text": text])
                // It dies before the answer, behind the answer, or behind the thanks that never reached the pad.
                if round % 3 == 1 { try await Task.sleep(for: .milliseconds(5)) }
                if round % 3 == 2 { _ = await client.heard(connection, "RateSubmit") }
                client.kill()
                let next = try WebClient(hall.socket)
                let again = try await next.logIn(1)
                #expect(await next.say(again, text) == "done")
                #expect(await next.heard(again, "RateSubmit")?.contains(#""code":0"#) == true, "round \(round)")
                let ratings = try await hall.ratings()
                #expect(ratings.count == round && Set(ratings.map(\.press.key)).count == round)
                #expect(ratings.allSatisfy { $0.session != nil })
            }
            #expect(await hall.device(1)?.refused == 0)
        }
    }

    @Test func `a rating that was thanked outlives the gateway, and is known when it comes again`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID())").path()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let rateIDs = Lines()
        for round in 0...1 {
            try await WebHall.run(pads: 1, in: directory) { hall in
                let client = try WebClient(hall.socket)
                let connection = try await client.logIn(1)
                if round == 0 {
                    _ = try await hall.open(1)
                    rateIDs.add(try Self.rateID(try #require(await client.heard(connection, "RateQuest"))))
                }
                await client.rate(connection, rateIDs.all[0], 2)
                #expect(await client.heard(connection, "RateSubmit")?.contains(#""code":0"#) == true)
                #expect(try await hall.ratings().count == 1)
            }
        }
    }

    @Test func `of two pads with one name the newest is heard, and the operator is told`() async throws {
        try await WebHall.run(pads: 1) { hall in
            let (one, two) = (try WebClient(hall.socket), try WebClient(hall.socket))
            var first = try await one.logIn(1)
            for round in 1...2 {
                await one.rate(first, "one-\(round)", 5)
                #expect(await one.heard(first, "RateSubmit") != nil)
                let second = try await two.logIn(1)
                #expect(await one.closed(first) == "replaced")
                #expect(await one.rate(first, "late", 5) == "web.unknown-connection")
                await two.rate(second, "two-\(round)", 5)
                #expect(await two.heard(second, "RateSubmit") != nil)
                first = try await one.logIn(1)
                #expect(await two.closed(second) == "replaced")
            }
            #expect(hall.gateway.pads.contested.map(\.name) == ["pad-1"])
            #expect(try await hall.ratings().count == 4)
        }
    }

    @Test func `a pad is let in by its own key, as its file has it now`() async throws {
        try await WebHall.run(pads: 2) { hall in
            let client = try WebClient(hall.socket)
            for name in ["pad-9", "pad-2"] {
                let answer = await client.ask("pad.connect", ["pad": name, "key": WebHall.key(1)])
                #expect(answer == "web.unknown-pad", "\(name)")
            }
            let file = hall.directory + "/key-1"
            try "another key-of-pad".write(toFile: file, atomically: true, encoding: .utf8)
            #expect(await client.connect(1) == nil, "everybody may read the file")
            try "another-key-of-pad\n".write(toFile: file, atomically: false, encoding: .utf8)
            chmod(file, 0o640)
            #expect(await client.connect(1) == nil)
            #expect(await client.connect(1, key: "another-key-of-pad") != nil)
            // A reload that leaves the pad out lets it in no more and ends its line.
            hall.gateway.pads.expect([])
            #expect(await client.connect(1, key: "another-key-of-pad") == nil)
        }
    }

    @Test func `a pad whose line is taken away is closed`() async throws {
        try await WebHall.run(pads: 2) { hall in
            let client = try WebClient(hall.socket)
            let (one, two) = (try await client.logIn(1), try await client.logIn(2))
            await hall.gateway.supervision.apply(Array(hall.gateway.configuration.assignments.dropFirst()))
            #expect(await client.closed(one) == "closed")
            await client.rate(two, "a", 5)
            #expect(await client.heard(two, "RateSubmit") != nil)
        }
    }

    @Test func `nonsense and what is too large end nobody's line`() async throws {
        try await WebHall.run(pads: 1) { hall in
            let client = try WebClient(hall.socket)
            let connection = try await client.logIn(1)
            await client.send("{]")
            await client.send(String(repeating: "x", count: 100_000))
            #expect(await client.say(connection, String(repeating: "x", count: 3073)) == "web.message-too-long")
            #expect(await client.say(connection, "\u{1E}") == "web.bad-message")
            for text in ["{]", "", "\n\n", String(repeating: "[", count: 3072), "{\"method\":\"Reboot\"}"] {
                #expect(await client.say(connection, text) == "done")
            }
            #expect(await client.heard(connection, "Reboot")?.contains("999") == true)
            await client.rate(connection, "a", 5)
            #expect(await client.heard(connection, "RateSubmit")?.contains(#""code":0"#) == true)
            #expect(await hall.device(1)?.connections == 1)
            #expect(await hall.device(1)?.badFrames != 0)
        }
    }

    @Test func `a process that reads nothing holds up no other`() async throws {
        try await WebHall.run(pads: 2) { hall in
            let (deaf, client) = (try WebClient(hall.socket), try WebClient(hall.socket))
            _ = try await deaf.logIn(1)
            let connection = try await client.logIn(2)
            #expect(await eventually { await hall.device(1)?.state == .ready })
            // What is written to the deaf pad fills its buffers, then its line is given up.
            let isGivenUp = await eventually {
                for number in 1...200 as ClosedRange<PromptNumber> {
                    _ = await hall.gateway.supervision.command(
                        .prompt(number, timeout: .seconds(60)), window: WindowID("A01"))
                }
                return await hall.device(1)?.state == .absent
            }
            #expect(isGivenUp)
            await client.rate(connection, "a", 5)
            #expect(await client.heard(connection, "RateSubmit") != nil)
            #expect(await hall.device(2)?.connections == 1)
        }
    }
}

/// Lines that tests hand to each other.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}
