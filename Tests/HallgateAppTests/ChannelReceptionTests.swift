// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingIntake
import RatingModel
import RegionProfiles
import Testing
import UplinkAPI
import WindowSessions

@testable import HallgateApp

/// What comes with more than a key: a channel, what the citizen wrote, a number instead of a place in a log.
@Suite struct ChannelReceptionTests {
    private static let page = PressSource(path: "page", window: ReceptionFixture.window)

    private func press(
        _ number: UInt64, _ level: SatisfactionLevel = .dissatisfied, prompt: PromptNumber? = nil
    ) -> CapturedPress {
        CapturedPress(
            key: .oneTime(DeviceID("pages"), number: number), outcome: .rated(level, key: 0, label: level.label),
            prompt: prompt, age: .zero, lifetimeCount: nil, driver: "page", rawFrame: [])
    }

    private func send(
        _ press: CapturedPress, _ fixture: ReceptionFixture, _ personal: PersonalFields? = nil
    ) async -> Reception {
        await fixture.reception.receive(press, from: Self.page, channel: .qrCode, personal: personal)
    }

    @Test func `What was written is kept with the rating and goes out with it`() async throws {
        let fixture = try await ReceptionFixture()
        let session = try await fixture.open()
        let personal = PersonalFields(["indicators": "209,213", "text": "等太久"])
        let reception = await send(press(1, prompt: session.number), fixture, personal)
        let id = try #require(reception.record)
        #expect(reception == .recorded(id))
        #expect(try await fixture.ratings().map(\.channel) == [.qrCode])
        let lent = try #require(try await fixture.journal.lease(9, for: ReceptionFixture.region).first)
        #expect(lent.id == id && lent.personal == personal && lent.rating?.session == session.number)
        #expect(lent.content.caseReference == session.caseReference && lent.content.channel == .qrCode)
    }

    @Test func `Pads stop asking once a page was sent, and nobody is suspected for it`() async throws {
        let fixture = try await ReceptionFixture()
        let session = try await fixture.open()
        _ = await send(press(1, prompt: session.number), fixture)
        #expect(fixture.told.all.last == .cancelPrompt(session.number))
        let count = fixture.told.all.count
        _ = await send(press(1, prompt: session.number), fixture)
        #expect(fixture.told.all.count == count, "what came again takes nothing back again")
        for _ in 0..<60 {
            fixture.clock.advance(by: 1)
            await fixture.reception.tick()
        }
        #expect(try await fixture.flags().isEmpty)
        #expect(try await fixture.bodies().count == 2, "nobody is said not to have answered")
    }

    @Test func `The same number again is the same rating, and another level under it a conflict`() async throws {
        let fixture = try await ReceptionFixture()
        let id = try #require(await send(press(1), fixture).record)
        #expect(await send(press(1), fixture, PersonalFields(["text": "又一次"])) == .duplicate(of: id))
        let conflict = await send(press(1, .satisfied), fixture)
        let kept = try #require(try await fixture.journal.entries(beside: id).first)
        #expect(conflict == .conflict(with: id, keptAs: kept.id))
        let full = GatewayError("journal.disk-full", LocalText("full", "满"), hint: LocalText("free", "清理"))
        await fixture.journal.fail(with: full)
        #expect(await send(press(2), fixture) == .refused(full))
    }

    /// Neither silences the other: both are the session's, and the second is the region's to take as 追评 or not.
    @Test(arguments: [false, true]) func `A pad and a page for one session are both kept`(
        _ isPageFirst: Bool
    ) async throws {
        var settings = SessionSettings()
        settings.isHeldForCorrection = true
        let fixture = try await ReceptionFixture(nil, settings)
        let session = try await fixture.open()
        if isPageFirst { _ = await send(press(1, prompt: session.number), fixture) }
        // A simple pad that names no prompt.
        #expect(await fixture.press(1) == .recorded)
        if !isPageFirst { _ = await send(press(1, prompt: session.number), fixture) }
        fixture.clock.advance(by: 6)
        #expect(try await fixture.ratings().map(\.session) == [session.number, session.number])
        let lent = try await fixture.journal.lease(9, for: ReceptionFixture.region)
        #expect(lent.map(\.ordinal) == [1, 2] && lent.allSatisfy { $0.content.caseReference == session.caseReference })
        #expect(Set(lent.map(\.content.channel)) == [.terminal, .qrCode])
        #expect(try await fixture.journal.conservation(for: ReceptionFixture.region).held.isEmpty)
    }

