// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import JournalAPI
import OperatorAPI
import RatingModel
import Testing
import WindowSessions

@testable import HallgateApp

/// What a daemon that is killed at noon knows when it is back.
@Suite struct ReceptionRestartTests {
    private static let rules: SessionSettings = {
        var settings = SessionSettings()
        settings.codes = ScanRules([.init(kind: .badge, prefix: "ST"), .init(kind: .ticket)])
        return settings
    }()

    /// A window at which staff signed in, a ticket was called and a session is being asked.
    private func busy() async throws -> (ReceptionFixture, WindowSession) {
        let fixture = try await ReceptionFixture(nil, Self.rules)
        for text in ["ST0017", "B012"] {
            await fixture.reception.receive(ScannedCode(text: text, symbology: nil), from: ReceptionFixture.source)
        }
        return (fixture, try await fixture.open())
    }

    @Test func `A press after a restart belongs where it would have belonged`() async throws {
        let (before, session) = try await busy()
        before.clock.advance(by: 3)
        let after = try await before.restarted(Self.rules)
        let greeting = await after.reception.greeting(for: ReceptionFixture.source)
        #expect(greeting.last == .prompt(session.number, timeout: .seconds(7)))
        await after.press(1)
        // The citizen corrects it, over another restart.
        after.clock.advance(by: 2)
        let again = try await after.restarted(Self.rules)
        await again.press(2)
        let ratings = try await again.ratings()
        #expect(
            ratings.map(\.session) == [session.number, session.number] && ratings.map(\.staff) == ["0017", "0017"])
        let counts = try await again.journal.conservation(for: ReceptionFixture.region)
        #expect(counts.held == [.superseded: 1] && counts.pending == 1)
        // The next ticket: the member of staff is still known, and nobody else's session takes the press.
        await again.reception.receive(.callNext, from: ReceptionFixture.source)
        let last = try await again.restarted(Self.rules)
        await last.press(3)
        #expect(try await last.ratings().last?.session == nil)
        #expect(try await last.open("P2").staff == "0017")
        await last.reception.tick()
        #expect(try await last.flags().isEmpty, "the ticket was asked for a rating before the restart")
    }

    @Test func `Pause, suspended tickets and repeats are known`() async throws {
        let (before, _) = try await busy()
        await before.reception.receive(.suspend, from: ReceptionFixture.source)
        await before.reception.receive(.pause, from: ReceptionFixture.source)
        await before.press(1, from: PressSource(path: "/dev/hall", window: nil))
        before.clock.advance(by: 2)
        let after = try await before.restarted(Self.rules)
        #expect(await after.reception.greeting(for: ReceptionFixture.source).last == .pause)
        await after.press(2, from: PressSource(path: "/dev/hall", window: nil))
        #expect(try await after.ratings().map(\.isRepeat) == [false, true])
        await after.reception.receive(.recall, from: ReceptionFixture.source)
        #expect(await after.reception.state(of: ReceptionFixture.window).ticket == "B012")
    }

    @Test func `After too long nothing is taken up, and the prompt that ran out is no answer, once`() async throws {
        let (before, session) = try await busy()
        before.clock.advance(by: 61)
        let after = try await before.restarted(Self.rules)
        await after.reception.tick()
        let end = RecordBody.noAnswer(NoAnswer(session: session.number, window: ReceptionFixture.window))
        #expect(try await after.bodies().filter { $0 == end }.count == 1)
        await after.press(1)
        #expect(try await after.ratings().map(\.session) == [nil], "another citizen may stand there")
        let next = try await after.open("P2")
        #expect(next.staff == nil && next.ticket == nil)
        // A pad that names the session still finds it.
        await after.press(2, prompt: session.number)
        #expect(try await after.ratings().last?.session == session.number)
    }

    @Test func `A quiet hall is not a long absence`() async throws {
        let (before, _) = try await busy()
        for _ in 0..<360 {
            before.clock.advance(by: 10)
            await before.reception.tick()
        }
        before.clock.advance(by: 50)
        #expect(try await before.restarted(Self.rules).open("P2").staff == "0017")
    }

    @Test(arguments: [(true, 40.0, true), (true, 70.0, false), (false, 40.0, false)])
    func `After a power cut staff are known where honest clocks say that it was short, and nobody stands there`(
        _ isTrusted: Bool, _ away: Double, _ isKnown: Bool
    ) async throws {
        let (before, _) = try await busy()
        before.clock.advance(by: away)
        before.clock.cutPower(isWallTrusted: isTrusted)
        let after = try await before.restarted(Self.rules)
        await after.press(1)
        #expect(try await after.ratings().map(\.session) == [nil])
        let next = try await after.open("P2")
        #expect(next.staff == (isKnown ? "0017" : nil) && next.ticket == nil)
    }

    @Test func `A badge never comes back once another was shown, whatever was kept last`() async throws {
        let (before, _) = try await busy()
        let saves = await before.keeper.lastingSaves
        // The disk takes no more from here on: what it has names nobody, or whoever came last.
        await before.reception.receive(ScannedCode(text: "ST0018", symbology: nil), from: ReceptionFixture.source)
        #expect(await before.keeper.lastingSaves == saves + 2, "first nobody is there, then the other")
        await before.keeper.fail(true)
        before.clock.advance(by: 20)
        await before.reception.receive(ScannedCode(text: "ST0019", symbology: nil), from: ReceptionFixture.source)
        await before.reception.tick()
        before.clock.advance(by: 45)
        await before.reception.tick()
        await before.keeper.fail(false)
        #expect(try await before.restarted(Self.rules).open("P2").staff == nil, "what was kept is too old to be true")
    }

    @Test func `What could not be kept is kept later, and presses alone cost no file`() async throws {
        let (fixture, session) = try await busy()
        let saves = await fixture.keeper.saves
        for number in 1...50 { await fixture.press(UInt64(number), prompt: session.number) }
        #expect(await fixture.keeper.saves == saves)
        await fixture.keeper.fail(true)
        await fixture.reception.receive(.callNext, from: ReceptionFixture.source)
        await fixture.keeper.fail(false)
        fixture.clock.advance(by: 10)
        await fixture.reception.tick()
        #expect(await fixture.keeper.saves == saves + 1)
        #expect(await fixture.keeper.mark?.at == fixture.clock.now())
    }
}

@Suite struct KnownRecordTests {
    @Test func `Nothing behind a commit under way counts as known`() {
        var known = KnownRecords(newest: 7)
        let (first, second) = (known.begin(), known.begin())
        known.end(second, at: 9)
        #expect(known.through == 7)
        let third = known.begin()
        known.end(first, at: 8)
        #expect(known.through == 9)
        known.end(third, at: nil)
        #expect(known.through == 9)
    }
}
