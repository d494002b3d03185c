// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import HallgateTesting
import JournalAPI
import OperatorAPI
import RatingDelivery
import RatingModel
import RegionProfiles
import StandInRegion
import Testing
import VirtualPads

@testable import HallgateApp

/// A 不满意 from a key pad on its way to a region that demands a reason for it, by each setting of `reasonless_bad`: real
/// gateway, real line, real region. A 非常满意 pressed behind it goes at once in every case.
@Suite(.timeLimit(.minutes(3))) struct ReasonlessBadTests {
    private static let refusal = "差评须填写 evalDetail 或 writingEvaluation"
    private static let region = UplinkName("region")

    @Test func `sent as it is, it is refused and parked with the region's reason, and is no delivery`() async throws {
        try await Way.run("reasonless_bad: send") { way in
            let counters = Conservation(recorded: 2, delivered: 1, parked: 1)
            #expect(await way.comes(to: counters))
            #expect(try way.stored(way.bad) == nil)
            try await way.expectGoodDelivered()
            let told = try await way.auditor.why(WhyRequest(id: way.bad))
            let delivery = try #require(told.deliveries.first)
            #expect(delivery.state == "parked" && delivery.receipts.map(\.state) == ["parked"])
            #expect(delivery.receipts.first?.answer.contains(Self.refusal) == true)
            #expect(delivery.systemText == nil, "nothing was said in the citizen's place")
            let shown = try #require(try await way.hall.service.why(WhyRequest(id: way.bad)).deliveries.first)
            #expect(shown.receipts.map(\.answer) == ["●"], "the region's words tell the level")
            // However often it is tried.
            _ = try await way.hall.service.retry(RetryRequest(id: way.bad, user: "wang"))
            // A region that accepts nothing else meanwhile might refuse for reasons of its own.
            _ = try await way.press(.satisfied, case: "P3")
            #expect(await eventually { (try? await way.moves(of: way.bad)) == ["parked", "pending", "parked"] })
            #expect(await way.comes(to: Conservation(recorded: 3, delivered: 2, parked: 1)))
            #expect(try way.stored(way.bad) == nil)
        }
    }

    @Test func `with the statement it is delivered once, marked as the system's words`() async throws {
        let sentence = "群众只按了键，未说明原因"
        try await Way.run("reasonless_bad: statement, reasonless_statement: \(sentence)") { way in
            #expect(await way.comes(to: Conservation(recorded: 2, delivered: 2)))
            try await way.expectBadDelivered(with: sentence)
            try await way.expectGoodDelivered()
            #expect(try await way.moves(of: way.bad) == ["delivered"])
        }
    }

    @Test func `held, it waits unseen for its hours, and then goes with the statement`() async throws {
        try await Way.run("reasonless_bad: hold, reasonless_hold: 2h") { way in
            let waiting = Conservation(recorded: 2, held: [.reasonless: 1], delivered: 1)
            #expect(await way.comes(to: waiting))
            try await way.expectGoodDelivered()
            try await way.expectHeldUnseen()
            way.clock.advance(by: .seconds(7190 - 60))
            way.forwarder.wake()
            try await Task.sleep(for: .milliseconds(500))
            #expect(try await way.conservation == waiting, "not earlier")
            try await way.expectHeldUnseen()
            way.clock.advance(by: .seconds(120))
            way.forwarder.wake()
            #expect(await way.comes(to: Conservation(recorded: 2, delivered: 2)))
            try await way.expectBadDelivered(with: RegionSettings.statement)
        }
    }
}

/// The whole way from the pad to the region's store, with both ratings pressed.
private struct Way {
    let hall: RunningHall
    let rack: PadRack
    let clock: AheadClock
    let reader: RegionStoreReader
    let forwarder: RatingForwarder
    /// The ids of the 不满意, pressed first, and of the 非常满意.
    let bad: String, good: String

    var auditor: GatewayAuditor { GatewayAuditor(service: hall.service) }

