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

@Suite struct ReceptionSessionTests {
    /// Ratings wait until they can no longer be corrected.
    private static let holding: SessionSettings = {
        var settings = SessionSettings()
        settings.isHeldForCorrection = true
        return settings
    }()

    @Test func `A rating leaves at once, and one that has not left is still corrected`() async throws {
        let fixture = try await ReceptionFixture()
        let session = try await fixture.open()
        await fixture.press(1, prompt: session.number)
        #expect(fixture.gate.lastToDeliver == .max, "nothing waits for a correction that may never come")
        fixture.clock.advance(by: 1)
        await fixture.press(2)
        let counts = try await fixture.journal.conservation(for: ReceptionFixture.region)
        #expect(counts.held == [.superseded: 1] && counts.pending == 1)
        #expect(try await fixture.journal.lease(9, for: ReceptionFixture.region).map(\.ordinal) == [1])
        fixture.clock.advance(by: 1)
        await fixture.press(3)
        let later = try await fixture.journal.conservation(for: ReceptionFixture.region)
        #expect(later.inFlight == 1 && later.pending == 1, "what has left is followed, not replaced")
        #expect(try await fixture.journal.lease(9, for: ReceptionFixture.region).map(\.ordinal) == [2])
    }

    @Test func `A second press within the window takes the place of the first, and neither leaves before`() async throws
    {
        let fixture = try await ReceptionFixture(nil, Self.holding)
        let session = try await fixture.open()
        #expect(
            await fixture.press(1, prompt: session.number, outcome: .rated(.dissatisfied, key: 4, label: "不满意"))
                == .recorded)
        fixture.clock.advance(by: 4)
        #expect(fixture.gate.lastToDeliver < 2)
        #expect(await fixture.press(2) == .recorded)
        let counts = try await fixture.journal.conservation(for: ReceptionFixture.region)
        #expect(counts.held == [.superseded: 1] && counts.pending == 1 && counts.holds)
        #expect(try await fixture.ratings().map(\.session) == [session.number, session.number])
        fixture.clock.advance(by: 4.9)
        #expect(fixture.gate.lastToDeliver < 3)
        fixture.clock.advance(by: 0.2)
        #expect(fixture.gate.lastToDeliver == .max)
        let lent = try await fixture.journal.lease(9, for: ReceptionFixture.region)
        #expect(lent.map(\.ordinal) == [1] && lent.map(\.content.key.sequence) == [2])
    }

    @Test func `Forwarders are woken once a press may leave, also where its time was over before the next tick`()
        async throws
    {
        let fixture = try await ReceptionFixture(nil, Self.holding)
        await fixture.reception.tick()
        let session = try await fixture.open()
        await fixture.press(1, prompt: session.number)
        let woken = fixture.wakes.count
        fixture.clock.advance(by: 6)
        await fixture.reception.tick()
        #expect(fixture.wakes.count == woken + 1 && fixture.gate.lastToDeliver == .max)
        await fixture.reception.tick()
        #expect(fixture.wakes.count == woken + 1)
    }

    @Test func `A press that fails leaves no gate closed`() async throws {
        let fixture = try await ReceptionFixture(nil, Self.holding)
        let session = try await fixture.open()
        let full = GatewayError("journal.disk-full", LocalText("full", "满"), hint: LocalText("free", "清理"))
        await fixture.journal.fail(with: full)
        #expect(await fixture.press(1, prompt: session.number) == .refused(full))
        #expect(fixture.gate.lastToDeliver == .max)
    }

    @Test func `A prompt that nobody answers is recorded once, over a restart too, and is no rating`() async throws {
        let fixture = try await ReceptionFixture()
        let session = try await fixture.open()
        fixture.clock.advance(by: 14.9)
        await fixture.reception.tick()
        #expect(try await fixture.bodies().count == 1)
        fixture.clock.advance(by: 0.2)
        await fixture.reception.tick()
        await fixture.reception.tick()
        let end = RecordBody.noAnswer(NoAnswer(session: session.number, window: ReceptionFixture.window))
        #expect(try await fixture.bodies().filter { $0 == end }.count == 1)
        #expect(fixture.told.all.last == .cancelPrompt(session.number))
        #expect(try await fixture.journal.conservation(for: ReceptionFixture.region).recorded == 0)
        let restarted = try await fixture.restarted()
        restarted.clock.advance(by: 100)
        await restarted.reception.tick()
        #expect(try await restarted.bodies().filter { $0 == end }.count == 1)
        // A late press still counts, until the next ticket is called.
        await restarted.press(1)
        await restarted.reception.receive(.callNext, from: ReceptionFixture.source)
        await restarted.press(2)
        #expect(try await restarted.ratings().map(\.session) == [session.number, nil])
    }

    @Test func `An answered session is neither asked again nor recorded as unanswered after a restart`() async throws {
        let before = try await ReceptionFixture()
        let session = try await before.open()
        await before.press(1, prompt: session.number)
        let after = try await ReceptionFixture(before.journal)
        #expect(await after.reception.greeting(for: ReceptionFixture.source).count == 1)
        #expect(try await after.reception.answer(of: session.number) == .answered)
        after.clock.advance(by: 100)
        await after.reception.tick()
        #expect(try await after.bodies().count == 2)
    }

    @Test func `Presses without a session that follow each other closely are marked`() async throws {
        let fixture = try await ReceptionFixture()
        let waitingArea = PressSource(path: "/dev/ttyUSB1", window: nil)
        await fixture.press(1, from: waitingArea)
        fixture.clock.advance(by: 2)
        await fixture.press(2, from: waitingArea)
        fixture.clock.advance(by: 5)
        await fixture.press(3, from: waitingArea)
        #expect(try await fixture.ratings().map(\.isRepeat) == [false, true, false])
        #expect(try await fixture.journal.conservation(for: ReceptionFixture.region).pending == 3)
        #expect(fixture.gate.lastToDeliver == .max)
    }

    @Test func `Scanned codes say who, which ticket and which case, and the panel's key asks`() async throws {
        var settings = SessionSettings()
        settings.codes = ScanRules(
            [
                .init(kind: .badge, prefix: "ST"), .init(kind: .caseNumber, length: 8...40, separator: "/"),
                .init(kind: .ticket),
            ],
            staff: ["17": "0017"])
        let fixture = try await ReceptionFixture(nil, settings)
        for text in ["ST17", "B012", "P2026000/2"] {
            await fixture.reception.receive(ScannedCode(text: text, symbology: nil), from: ReceptionFixture.source)
        }
        await fixture.reception.receive(.askForRating, from: ReceptionFixture.source)
        guard case .session(let session)? = try await fixture.bodies().first else {
            Issue.record("no session was opened")
            return
        }
        #expect(session.staff == "0017" && session.ticket == "B012")
        #expect(session.caseReference == CaseReference(projectNumber: "P2026000", serviceNumber: "2"))
        let subject = PromptSubject(openedAt: "2026-06-01 10:16:40")
        #expect(fixture.told.all == [.prompt(session.number, timeout: .seconds(10), about: subject)])
        // A device with rules of its own goes by these; who is known by which badge is the hall's to say.
        let other = try await ReceptionFixture(
            nil, settings, codes: [.init(kind: .badge, prefix: "B", length: 2...2), .init(kind: .ticket, prefix: "ST")])
        for text in ["B17", "ST99"] {
            await other.reception.receive(ScannedCode(text: text, symbology: nil), from: ReceptionFixture.source)
        }
        let opened = try await other.open()
        #expect(opened.staff == "0017" && opened.ticket == "99")
        // A badge that nobody knows: the next session names nobody.
        await fixture.reception.receive(ScannedCode(text: "ST99", symbology: nil), from: ReceptionFixture.source)
        #expect(try await fixture.open("P2").staff == nil)
    }

    @Test func `What an auditor may want to look at goes to disk with the next tick, without a level`() async throws {
        var settings = SessionSettings()
        settings.integrity.streakLength = 2
        settings.integrity.openingHours = OpeningHours("Tue-Sun 09:00-17:00")
        let fixture = try await ReceptionFixture(nil, settings)
        let first = try await fixture.open()
        await fixture.press(1, prompt: first.number)
        _ = try await fixture.open("P2")
        await fixture.reception.lost(ReceptionFixture.source)
        await fixture.reception.receive(.pause, from: ReceptionFixture.source)
        await fixture.press(2)
        #expect(try await fixture.flags().isEmpty)
        await fixture.reception.tick()
        let expected: [IntegrityEvent.Cause] = [
            .hastyPress, .outsideHours, .padUnplugged, .promptPaused, .keyStreak,
        ]
        #expect(try await fixture.flags() == expected)
        #expect(try await fixture.ratings().map(\.isOutsideHours) == [true, true])
        let counts = await fixture.reception.flagCounts()
        #expect(counts.sinceStart == counts.today && counts.today.map(\.window) == ["A01"])
        #expect(counts.today.first?.counts["outside-hours"] == 1)
        await fixture.reception.tick()
        #expect(try await fixture.flags().count == expected.count)
        // The day after, the hall opens: the stretch is told in one number, and the streak by its day.
        fixture.clock.advance(by: 24 * 3600)
        await fixture.reception.tick()
        guard case .integrity(let stretch)? = try await fixture.bodies().last else {
            Issue.record("the stretch was not told")
            return
        }
        #expect(stretch == IntegrityEvent(.outsideHours, window: ReceptionFixture.window, count: 2))
        let listed = try await fixture.reception.flags(FlagsRequest(window: "A01", sinceSeconds: 90_000)).flags
        #expect(
            listed.map(\.cause) == ["hasty-press", "pad-unplugged", "prompt-paused", "key-streak", "outside-hours"])
        #expect(listed.first?.session == first.number && listed.first?.time == "10:16:40")
        #expect(try await fixture.reception.flags(FlagsRequest(window: "A01", sinceSeconds: 60)).flags.count == 1)
        #expect(try await fixture.reception.flags(FlagsRequest(window: "A02")).flags.isEmpty)
        await #expect(throws: GatewayError.self) { try await fixture.reception.flags(FlagsRequest(window: "Z9")) }
        // What the journal has is listed after a restart too.
        let restarted = try await fixture.restarted(settings)
        #expect(try await restarted.reception.flags(FlagsRequest()).flags == listed)
        let next = await fixture.reception.flagCounts()
        #expect(next.sinceStart.first?.counts["key-streak"] == 1 && next.sinceStart.first?.counts["outside-hours"] == 1)
    }
}