    @Test func `A static code at a window is nobody's session and no repeat`() async throws {
        let fixture = try await ReceptionFixture()
        _ = try await fixture.open()
        for number in 1...3 { _ = await send(press(UInt64(number)), fixture) }
        let ratings = try await fixture.ratings()
        #expect(ratings.map(\.session) == [nil, nil, nil] && ratings.allSatisfy { !$0.isRepeat })
        #expect(ratings.allSatisfy { $0.window == ReceptionFixture.window })
    }

    /// Numbers are random in 64 bits: what is remembered of them must not grow, nor be taken for places in a log.
    @Test func `Many numbers of one source are one position and no gap`() async throws {
        let fixture = try await ReceptionFixture()
        let numbers: [UInt64] =
            [.max, 1, 1 << 62, 1 << 63, 7] + (2..<200).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
        for number in numbers { _ = await send(press(number), fixture) }
        #expect(try await fixture.journal.pressPositions().map(\.key.device) == [DeviceID("pages")])
        #expect(await fixture.reception.findings.missing.isEmpty)
        let again = try await fixture.restarted()
        let kept = Set(numbers.map { PressKey.oneTime(DeviceID("pages"), number: $0) }).count
        for number in numbers {
            let id = try #require(await send(press(number), again).record)
            #expect(await send(press(number), again) == .duplicate(of: id))
        }
        #expect(try await again.ratings().count == kept)
        #expect(await again.reception.findings.missing.isEmpty)
    }

    @Test func `A reason given with a rating is waited for by nobody`() async throws {
        let journal = MemoryJournal(uplinks: [ReceptionFixture.region])
        let reception = try await PressReception(
            journal: journal, intake: RatingIntake(journal: journal), clock: HandClock(),
            routes: [
                DeliveryRoute(
                    uplink: ReceptionFixture.region, takesUnmatched: true, takesUnrated: false, holdsReasonless: true)
            ], configuration: .builtIn, wakeForwarders: {}, logger: Logger(label: "test"))
        let reasons: [PersonalFields?] = [
            nil, PersonalFields(["name": "白云"]), PersonalFields(["text": "等太久"]), PersonalFields(["indicators": "209"]),
        ]
        for (number, personal) in reasons.enumerated() {
            _ = await reception.receive(
                press(UInt64(number)), from: Self.page, channel: .qrCode, personal: personal)
        }
        let counts = try await journal.conservation(for: ReceptionFixture.region)
        #expect(counts.pending == 2 && counts.held[.reasonless] == 2)
    }

    /// The sentence is only ever the system's: where the citizen said why, nobody is told that it went up.
    @Test func `An auditor is told of the sentence only where it is said`() async throws {
        let fixture = try await ReceptionFixture()
        var settings = RegionSettings()
        settings.terms.reasonlessBad = .statement
        let queue = GatewayQueue(journal: fixture.journal, viewer: .auditing)
        for (number, personal, isSaid) in [
            (UInt64(1), PersonalFields?.none, true), (2, PersonalFields(["text": "等太久"]), false),
            (3, PersonalFields(["mobile": "139"]), true),
        ] {
            let id = try #require(await send(press(number), fixture, personal).record)
            let report = try await queue.why(
                WhyRequest(id: "\(id)"), masked: { _ in "" }, systemText: { settings.systemText(for: $1) }
            ) { _, _ in [] }
            #expect((report.deliveries.first?.systemText != nil) == isSaid)
            #expect(report.press?.channel == "qr")
        }
    }
}