    /// Runs it with these words in the uplink's stanza, and watches all the time that nothing counts as delivered that
    /// the region does not hold.
    static func run(_ setting: String, _ body: @Sendable (Way) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "way-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try ThrowAwayCA(in: directory)
        // Time enough in an exchange to be seen there.
        let faults = [FaultRule(.delay(.milliseconds(100)))]
        let setup = StandInRegionConfiguration(
            store: directory + "/region.db", tls: authority.serverTLS(), faults: faults)
        try await withStandInRegion(setup) { region in
            let clock = AheadClock()
            let stanza = """
                name: region, kind: https, profile: national, url: '\(region.evaluateURL)',
                ca: \(authority.authority), retry: {first: 50ms, most: 200ms}, \(setting)
                """
            try await RunningHall.run(devices: "driver: native, window: W3", uplink: stanza, clock: clock) { hall in
                let settings = PadSettings(id: 3, link: hall.line, memoryPath: directory + "/memory", newLog: 77)
                let rack = try PadRack(pads: [settings], seed: 1)
                defer { rack.stop() }
                let forwarder = try #require(hall.gateway.forwarders.first).forwarder
                let reader = RegionStoreReader(path: directory + "/region.db")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await forwarder.run() }
                    group.addTask { try await watch(hall.gateway.journal, reader) }
                    defer {
                        forwarder.stop()
                        group.cancelAll()
                    }
                    let bad = try await press(.dissatisfied, case: "P1", rack, hall)
                    let good = try await press(.verySatisfied, case: "P2", rack, hall)
                    try await body(
                        Way(
                            hall: hall, rack: rack, clock: clock, reader: reader, forwarder: forwarder, bad: bad,
                            good: good))
                }
            }
        }
    }

    /// What the journal counts first, the region must hold then.
    private static func watch(_ journal: any RatingJournal, _ reader: RegionStoreReader) async throws {
        while !Task.isCancelled {
            let counters = try await journal.conservation(for: UplinkName("region"))
            let held = try reader.counts().received
            #expect(counters.holds && counters.delivered <= Int64(held))
            try? await Task.sleep(for: .milliseconds(3))
        }
    }

    /// Opens a session with a case, lets a citizen press the key of a level, and answers the rating's id.
    private static func press(
        _ level: SatisfactionLevel, case number: String, _ rack: PadRack, _ hall: RunningHall
    ) async throws -> String {
        try #require(await eventually { (try? await hall.client.devices().first?.state) == .ready })
        let request = SessionRequest(window: "W3", projectNumber: number, serviceNumber: "1")
        let session = try await hall.client.openSession(request).session
        let visit = Visit(
            prompt: session, key: level.rawValue, level: level.rawValue, thinking: .milliseconds(20),
            patience: .seconds(30))
        #expect(await rack.receive(visit, pad: 0) == .thanked)
        let recorded = try await hall.gateway.journal.entries(after: 0, atMost: 100).first { entry in
            if case .rating(let rating) = entry.body { rating.session == session } else { false }
        }
        return "\(try #require(recorded).id)"
    }

    func press(_ level: SatisfactionLevel, case number: String) async throws -> String {
        try await Self.press(level, case: number, rack, hall)
    }

    var conservation: Conservation {
        get async throws { try await hall.gateway.journal.conservation(for: UplinkName("region")) }
    }

    func comes(to counters: Conservation) async -> Bool {
        await eventually { (try? await conservation) == counters }
    }

    /// What the region holds of a rating, as it came.
    func stored(_ id: String) throws -> String? { try reader.body(of: id) }

    /// The states a rating came to, as an auditor sees them.
    func moves(of id: String) async throws -> [String]? {
        try await auditor.why(WhyRequest(id: id)).deliveries.first?.receipts.map(\.state)
    }

    func expectGoodDelivered() async throws {
        let stored = try #require(try stored(good))
        #expect(stored.contains(#""writingEvaluation":"""#) && stored.contains(#""satisfaction":"5""#))
        let delivery = try #require(try await auditor.why(WhyRequest(id: good)).deliveries.first)
        #expect(delivery.receipts.map(\.state) == ["delivered"] && delivery.systemText == nil)
    }

    func expectBadDelivered(with sentence: String) async throws {
        let stored = try #require(try stored(bad))
        #expect(stored.contains(#""writingEvaluation":"\#(sentence)""#) && stored.contains(#""evalDetail":"""#))
        #expect(stored.contains(#""satisfaction":"2""#))
        let counts = try reader.counts()
        #expect(counts.received == 2 && counts.repeated == 0 && counts.rejected == 0)
        let told = try #require(try await auditor.why(WhyRequest(id: bad)).deliveries.first)
        #expect(told.state == "delivered" && told.systemText == sentence)
        let shown = try #require(try await hall.service.why(WhyRequest(id: bad)).deliveries.first)
        #expect(shown.state == "delivered" && shown.systemText == nil, "that the sentence stands there tells the level")
        #expect(shown.receipts.map(\.state) == ["delivered"])
    }

    /// The region has nothing of it; an operator sees it wait like any other, an auditor sees why.
    func expectHeldUnseen() async throws {
        #expect(try stored(bad) == nil)
        let uplink = try #require(await hall.service.status().uplinks.first)
        #expect(uplink.pending == 1 && uplink.held.values.allSatisfy { $0 == 0 } && uplink.delivered == 1)
        #expect(uplink.isConserved)
        let listed = try await hall.service.queue(QueueRequest())
        #expect(listed.uplinks.first?.states == ["pending": 1, "delivered": 1] && listed.records.isEmpty)
        let metrics = await hall.service.metrics()
        #expect(!metrics.contains("reasonless"))
        #expect(try await hall.service.why(WhyRequest(id: bad)).deliveries.first?.state == "waiting")
        let audited = try await auditor.queue(QueueRequest(state: "held:reasonless"))
        #expect(audited.records.map(\.id) == [bad])
        #expect(try await moves(of: bad) == [])
    }
}
