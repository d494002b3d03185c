// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import DeviceAPI
import Foundation
import Glibc
import HallAPI
import HallgateTesting
import Logging
import RatingModel
import Synchronization
import Testing

@testable import HallgateApp

/// Screens that are watched, and codes that pads show.
@Suite(.timeLimit(.minutes(2))) struct ScreenBoardTests {
    private let fixture: ReceptionFixture
    private let board: ScreenBoard
    private let directory = FileManager.default.temporaryDirectory.appending(path: "board-\(UUID())").path()
    private let onPads = Lines()

    init() async throws {
        fixture = try await ReceptionFixture()
        board = ScreenBoard(
            clock: fixture.clock, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        await board.connect(
            ScreenBoard.Surroundings(
                mint: { purpose in
                    if case .session(let session) = purpose {
                        .text("https://h/r/\(session.number)")
                    } else {
                        .text("https://h/r/all")
                    }
                }, command: { [onPads] command, window in onPads.add("\(window?.value ?? "hall") \(command)") },
                canRecord: { true }))
        // What happens at the windows reaches the board in its order.
        let (signs, told) = AsyncStream.makeStream(of: ScreenSign.self)
        self.signs = signs
        await fixture.reception.connect(screens: { told.yield($0) })
        try write("key-of-the-screen")
    }

    private let signs: AsyncStream<ScreenSign>

    private func write(_ key: String) throws {
        try key.write(toFile: directory + "/key", atomically: true, encoding: .utf8)
        chmod(directory + "/key", 0o600)
    }

    /// A device that shows codes and nothing else.
    private struct Display: DeviceDriver {
        static let name = "display"
        let capabilities = DeviceCapabilities(
            thanks: .none, keepsLog: false, prompts: false, displays: true, showsCodes: true, levels: [])
        mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] { [] }
    }

    private static func display(_ path: String, _ window: WindowID?) -> GatewayConfiguration.Device {
        .init(
            line: DeviceLine(path: path, baud: 9600), window: window, addresses: [:], staleAfter: nil,
            driver: ConfiguredDriver(Display.name) { Display() })
    }

    private func apply(_ screens: [String], _ change: (inout PagesSettings) -> Void = { _ in }) async {
        var configuration = GatewayConfiguration.builtIn
        configuration.windows = [.init(id: ReceptionFixture.window, name: "综合窗口")]
        var pages = PagesSettings()
        pages.screens = screens.map {
            PagesSettings.Screen(
                id: $0, window: $0 == "lobby" ? nil : ReceptionFixture.window, keyFile: directory + "/key",
                rotates: $0 == "lobby")
        }
        change(&pages)
        configuration.pages = pages
        configuration.devices = [Self.display("/dev/display", ReceptionFixture.window), Self.display("/dev/hall", nil)]
        await board.apply(configuration)
        await fixture.reception.watch(board.windows)
    }

    /// Lets the board take everything up to the next picture that differs.
    private func take(_ count: Int) async {
        var signs = signs.makeAsyncIterator()
        for _ in 0..<count { if let sign = await signs.next() { await board.take(sign) } }
    }

    private func watch(_ screen: String, key: String = "key-of-the-screen") async throws -> AsyncStream<ScreenScene> {
        try await board.watch(ScreenRequest(screen: screen, key: key))
    }

    @Test func `a screen is shown by its own key alone`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        await apply(["counter"])
        for (screen, key) in [("counter", "another"), ("nobody", "key-of-the-screen"), ("counter", "")] {
            await #expect(throws: GatewayError.self) { try await watch(screen, key: key) }
        }
        chmod(directory + "/key", 0o644)
        await #expect(throws: GatewayError.self) { try await watch("counter") }
    }

    @Test func `a screen that leaves the configuration ends, and so does one whose key is another`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        await apply(["counter", "lobby"])
        let (counter, lobby) = (try await watch("counter"), try await watch("lobby"))
        await apply(["lobby"])
        var scenes: [ScreenScene] = []
        for await scene in counter { scenes.append(scene) }
        #expect(scenes.count == 1)
        var iterator = lobby.makeAsyncIterator()
        #expect(await iterator.next()?.codeText == "https://h/r/all")
        try write("another-key-of-it")
        await apply(["lobby"])
        while await iterator.next() != nil {}
    }

    @Test func `a session is shown, and thanked for whichever level it has`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var seen: [[ScreenScene.Kind]] = []
        await apply(["counter"]) { $0.showsOnPads = true }
        await take(1)
        for level in [SatisfactionLevel.verySatisfied, .veryDissatisfied] {
            let session = try await fixture.open("P\(level.rawValue)")
            await take(1)
            let prompted = try await present()
            #expect(prompted?.codeText == "https://h/r/\(session.number)")
            let code = DeviceCommand.show(.qrCode("https://h/r/\(session.number)", lifetime: .seconds(60)))
            #expect(onPads.all.suffix(2) == ["A01 \(code)", "A01 \(DeviceCommand.closePage)"])
            #expect(await board.greeting(at: ReceptionFixture.window) == [code, .closePage])
            await fixture.press(
                UInt64(level.rawValue), prompt: session.number, outcome: .rated(level, key: level.rawValue, label: ""))
            await take(2)
            let thanked = try await present()
            let thanks = DeviceCommand.show(.text("谢谢您的评价", language: "zh-Hans"))
            #expect(onPads.all.last == "A01 \(thanks)")
            fixture.clock.advance(by: 6)
            await board.tick()
            // The pad was pressed: the citizen's own way to rate is there for the time it had left.
            let rest = DeviceCommand.show(.qrCode("https://h/r/\(session.number)", lifetime: .seconds(54)))
            #expect(await board.greeting(at: ReceptionFixture.window) == [rest, .closePage])
            seen.append([prompted, thanked, try await present()].compactMap { $0?.kind })
        }
        #expect(seen == [[.prompt, .thanks, .idle], [.prompt, .thanks, .idle]])
    }

    @Test func `displays in waiting areas show the hall's code, and none where the site does not want it`() async throws
    {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        await apply([])
        let dark = await board.greeting(at: nil)
        #expect(onPads.all.isEmpty && dark.isEmpty)
        await apply([]) { $0.showsOnPads = true }
        let code = DeviceCommand.show(.qrCode("https://h/r/all", lifetime: .seconds(60)))
        #expect(onPads.all.contains("hall \(code)"))
        fixture.clock.advance(by: 20)
        let rest = DeviceCommand.show(.qrCode("https://h/r/all", lifetime: .seconds(40)))
        #expect(await board.greeting(at: nil) == [rest, .closePage])
        await apply([])
        #expect(onPads.all.suffix(2) == ["hall \(DeviceCommand.show(.standby))", "hall \(DeviceCommand.closePage)"])
    }

    @Test func `a tablet opens the page that the region's code leads to, and closes it with the code`() async throws {
        let (soon, later) = (MonotonicInstant(nanoseconds: 0), MonotonicInstant(nanoseconds: 5_000_000_000))
        var pages = PagesSettings()
        pages.codeSource = .regionCall
        let code = DeviceScene.code("https://region.example/e", until: later)
        let shown = DeviceCommand.show(.qrCode("https://region.example/e", lifetime: .seconds(5)))
        #expect(code.commands(pages, at: soon) == [shown, .openPage(url: "https://region.example/e")])
        #expect(code.commands(pages, at: later) == [.show(.standby), .closePage])
        #expect(DeviceScene.code("R-8817", until: later).commands(pages, at: soon).last == .closePage)
        #expect(!DeviceScene.thanks.commands(pages, at: soon).contains(.closePage), "the page says thanks itself")
        pages.languages = [.english]
        #expect(
            DeviceScene.paused.commands(pages, at: soon)
                == [.show(.text("Service paused", language: "en")), .closePage])
    }

    @Test func `screens come back by themselves once the journal records again`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let (journal, full) = (
            fixture.journal, GatewayError("journal.full", LocalText("full", "满"), hint: LocalText("wait", "请等待"))
        )
        let tries = Lines()
        // What a journal says of itself stays as the last commit left it.
        await board.connect(
            ScreenBoard.Surroundings(
                mint: { _ in nil }, command: { _, _ in }, canRecord: { false },
                tryToRecord: {
                    tries.add("try")
                    return (try? await journal.tryCommit()) != nil
                }))
        await apply(["counter"])
        await journal.fail(with: full)
        for _ in 0..<10 { await board.tick() }
        #expect(try await present()?.kind == .outOfService && tries.all.count == 1)
        fixture.clock.advance(by: 11)
        await board.tick()
        #expect(try await present()?.kind == .outOfService && tries.all.count == 2)
        await journal.fail(with: nil)
        fixture.clock.advance(by: 11)
        await board.tick()
        #expect(try await present()?.kind == .idle && tries.all.count == 3)
    }

    private func present() async throws -> ScreenScene? {
        var scenes = try await watch("counter").makeAsyncIterator()
        return await scenes.next()
    }
}
