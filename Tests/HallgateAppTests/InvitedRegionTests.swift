// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import DeviceAPI
import Foundation
import HallgateTesting
import JournalAPI
import OperatorAPI
import RatingDelivery
import RatingModel
import Testing

@testable import HallgateApp
@testable import StandInRegion

/// From a question that runs out to the region's books: real gateway, real journal, real line, real region.
@Suite(.timeLimit(.minutes(3))) struct InvitedRegionTests {
    @Test func `The region is told once, half an hour later, of those who did not answer`() async throws {
        try await Invited.run { hall in
            _ = try await hall.ask("P1")
            let late = try await hall.ask("P2")
            try await hall.ask(nil)
            #expect(await hall.comes(to: Conservation(recorded: 2, held: [.answerable: 2])))
            // The citizen comes back to the pad.
            await hall.press(1, prompt: late)
            #expect(await hall.comes(to: Conservation(recorded: 2, held: [.answerable: 1, .superseded: 1])))
            hall.wait(.seconds(1600))
            try await Task.sleep(for: .milliseconds(300))
            #expect(try hall.reader.invitations().isEmpty, "not earlier")
            hall.wait(.seconds(300))
            #expect(await hall.comes(to: Conservation(recorded: 2, held: [.superseded: 1], delivered: 1)))
            let told = try hall.reader.invitations()
            #expect(told.map(\.caseReference.projectNumber) == ["P1"] && told.map(\.arrivals) == [1])
            #expect(told.first?.window == "W3")
            hall.wait(.seconds(7200))
            try await hall.expectShown(invitation: try #require(told.first?.id))
            #expect(try hall.reader.counts().received == 1, "the late press is a rating, and nothing else is")
        }
    }

    @Test func `A rating from elsewhere in the hall before its time makes it needless, and why names the rating`()
        async throws
    {
        try await Invited.run { hall in
            _ = try await hall.ask("P1")
            let id = try await hall.rate("P1")
            #expect(await hall.comes(to: Conservation(recorded: 1, held: [.superseded: 1])))
            hall.wait(.seconds(7200))
            try await Task.sleep(for: .milliseconds(300))
            #expect(try hall.reader.invitations().isEmpty)
            let invitation = try await hall.invitation("P1")
            let why = try await hall.hall.service.why(WhyRequest(id: invitation))
            #expect(why.kind == "invitation" && why.invitation?.caseReference == "P1/1" && why.press == nil)
            #expect(why.deliveries.map(\.uplink) == ["region/invitations"])
            #expect(why.deliveries.map(\.state) == ["held:superseded"])
            #expect(why.beside.map(\.kind) == ["rating"] && why.beside.map(\.id) == ["\(id)"])
        }
    }

    @Test func `What the region has rated at its own page it calls a duplicate, and writes to nobody`() async throws {
        try await Invited.run { hall in
            _ = try await hall.ask("P1")
            #expect(await hall.comes(to: Conservation(recorded: 1, held: [.answerable: 1])))
            #expect(try await hall.rateAtTheRegion("P1"))
            hall.wait(.seconds(1900))
            #expect(await hall.comes(to: Conservation(recorded: 1, delivered: 1)))
            #expect(try hall.reader.invitations().isEmpty)
            let why = try await hall.hall.service.why(WhyRequest(id: try await hall.invitation("P1")))
            #expect(why.deliveries.first?.receipts.last?.wasDuplicate == true)
        }
    }

    @Test func `A region that is away gets it when it is back, and ratings wait for no invitation`() async throws {
        try await Invited.run(faults: "status:500 x3") { hall in
            _ = try await hall.ask("P1")
            hall.wait(.seconds(1900))
            #expect(await hall.comes(to: Conservation(recorded: 1, delivered: 1)))
            #expect(try hall.reader.invitations().map(\.arrivals) == [1])
            #expect(try hall.reader.counts().alteredInvitations == 0)
        }
    }
}

/// The daemon itself, killed with SIGKILL while it asks, and again once it has recorded that nobody answered.
@Suite(.timeLimit(.minutes(5))) struct InvitingDaemonTests {
    @Test func `However often it is killed in between, the region holds one invitation`() async throws {
        let store = FileManager.default.temporaryDirectory.appending(path: "inviting-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: store) }
        let authority = try ThrowAwayCA(in: store)
        var setup = StandInRegionConfiguration(store: store + "/region.db", tls: authority.serverTLS())
        setup.profile = "plain"
        try await withStandInRegion(setup) { region in
            let directory = try HallDaemon.prepare(
                """
                session: {late_press: 0s}
                uplinks: [{name: region, kind: https, profile: plain, url: '\(region.evaluateURL)', \
                invitation_after: 1s, ca: \(authority.authority)}]
                """)
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let client = ControlClient(path: directory + "/operator.sock", timeout: .seconds(5))
            var daemon = try await HallDaemon(in: directory)
            _ = try await client.openSession(
                SessionRequest(window: "A01", projectNumber: "P1", serviceNumber: "1", timeoutSeconds: 5))
            await daemon.kill()
            daemon = try await HallDaemon(in: directory)
            #expect(
                await eventually(within: .seconds(60)) {
                    (try? await client.status().invitations.first?.recorded) == 1
                })
            await daemon.kill()
            daemon = try await HallDaemon(in: directory)
            let reader = RegionStoreReader(path: store + "/region.db")
            #expect(try await eventually(within: .seconds(60)) { try reader.counts().invitations == 1 })
            await daemon.kill()
            daemon = try await HallDaemon(in: directory)
            #expect(
                await eventually(within: .seconds(60)) {
                    (try? await client.status().invitations.first?.delivered) == 1
                })
            await daemon.stop()
            let counts = try reader.counts()
            #expect(counts.invitations == 1 && counts.alteredInvitations == 0 && counts.received == 0)
            #expect(try reader.invitations().map(\.caseReference.projectNumber) == ["P1"])
        }
    }
}

