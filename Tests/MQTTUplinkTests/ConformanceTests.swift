// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import Glibc
import HallgateTesting
import MQTTUplink
import RatingModel
import Synchronization
import Testing
import UplinkAPI

/// A broker, a receiver with receipts and a line between broker and uplink that can go wrong.
private final class BrokerFixture: UplinkFixture {
    private struct State {
        var uplink: MQTTUplink
        var behaviour = RegionBehaviour.well
        var times = 0
    }

    private let broker: Broker
    private let line: LineProxy
    private let state: Mutex<State>

    var uplink: any Uplink { get async { state.withLock { $0.uplink } } }
    var traits: UplinkTraits { UplinkTraits(countingLag: .seconds(3)) }

    init(_ broker: Broker) throws {
        self.broker = broker
        line = try LineProxy(to: broker.port)
        state = Mutex(State(uplink: try Self.open(broker, line)))
    }

    private static func open(_ broker: Broker, _ line: LineProxy) throws -> MQTTUplink {
        var configuration = broker.configuration(.receipt)
        configuration.port = line.port
        configuration.requestTimeout = .seconds(2)
        configuration.connectTimeout = .seconds(2)
        return try MQTTUplink.open(configuration, name: UplinkName("region"), coding: LineCoding(), logger: quiet)
    }

    func impossible(_ behaviour: RegionBehaviour) -> String? {
        behaviour == .refusingWhole ? "a message stands for one rating: there is no batch to refuse" : nil
    }

    func behave(_ behaviour: RegionBehaviour) async throws {
        let (times, wasFailing) = state.withLock { state in
            defer { state.behaviour = behaviour }
            state.times += 1
            return (state.times, state.behaviour == .failing)
        }
        var condition = LineProxy.Condition()
        condition.isListening = behaviour != .failing
        condition.passesRequests = behaviour != .breakingSessions
        line.set(condition)
        if behaviour == .failing { line.cut() }
        if wasFailing, behaviour != .failing { await untilListening() }
        switch behaviour {
        case .rejectingOne: try broker.behave("rejecting-one \(times)")
        case .silentOnOne: try broker.behave("silent-on-one \(times)")
        case .retrying: try broker.behave("retrying")
        case .losingAnswers, .silent: try broker.behave("silent")
        case .slow: try broker.behave("slow \(times)")
        case .well, .refusingWhole, .failing, .breakingSessions: try broker.behave("well")
        }
    }

    /// The line takes a moment until it listens again.
    private func untilListening() async {
        let uplink = state.withLock { $0.uplink }
        for _ in 0..<100 where await uplink.probe() != .answered { try? await Task.sleep(for: .milliseconds(20)) }
    }

    /// Ends sessions while they are to be broken, until it is cancelled.
    func breakSessions() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(100))
            if state.withLock({ $0.behaviour == .breakingSessions }) { line.cut() }
        }
    }

    func storedRatings() async throws -> Int { Set(broker.arrivals()).count }

    func restartFarSide() async throws {
        let ready = broker.readyCount()
        try await broker.restart(SIGKILL)
        try await broker.waitForReceiver(after: ready)
    }

    func restartNearSide() async throws {
        await end()
        let fresh = try Self.open(broker, line)
        state.withLock { $0.uplink = fresh }
    }

    func end() async { await state.withLock { $0.uplink }.shutdown() }
}

extension BrokerTests {
    @Suite struct ConformanceTests {
        @Test func theUplinkKeepsTheContractOverAKilledBroker() async throws {
            try await withBroker { broker in
                let fixture = try BrokerFixture(broker)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await fixture.breakSessions() }
                    defer { group.cancelAll() }
                    let complaints = try await UplinkConformance.complaints(of: fixture)
                    #expect(complaints == [])
                }
                await fixture.end()
            }
        }
    }
}
#endif
