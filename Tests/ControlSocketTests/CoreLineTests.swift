// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import OperatorAPI
import RatingModel
import Testing

@testable import ControlSocket

/// The web process's line against the core's own socket.
@Suite(.timeLimit(.minutes(2))) struct CoreLineTests {
    private func withLine(
        _ body: @Sendable @escaping (_ line: CoreLine, StubHall, StubWeb) async throws -> Void
    ) async throws {
        try await withSocketPath { path in
            let (web, hall) = (StubWeb(), StubHall())
            let server = ControlServer(path: path, web: web, hall: hall, logger: quietLogger())
            try await whileServing(server) {
                try await Self.whileRunning(CoreLine(path: path, logger: quietLogger())) { line in
                    #expect(await Self.eventually { line.isConnected })
                    try await body(line, hall, web)
                }
            }
        }
    }

    private static func whileRunning(
        _ line: CoreLine, _ body: @escaping @Sendable (CoreLine) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await line.run() }
            try await body(line)
            group.cancelAll()
        }
    }

    private static func eventually(_ isTrue: () -> Bool) async -> Bool {
        let limit = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < limit {
            if isTrue() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    private static func code<Result>(_ call: () async throws(GatewayError) -> Result) async -> String? {
        do throws(GatewayError) {
            _ = try await call()
            return nil
        } catch { return error.code }
    }

    private static let submission = RatingSubmission(code: "good", submission: "s", level: .dissatisfied, text: "慢")

    @Test func everyMethodOfTheHallIsAsked() async throws {
        try await withLine { line, hall, _ in
            let (described, known) = (try await line.describeHall(), try await hall.describeHall())
            #expect(described == known)
            let answer1 = try await line.openPage(PageRequest(code: "good"))
            #expect(answer1.caseShown == "…42")
            let answer2 = try await line.submitRating(Self.submission)
            #expect(answer2.receipt == "R-s")
            #expect(hall.submissions == [Self.submission])
            let answer3 = try await line.checkReceipt(ReceiptRequest(receipt: "R-s"))
            #expect(answer3.progress == .delivered)
            // The core's own refusals come through whole.
            #expect(
                await Self.code { () async throws(GatewayError) in try await line.openPage(PageRequest(code: "bad")) }
                    == "code.unreadable")
        }
    }

    @Test func kiosksAreAskedForAndTheirWaitComesThrough() async throws {
        try await withLine { line, _, _ in
            try await line.checkKiosk(KioskRequest(kiosk: "hall-1", key: "k"))
            let wrong = KioskRequest(kiosk: "hall-1", key: "x")
            #expect(
                await Self.code { () async throws(GatewayError) in try await line.checkKiosk(wrong) } == "kiosk.unknown"
            )
            let found = try await line.findVisit(KioskSearch(kiosk: "hall-1", key: "k", number: "B012"))
            let chosen = try await line.chooseWindow(KioskChoice(kiosk: "hall-1", key: "k", window: "A01"))
            let hall = try await line.chooseWindow(KioskChoice(kiosk: "hall-1", key: "k", window: nil))
            #expect([found.code, chosen.code, hall.code] == ["visit", "A01", "hall"])
            do throws(GatewayError) {
                _ = try await line.findVisit(KioskSearch(kiosk: "hall-1", key: "k", number: "C1"))
                Issue.record("it was found")
            } catch { #expect(error.code == "kiosk.too-fast" && error.retryAfterSeconds == 9) }
        }
    }

    @Test func theLargestHallIsDescribed() async throws {
        try await withLine { line, hall, _ in
            // As many windows as a configuration can have, with the names that take most room in JSON.
            hall.build((1...1000).map { .init(id: "A\($0)", name: String(repeating: "\"", count: 256)) })
            let described = try await line.describeHall()
            #expect(described.windows.count == 1000 && described.windows[999].name.utf8.count == 256)
        }
    }

    @Test func aDescriptionThatChangedIsTold() async throws {
        try await withLine { line, hall, _ in
            for count in [1, 1, 3, 3, 2] {
                hall.build((1...count).map { .init(id: "A\($0)", name: "窗口") })
                let described = try await line.describeHall()
                #expect(described.windows.count == count)
            }
        }
    }

    @Test func aSlowRatingHoldsUpNothingElse() async throws {
        try await withLine { line, hall, _ in
            hall.slowDown()
            async let receipts = withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        var submission = Self.submission
                        submission.submission = "\(number)"
                        return try await line.submitRating(submission).receipt
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(await Self.eventually { hall.waiting == 100 })
            let answer4 = try await line.describeHall()
            #expect(answer4.name == "政务大厅")
            hall.commit()
            let all = try await receipts
            #expect(all == Set((0..<100).map { "R-\($0)" }))
        }
    }

    @Test func moreCallsThanTheCoreTakesAreRefusedHere() async throws {
        try await withLine { line, hall, _ in
            hall.slowDown()
            let codes = await withTaskGroup(of: String?.self) { group in
                for number in 0..<(CoreLine.mostCalls + 20) {
                    group.addTask {
                        var submission = Self.submission
                        submission.submission = "\(number)"
                        return await Self.code { () async throws(GatewayError) in
                            try await line.submitRating(submission)
                        }
                    }
                }
                group.addTask {
                    _ = await Self.eventually { hall.waiting == CoreLine.mostCalls }
                    try? await Task.sleep(for: .milliseconds(200))
                    hall.commit()
                    return nil
                }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(codes.filter { $0 == "web.busy" }.count == 20)
            #expect(codes.filter { $0 == nil }.count == CoreLine.mostCalls + 1)
        }
    }

    @Test func aScreenIsShownTheNewestSceneAndLeft() async throws {
        try await withLine { line, hall, _ in
            do {
                var scenes = try await line.watchScreen(ScreenRequest(screen: "lobby", key: "k")).makeAsyncIterator()
                let scene1 = await scenes.next()
                #expect(scene1?.kind == .idle)
                hall.draw(ScreenScene(kind: .prompt, ticket: "A12"))
                let scene2 = await scenes.next()
                #expect(scene2?.ticket == "A12")
                hall.takeScreensAway()
                let scene3 = await scenes.next()
                #expect(scene3 == nil)
            }
            #expect(
                await Self.code { () async throws(GatewayError) in
                    try await line.watchScreen(ScreenRequest(screen: "lobby", key: "x"))
                } == "screen.unknown")
            // Screens that nobody looks at any more are left, so that there is always room for one that somebody does.
            for _ in 0..<(HallLimits.watches * 2) {
                var scenes = try await line.watchScreen(ScreenRequest(screen: "lobby", key: "k")).makeAsyncIterator()
                let scene4 = await scenes.next()
                #expect(scene4?.kind == .idle)
            }
        }
    }

    @Test func aPadIsCarriedBothWays() async throws {
        try await withLine { line, _, web in
            let pad = try await line.letIn(PadArrival(pad: "pad-1", key: "k"))
            let wire = try #require(web.line(1))
            try await pad.say(#"{"method":"HeartBeat"}"#)
            #expect(await wire.read(24).contains("HeartBeat"))
            var events = pad.events.makeAsyncIterator()
            wire.write("\u{1E}{\"code\":0}\n")
            let event5 = await events.next()
            #expect(event5 == .message(#"{"code":0}"#))
            wire.close()
            let event6 = await events.next()
            #expect(event6 == .ended(reason: "replaced"))
            let event7 = await events.next()
            #expect(event7 == nil)
            #expect(
                await Self.code { () async throws(GatewayError) in try await pad.say("x") } == "web.unknown-connection")
            let other = try await line.letIn(PadArrival(pad: "pad-2", key: "k"))
            other.leave()
            other.leave()
            #expect(await Self.eventually { web.gone.filter { $0 == 2 }.count == 1 })
            #expect(
                await Self.code { () async throws(GatewayError) in
                    try await line.letIn(PadArrival(pad: "nobody", key: "k"))
                } == "web.unknown-pad")
        }
    }

    @Test func withoutACoreEveryCallSaysSoAndTheLineComesBack() async throws {
        try await withSocketPath { path in
            try await Self.whileRunning(CoreLine(path: path, logger: quietLogger())) { line in
                #expect(
                    await Self.code { () async throws(GatewayError) in try await line.describeHall() }
                        == "web.core-away")
                for _ in 1...2 {
                    let hall = StubHall()
                    let server = ControlServer(path: path, web: StubWeb(), hall: hall, logger: quietLogger())
                    try await whileServing(server) {
                        #expect(await Self.eventually { line.isConnected })
                        let answer5 = try await line.describeHall()
                        #expect(answer5.name == "政务大厅")
                    }
                    #expect(await Self.eventually { !line.isConnected })
                    #expect(
                        await Self.code { () async throws(GatewayError) in try await line.describeHall() }
                            == "web.core-away")
                }
            }
        }
    }

    @Test func aCallOnAConnectionThatHasEndedIsRefused() async throws {
        try await withSocketPath { path in
            let server = ControlServer(path: path, web: StubWeb(), hall: StubHall(), logger: quietLogger())
            try await whileServing(server) {
                let connection = try await CoreConnection.open(path)
                connection.end()
                // Whoever took the connection from the line a moment earlier is told, and the process goes on.
                let code = await Self.code { () async throws(GatewayError) -> VersionAnswer in
                    try await connection.call(WebMethod.version.rawValue, NoneAtAll(), within: .seconds(10))
                }
                #expect(code == "web.core-away")
            }
        }
    }

    @Test func whatWasUnderWayWhenTheCoreWentIsUnknown() async throws {
        try await withSocketPath { path in
            try await Self.whileRunning(CoreLine(path: path, logger: quietLogger())) { line in
                let hall = StubHall()
                let server = ControlServer(path: path, web: StubWeb(), hall: hall, logger: quietLogger())
                let (codes, told) = AsyncStream.makeStream(of: String?.self)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    try await whileServing(server) {
                        #expect(await Self.eventually { line.isConnected })
                        let pad = try await line.letIn(PadArrival(pad: "pad-1", key: "k"))
                        hall.slowDown()
                        group.addTask {
                            told.yield(
                                await Self.code { () async throws(GatewayError) in
                                    try await line.submitRating(Self.submission)
                                })
                            for await event in pad.events { told.yield("\(event)") }
                            told.finish()
                        }
                        #expect(await Self.eventually { hall.waiting == 1 })
                        // The server waits for what is being recorded, so it is let go on once it has hung up.
                        group.addTask {
                            _ = await Self.eventually { !line.isConnected }
                            hall.commit()
                        }
                    }
                    try await group.waitForAll()
                }
                let heard = await codes.reduce(into: []) { $0.append($1) }
                #expect(heard == ["web.core-silent", #"ended(reason: "away")"#])
            }
        }
    }
}