/// A hall whose region takes invitations.
private struct Invited {
    static let queue = UplinkName("region").invitations
    let hall: RunningHall
    let clock: AheadClock
    let region: StandInRegion
    let reader: RegionStoreReader

    static func run(faults: String = "", _ body: @Sendable (Invited) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "invited-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try ThrowAwayCA(in: directory)
        var setup = StandInRegionConfiguration(
            store: directory + "/region.db", tls: authority.serverTLS(), faults: try FaultRule.list(faults))
        setup.profile = "plain"
        try await withStandInRegion(setup) { region in
            let clock = AheadClock()
            let stanza = """
                name: region, kind: https, profile: plain, url: '\(region.evaluateURL)', invitation_after: 30m,
                ca: \(authority.authority), retry: {first: 50ms, most: 200ms}
                """
            try await RunningHall.run(devices: "driver: native, window: W3", uplink: stanza, clock: clock) { hall in
                let reader = RegionStoreReader(path: directory + "/region.db")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let forwarders = hall.gateway.allForwarders.map(\.forwarder)
                    for forwarder in forwarders { group.addTask { await forwarder.run() } }
                    defer {
                        for forwarder in forwarders { forwarder.stop() }
                        group.cancelAll()
                    }
                    try await body(Invited(hall: hall, clock: clock, region: region, reader: reader))
                }
            }
        }
    }

    /// Asks about a case, and lets the question run out.
    @discardableResult func ask(_ number: String?) async throws -> PromptNumber {
        let request = SessionRequest(window: "W3", projectNumber: number, serviceNumber: number.map { _ in "1" })
        let session = try await hall.client.openSession(request).session
        clock.advance(by: .seconds(60))
        await hall.gateway.reception.tick()
        return session
    }

    /// Lets time pass, and the forwarders see it.
    func wait(_ duration: Duration) {
        clock.advance(by: duration)
        for each in hall.gateway.allForwarders { each.forwarder.wake() }
    }

    func comes(to counters: Conservation) async -> Bool {
        await eventually { (try? await hall.gateway.journal.conservation(for: Self.queue)) == counters }
    }

    func press(_ number: UInt64, prompt: PromptNumber) async {
        let press = CapturedPress(
            key: PressKey(device: DeviceID("pad-7"), log: 7, sequence: number),
            outcome: .rated(.satisfied, key: 2, label: "满意"), prompt: prompt, age: .zero, lifetimeCount: nil,
            driver: "native", rawFrame: [])
        let source = PressSource(path: "/dev/none", window: WindowID("W3"))
        _ = await hall.gateway.reception.receive(press, from: source)
    }

    /// A rating of a case by another channel and without its session, as the telephone desk hands one in.
    func rate(_ number: String) async throws -> RecordID {
        let press = CapturedPress(
            key: .oneTime(DeviceID("ingest/desk"), number: 5), outcome: .rated(.satisfied, key: 4, label: "满意"),
            prompt: nil, age: .zero, lifetimeCount: nil, driver: "ingest", rawFrame: [])
        let received = await hall.gateway.reception.receive(
            press, from: PressSource(path: "ingest/desk", window: nil), channel: .phone, personal: nil,
            caseReference: CaseReference(projectNumber: number, serviceNumber: "1"))
        guard case .recorded(let id) = received else {
            Issue.record("not recorded: \(received)")
            return RecordID(high: 0, low: 0)
        }
        return id
    }

    /// A phone rates at the region's own page.
    func rateAtTheRegion(_ number: String) async throws -> Bool {
        let form = "projectNo=\(number)&serviceNumber=1&satisfaction=4&evalDetail=&writingEvaluation="
        let phone = try RunningProgram(
            ["curl", "-sSk", "--fail", "-d", form, region.url("/evaluate")], output: "/dev/null")
        return await eventually { phone.reaped() == 0 }
    }

    /// The id of a case's invitation.
    func invitation(_ number: String) async throws -> String {
        let entries = try await hall.gateway.journal.entries(after: 0, atMost: 1000)
        let found = entries.first { entry in
            guard case .invitation(let invitation) = entry.body else { return false }
            return invitation.caseReference.projectNumber == number
        }
        return "\(try #require(found).id)"
    }

    /// Operators see invitations beside the ratings and in none of their counts.
    func expectShown(invitation id: String) async throws {
        let status = await hall.service.status()
        #expect(status.uplinks.map(\.name) == ["region"] && status.uplinks.first?.recorded == 1)
        #expect(status.invitations.map(\.name) == ["region"] && status.invitations.first?.recorded == 2)
        #expect(status.invitations.first?.delivered == 1 && status.invitations.first?.isConserved == true)
        let metrics = await hall.service.metrics()
        #expect(metrics.contains(#"hallgate_invitations{uplink="region",state="delivered"} 1"#))
        #expect(metrics.contains(#"hallgate_ratings{uplink="region",state="recorded"} 1"#))
        let why = try await hall.service.why(WhyRequest(id: id))
        #expect(why.deliveries.map(\.state) == ["delivered"])
        // That it waited before is not shown to operators of any record: some begin in a state that tells a level.
        #expect(why.deliveries.first?.receipts.map(\.state) == ["delivered"])
        let queue = try await hall.service.queue(QueueRequest(uplink: "region/invitations"))
        #expect(queue.records.isEmpty && queue.uplinks.first?.states == ["delivered": 1, "held:superseded": 1])
    }
}
