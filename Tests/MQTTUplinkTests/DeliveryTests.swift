// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import DeliveryTable
import Glibc
import HallgateTesting
import MQTTUplink
import RatingModel
import StandInRegion
import Synchronization
import Testing
import UplinkAPI

extension BrokerTests {
    @Suite struct DeliveryTests {
        @Test func receiptsSettleRatingsByTheRegionsWord() async throws {
            try await withBroker { broker in
                try await withUplink(broker.configuration(.receipt)) { uplink in
                    #expect(await uplink.probe() == .answered)
                    let first = await uplink.deliver(samples(1...10))
                    #expect(first.verdicts == Array(repeating: .accepted, count: 10), "\(first)")
                    let again = await uplink.deliver(samples(9...12))
                    #expect(again.verdicts == [.duplicate, .duplicate, .accepted, .accepted])
                    let poison = await uplink.deliver(samples(499...501))
                    #expect(poison.verdicts == [.accepted, .rejected, .accepted])
                    if case .answered(let outcomes) = poison {
                        #expect(outcomes[1].answer == "the region takes no poison")
                    }
                    #expect(Set(broker.arrivals()).count == 14)
                }
            }
        }

        @Test func aBrokerDeclaredDurableSettlesByItsAcknowledgement() async throws {
            try await withBroker(receipts: false) { broker in
                try await withUplink(broker.configuration(.puback)) { uplink in
                    let report = await uplink.deliver(samples(1...100))
                    #expect(report.verdicts == Array(repeating: .accepted, count: 100))
                    for _ in 0..<200 where broker.arrivals().count < 100 {
                        try await Task.sleep(for: .milliseconds(25))
                    }
                    #expect(broker.arrivals() == (1...100).map { UplinkSamples.id($0) }, "in order, each once")
                }
            }
        }

        @Test func withoutASubscriberNothingCountsAsDelivered() async throws {
            try await withBroker { broker in
                var configuration = broker.configuration(.puback)
                configuration.topic = "nobody/listens"
                try await withUplink(configuration) { uplink in
                    let report = await uplink.deliver(samples(1...3))
                    #expect(report.failure?.code == "uplink.no-subscriber")
                    #expect(report.mayHaveArrived == false)
                }
            }
        }

        @Test func aSilentRegionLeavesRatingsUndecidedAndALateReceiptCounts() async throws {
            try await withBroker { broker in
                var configuration = broker.configuration(.receipt)
                configuration.requestTimeout = .milliseconds(600)
                try await withUplink(configuration) { uplink in
                    try broker.behave("silent")
                    let silent = await uplink.deliver(samples(1...3))
                    #expect(silent.failure?.code == "uplink.no-receipts" && silent.mayHaveArrived == true)
                    try broker.behave("well")
                    let again = await uplink.deliver(samples(1...3))
                    #expect(again.verdicts == [.duplicate, .duplicate, .duplicate])
                    try broker.behave("retrying")
                    #expect(await uplink.deliver(samples(4...4)).verdicts == [.retry(after: nil)])
                }
            }
        }

        @Test func anOversizedRatingIsRefusedAlone() async throws {
            try await withBroker("max_packet_size 2000") { broker in
                let coding = LineCoding(poisonEvery: 1000, poisonBytes: 4000)
                try await withUplink(broker.configuration(.receipt), coding: coding) { uplink in
                    let report = await uplink.deliver(samples(499...501))
                    #expect(report.verdicts == [.accepted, .rejected, .accepted])
                }
            }
        }

        @Test func theBrokersReceiveMaximumBoundsWhatIsUnderWay() async throws {
            try await withBroker("max_inflight_messages 3") { broker in
                try await withUplink(broker.configuration(.receipt)) { uplink in
                    let report = await uplink.deliver(samples(1...200))
                    #expect(report.verdicts == Array(repeating: .accepted, count: 200))
                }
            }
        }

        /// The first of each is not taken up: it is not acknowledged, and comes again once the line is opened anew.
        @Test func noticesComeDownTheirTopicUntilTheyAreTakenUp() async throws {
            try await withBroker { broker in
                let seen = Mutex<[RegionNotices.Notice]>([])
                let refused = Atomic(0)
                var configuration = broker.configuration(.receipt)
                configuration.noticesTopic = "notices"
                configuration.statusTopic = "status"
                let take: @Sendable (RegionNotices, [UInt8]) -> Bool = { notices, _ in
                    guard refused.add(1, ordering: .relaxed).newValue > 2 else { return false }
                    seen.withLock { $0 += notices.notices }
                    return true
                }
                try await withUplink(configuration, onNotices: take) { uplink in
                    #expect(await uplink.probe() == .answered)
                    let id = UplinkSamples.id(7)
                    let publisher = try RunningProgram(
                        [
                            "mosquitto_pub", "-h", "localhost", "-p", "\(broker.port)", "--cafile", broker.ca.authority,
                            "--cert", broker.ca.clientCertificate, "--key", broker.ca.clientKey, "-q", "1", "-t",
                            "notices",
                            "-m", "verdict \(id) FH-1 upheld 维持原评价",
                        ], output: broker.directory + "/publisher.log")
                    for _ in 0..<200 where publisher.reaped() == nil { try await Task.sleep(for: .milliseconds(25)) }
                    for _ in 0..<800 where seen.withLock({ $0.isEmpty }) {
                        _ = await uplink.probe()
                        try await Task.sleep(for: .milliseconds(25))
                    }
                    #expect(
                        seen.withLock { $0 } == [.verdict(rating: id, number: "FH-1", outcome: "upheld", text: "维持原评价")]
                    )
                    // What was acknowledged does not come once more with another connection.
                    #expect(refused.load(ordering: .relaxed) == 3)
                    await uplink.shutdown()
                    #expect(await uplink.probe() == .answered)
                    #expect(await uplink.deliver(samples(1...1)).verdicts == [.accepted])
                    #expect(refused.load(ordering: .relaxed) == 3)
                }
            }
        }
    }
}
#endif
