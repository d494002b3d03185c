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

/// What is recorded where a question about a case runs out.
@Suite struct InvitationTests {
    private static let queue = ReceptionFixture.region.invitations

    private func invitations(_ fixture: ReceptionFixture) async throws -> [Invitation] {
        try await fixture.bodies().compactMap { if case .invitation(let invitation) = $0 { invitation } else { nil } }
    }

    private func runOut(_ fixture: ReceptionFixture) async {
        fixture.clock.advance(by: 20)
        await fixture.reception.tick()
    }

    @Test func `A question that runs out is an invitation in the same transaction, once, over restarts too`()
        async throws
    {
        let fixture = try await ReceptionFixture(invites: true)
        let session = try await fixture.open()
        let asked = session.openedAt
        await runOut(fixture)
        await fixture.reception.tick()
        let found = try await invitations(fixture)
        #expect(found.count == 1)
        let invitation = try #require(found.first)
        #expect(invitation.caseReference == session.caseReference && invitation.session == session.number)
        #expect(invitation.window == ReceptionFixture.window && invitation.askedAt == asked)
        #expect(asked.monotonic.duration(to: invitation.endedAt.monotonic) == .seconds(20))
        // Nothing was committed between the two.
        let bodies = try await fixture.bodies()
        #expect(
            bodies.suffix(2) == [
                .noAnswer(NoAnswer(session: session.number, window: ReceptionFixture.window)),
                .invitation(invitation),
            ])
        let commits = await fixture.journal.commits
        #expect(commits == 2, "the session, and its end with the invitation")
        let restarted = try await fixture.restarted()
        await runOut(restarted)
        #expect(try await invitations(restarted).count == 1)
        #expect(
            try await restarted.journal.conservation(for: Self.queue)
                == Conservation(recorded: 1, held: [.answerable: 1]))
        #expect(try await restarted.journal.conservation(for: ReceptionFixture.region).recorded == 0)
    }

    /// The daemon was killed while the prompt showed, and came back after its time or before.
    @Test(arguments: [2.0, 30, 120]) func `A daemon that is killed while it asks leaves one invitation`(
        _ away: Double
    ) async throws {
        let before = try await ReceptionFixture(invites: true)
        _ = try await before.open()
        before.clock.advance(by: away)
        let after = try await before.restarted()
        await runOut(after)
        #expect(try await invitations(after).count == 1)
        let again = try await after.restarted()
        await runOut(again)
        #expect(try await invitations(again).count == 1)
    }

    @Test func `A journal that fails records both later or none`() async throws {
        let fixture = try await ReceptionFixture(invites: true)
        _ = try await fixture.open()
        let full = GatewayError("journal.disk-full", LocalText("full", "满"), hint: LocalText("free", "清理"))
        await fixture.journal.fail(with: full)
        await runOut(fixture)
        await fixture.journal.fail(with: nil)
        #expect(try await fixture.bodies().count == 1)
        let restarted = try await fixture.restarted()
        await runOut(restarted)
        #expect(try await invitations(restarted).count == 1)
        #expect(try await fixture.bodies().count == 3)
    }

    @Test func `A pad's own word that nobody pressed is one too, and the cancel key is not`() async throws {
        let fixture = try await ReceptionFixture(invites: true)
        let first = try await fixture.open("P1")
        #expect(await fixture.press(1, prompt: first.number, outcome: .timedOut) == .recorded)
        let second = try await fixture.open("P2")
        #expect(await fixture.press(2, prompt: second.number, outcome: .cancelled) == .recorded)
        await runOut(fixture)
        #expect(try await invitations(fixture).map(\.session) == [first.number])
        // The pad sends again, as after a kill before the thanks.
        #expect(await fixture.press(1, prompt: first.number, outcome: .timedOut) == .recorded)
        #expect(try await invitations(fixture).count == 1)
    }

    @Test func `Nobody is invited who answered, was not asked to the end, or came about no case`() async throws {
        let fixture = try await ReceptionFixture(invites: true)
        let answered = try await fixture.open("P1")
        await fixture.press(1, prompt: answered.number)
        await runOut(fixture)
        // Another takes its place before it ran out.
        _ = try await fixture.open("P2")
        let withdrawn = try await fixture.open("P3")
        await fixture.reception.handle(.cancelled(withdrawn.number))
        await runOut(fixture)
        _ = try await fixture.reception.open(CheckedSessionRequest(SessionRequest(window: "A01")))
        await runOut(fixture)
        #expect(try await invitations(fixture).isEmpty)
        let bodies = try await fixture.bodies()
        #expect(bodies.contains { if case .noAnswer = $0 { true } else { false } }, "the one about no case")
    }

    @Test func `Where no region takes any, none is made and nothing waits`() async throws {
        let fixture = try await ReceptionFixture()
        _ = try await fixture.open()
        await runOut(fixture)
        #expect(try await invitations(fixture).isEmpty)
        #expect(try await fixture.journal.knownUplinks() == [ReceptionFixture.region])
    }

    @Test func `A late press makes it needless, and so does the region's own page`() async throws {
        let fixture = try await ReceptionFixture(invites: true)
        _ = try await fixture.open("P1")
        await runOut(fixture)
        fixture.clock.advance(by: 60)
        await fixture.press(1)
        let late = try #require(try await fixture.ratings().first)
        #expect(late.caseReference?.projectNumber == "P1", "the press is the session's still")
        #expect(
            try await fixture.journal.conservation(for: Self.queue)
                == Conservation(recorded: 1, held: [.superseded: 1]))
        let second = try await fixture.open("P2")
        await runOut(fixture)
        await fixture.reception.answeredElsewhere(second.number)
        #expect(
            try await fixture.journal.conservation(for: Self.queue)
                == Conservation(recorded: 2, held: [.superseded: 2]))
        let third = try await fixture.open("P3")
        await runOut(fixture)
        await fixture.reception.withdrawInvitation(of: try #require(third.caseReference))
        #expect(try await fixture.journal.conservation(for: Self.queue).held == [.superseded: 3])
        #expect(try await fixture.ratings().count == 1, "no rating is made of any of it")
    }
}
