// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
import CRdKafka
import HallgateTesting
import KafkaUplink
import RatingModel
import Synchronization
import Testing
import UplinkAPI

/// The lines' language, in which the first rating that is written after somebody asks for it is too large for the topic.
private final class SwellingCoding: RegionCoding {
    private let lines = LineCoding()
    private let swollen = Mutex<(isNext: Bool, id: RecordID?)>((false, nil))

    /// From now on the next new rating is too large, as often as it is written; or none.
    func swell(_ isNext: Bool) { swollen.withLock { $0 = (isNext, nil) } }

    func message(for rating: OutgoingRecord) throws(GatewayError) -> [UInt8] {
        let isSwollen = swollen.withLock { swollen in
            if swollen.isNext { swollen = (false, rating.id) }
            return swollen.id == rating.id
        }
        return try lines.message(for: rating) + Array(repeating: 0x21, count: isSwollen ? 4000 : 0)
    }

    var limits: UplinkLimits { lines.limits }
    func outcomes(in message: [UInt8]) -> [RecordID: DeliveryOutcome]? { lines.outcomes(in: message) }
    func canState(_ rating: OutgoingRecord) -> Bool { lines.canState(rating) }
    func usesStatement(_ rating: OutgoingRecord) -> Bool { false }
    func call(handingOver batch: [OutgoingRecord], access: RegionAccess) throws(GatewayError) -> RegionCall {
        try lines.call(handingOver: batch, access: access)
    }
    func report(_ reply: RegionReply, on batch: [OutgoingRecord], at now: WallTime) -> DeliveryReport {
        lines.report(reply, on: batch, at: now)
    }
    func call(asking question: RegionQuestion, access: RegionAccess) throws(GatewayError) -> RegionCall? { nil }
    func token(in reply: RegionReply) throws(GatewayError) -> RegionToken { try lines.token(in: reply) }
    func outcomes(in reply: RegionReply, of batch: [OutgoingRecord]) throws(GatewayError) -> [DeliveryOutcome] {
        try lines.outcomes(in: reply, of: batch)
    }
    func holdsCase(_ reply: RegionReply) throws(GatewayError) -> Bool { try lines.holdsCase(reply) }
    func holdings(in reply: RegionReply) throws(GatewayError) -> RegionHoldings { try lines.holdings(in: reply) }
    func notices(in reply: RegionReply) throws(GatewayError) -> RegionNotices { try lines.notices(in: reply) }
}

/// A cluster whose brokers go down, answer late or end sessions, and a reader of its topic.
private final class ClusterFixture: UplinkFixture {
    private let cluster: MockCluster
    private let coding = SwellingCoding()
    private let state: Mutex<(uplink: KafkaUplink, behaviour: RegionBehaviour, stored: Int)>

    var uplink: any Uplink { get async { state.withLock { $0.uplink } } }
    var traits: UplinkTraits { UplinkTraits(tellsDuplicates: false) }

    init(_ cluster: MockCluster) throws {
        self.cluster = cluster
        state = Mutex((try Self.open(cluster, coding), .well, 0))
    }

    private static func open(_ cluster: MockCluster, _ coding: SwellingCoding) throws -> KafkaUplink {
        var settings = configuration(cluster.brokers)
        settings.messageBytes = 2000
        settings.requestTimeout = .milliseconds(1500)
        return try KafkaUplink.open(settings, name: UplinkName("region"), coding: coding, logger: quiet)
    }

    func impossible(_ behaviour: RegionBehaviour) -> String? {
        switch behaviour {
        case .refusingWhole: "a message stands for one rating: there is no batch to refuse"
        case .retrying: "a cluster takes a message or fails: it puts none off"
        case .silentOnOne: "there is a report for every message"
        default: nil
        }
    }

    func behave(_ behaviour: RegionBehaviour) async throws {
        let wasFailing = state.withLock { state in
            defer { state.behaviour = behaviour }
            return state.behaviour == .failing
        }
        cluster.clearErrors()
        cluster.setDown(behaviour == .failing)
        coding.swell(behaviour == .rejectingOne)
        cluster.setDelay(milliseconds: delay(of: behaviour))
        if wasFailing, behaviour != .failing { await untilReachable() }
        if behaviour == .breakingSessions {
            cluster.answerProducing(with: Array(repeating: RD_KAFKA_RESP_ERR__TRANSPORT, count: 5000))
        }
    }

    /// The library takes a moment until it tries brokers again.
    private func untilReachable() async {
        let uplink = state.withLock { $0.uplink }
        for _ in 0..<100 where await uplink.probe() != .answered { try? await Task.sleep(for: .milliseconds(20)) }
    }

    private func delay(of behaviour: RegionBehaviour) -> Int32 {
        switch behaviour {
        case .slow: 350
        case .losingAnswers: 2500
        case .silent: 60_000
        default: 0
        }
    }

    /// Reads the topic anew, without the delay; brokers that are down take nothing that was not counted before.
    func storedRatings() async throws -> Int {
        let (behaviour, before) = state.withLock { ($0.behaviour, $0.stored) }
        guard behaviour != .failing else { return before }
        cluster.setDelay(milliseconds: 0)
        let stored = Set(try await TopicReader.ids(cluster.brokers)).count
        cluster.setDelay(milliseconds: delay(of: behaviour))
        state.withLock { $0.stored = stored }
        return stored
    }

    func restartFarSide() async throws {
        cluster.setDown(true)
        try await Task.sleep(for: .milliseconds(50))
        if state.withLock({ $0.behaviour != .failing }) { cluster.setDown(false) }
    }

    func restartNearSide() async throws {
        await end()
        let fresh = try Self.open(cluster, coding)
        state.withLock { $0.uplink = fresh }
    }

    func end() async { await state.withLock { $0.uplink }.shutdown() }
}

extension ClusterTests {
    @Suite struct ConformanceTests {
        @Test func theUplinkKeepsTheContractOverARestartedCluster() async throws {
            try await withCluster { cluster, _ in
                let fixture = try ClusterFixture(cluster)
                let complaints = try await UplinkConformance.complaints(of: fixture)
                #expect(complaints == [])
                await fixture.end()
            }
        }
    }
}
#endif
