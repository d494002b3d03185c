// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Foundation
import Glibc
import HallAPI
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import Testing
import WindowSessions

@testable import HallgateApp

/// What clerks do, over a reception with a journal in memory and a clock moved by hand.
@Suite(.timeLimit(.minutes(2))) struct DeskTests {
    private static let key = "c3b4f0917d2e6a58"
    private let paper: HallOnPaper
    private let desk: GatewayDesk

    init() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID()).key").path()
        try Self.key.write(toFile: file, atomically: true, encoding: .utf8)
        chmod(file, 0o600)
        var settings = SessionSettings()
        settings.codes.staff = ["0017": "0017", "0018": "0018"]
        paper = try await HallOnPaper(settings) {
            $0.desks = [PagesSettings.Desk(window: ReceptionFixture.window, keyFile: file)]
        }
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        desk = GatewayDesk(
            hall: paper.desk, reception: paper.fixture.reception, devices: { Self.devices },
            watch: KeyWatch(clock: paper.fixture.clock, logger: logger), logger: logger)
    }

    private static let devices = [
        device("/dev/ttyUSB0", "A01", .ready, name: "EV-2 0417"), device("pad-2", "A01", .silent),
        device("/dev/bus", nil, .ready, places: [.init(address: 3, window: "A01"), .init(address: 4, window: "A02")]),
        device("/dev/scanner", "A01", .ready, abilities: .init(takesRatings: false)), device("pad-9", "A02", .ready),
    ]

    private static func device(
        _ path: String, _ window: String?, _ state: GatewayStatus.Device.State, name: String? = nil,
        places: [GatewayStatus.Device.Place]? = nil, abilities: GatewayStatus.Device.Abilities = .init()
    ) -> GatewayStatus.Device {
        GatewayStatus.Device(
            path: path, driver: "native", window: window, state: state, device: name, model: nil, recorded: 7,
            refused: 0, badFrames: 0, connections: 1, detail: nil, places: places ?? [.init(window: window)],
            abilities: abilities)
    }

    private func act(_ step: DeskStep, staff: String? = nil, key: String = DeskTests.key) async throws(GatewayError)
        -> DeskState
    {
        try await desk.desk(step, DeskRequest(window: "A01", key: key, staff: staff, address: "192.0.2.7"))
    }

    private func refusal(_ step: DeskStep, staff: String? = nil, key: String = DeskTests.key) async -> String? {
        do throws(GatewayError) {
            _ = try await act(step, staff: staff, key: key)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `the desk shows its window and the pads that stand there`() async throws {
        let state = try await act(.look)
        #expect(state.window == .init(id: "A01", name: "综合窗口"))
        #expect(state.question == .none && state.staff == nil && !state.isPaused && state.remainingSeconds == nil)
        #expect(
            state.pads == [
                .init(name: "EV-2 0417", isConnected: true), .init(name: "pad-2", isConnected: false),
                .init(name: "/dev/bus · 3", isConnected: true),
            ])
    }

    @Test(arguments: SatisfactionLevel.allCases)
    func `asked, pressed, rated: the same answer whichever level it was`(_ level: SatisfactionLevel) async throws {
        let asked = try await act(.ask)
        #expect(asked.question == .waiting && asked.remainingSeconds == 10)
        guard case .prompt(let number, _, _) = paper.fixture.told.all.last else {
            Issue.record("the pads were not asked")
            return
        }
        paper.fixture.clock.advance(by: 3)
        #expect(try await act(.look).remainingSeconds == 7)
        // One who is being asked is not asked twice.
        _ = try await act(.ask)
        #expect(paper.fixture.told.all.filter { if case .prompt = $0 { true } else { false } }.count == 1)
        await paper.fixture.press(1, prompt: number, outcome: .rated(level, key: 1, label: "键"))
        let after = try await act(.look)
        let expected = DeskState(
            window: .init(id: "A01", name: "综合窗口"), isPaused: false, question: .answered, pads: asked.pads)
        #expect(after == expected)
        #expect(try await paper.fixture.ratings().map(\.level) == [level])
    }

    @Test func `a citizen who did not answer is asked again, and the next one anew`() async throws {
        _ = try await act(.ask)
        paper.fixture.clock.advance(by: 30)
        await paper.fixture.reception.tick()
        #expect(try await act(.look).question == .noAnswer)
        #expect(try await act(.ask).question == .waiting)
        await paper.fixture.press(1)
        #expect(try await act(.look).question == .answered)
        #expect(try await act(.ask).question == .waiting)
        let sessions = try await paper.fixture.bodies().filter { if case .session = $0 { true } else { false } }
        #expect(sessions.count == 2)
    }

    @Test func `what a clerk takes back or pauses away is flagged`() async throws {
        _ = try await act(.ask)
        #expect(try await act(.cancel).question == .cancelled)
        #expect(try await act(.cancel).question == .cancelled)
        _ = try await act(.ask)
        let paused = try await act(.pause)
        #expect(paused.isPaused && paused.question == .cancelled)
        #expect(try await act(.resume).isPaused == false)
        await paper.fixture.reception.tick()
        #expect(try await paper.fixture.flags() == [.promptCancelled, .promptPaused])
        // Whoever asks serves.
        _ = try await act(.pause)
        #expect(try await act(.ask).isPaused == false)
    }

    @Test func `a number that nobody has leaves the window without anybody`() async throws {
        #expect(try await act(.signIn, staff: "0017").staff == "0017")
        #expect(try await act(.signIn, staff: "0018").staff == "0018")
        #expect(await refusal(.signIn, staff: "9999") == "desk.unknown-staff")
        #expect(try await act(.look).staff == nil)
        for wrong in [nil, "", String(repeating: "9", count: 129)] {
            #expect(await refusal(.signIn, staff: wrong) == "session.bad-request")
        }
        _ = try await act(.signIn, staff: "0017")
        _ = try await act(.ask)
        await paper.fixture.press(1)
        #expect(try await paper.fixture.ratings().map(\.staff) == ["0017"])
    }

    @Test func `a question that cannot be recorded is none`() async throws {
        let full = GatewayError("journal.full", LocalText("full", "满"), hint: LocalText("wait", "请等待"))
        await paper.fixture.journal.fail(with: full)
        #expect(await refusal(.ask) == "desk.not-asked")
        #expect(paper.fixture.told.all.isEmpty)
        await paper.fixture.journal.fail(with: nil)
        #expect(await refusal(.ask) == nil)
    }

    @Test func `a desk is known by window and key, and wrong keys are slowed`() async throws {
        #expect(await refusal(.look, key: "") == "desk.unknown")
        #expect(await refusal(.ask, key: "c3b4f0917d2e6a59") == "desk.unknown")
        let elsewhere = DeskRequest(window: "A02", key: Self.key, address: "192.0.2.9")
        await #expect(throws: GatewayError.self) { try await desk.desk(.look, elsewhere) }
        for _ in 0..<8 { _ = await refusal(.look, key: "another key of its own") }
        #expect(await refusal(.look) == "desk.too-many-attempts")
        #expect(paper.fixture.told.all.isEmpty)
        paper.fixture.clock.advance(by: 60)
        #expect(await refusal(.look) == nil)
    }
}
