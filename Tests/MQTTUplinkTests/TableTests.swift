// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import DeliveryTable
import Glibc
import HallgateTesting
import MQTTUplink
import RatingModel
import Testing
import UplinkAPI

/// A broker and a receiver as the far side of the table.
private struct BrokerFarSide: FarSide {
    let name = UplinkName("region")
    let broker: Broker
    let settleOn: MQTTUplinkConfiguration.SettleOn

    func openUplink() async throws -> any Uplink {
        try MQTTUplink.open(
            broker.configuration(settleOn), name: name,
            coding: LineCoding(poisonEvery: settleOn == .receipt ? 1000 : 0), logger: quiet)
    }

    func closeUplink(_ uplink: any Uplink) async { await (uplink as? MQTTUplink)?.shutdown() }

    /// A broker declared durable goes down in order; one with receipts is killed, and loses what it acknowledged.
    func restart() async throws {
        let ready = broker.readyCount()
        try await broker.restart(settleOn == .puback ? SIGTERM : SIGKILL)
        try await broker.waitForReceiver(after: ready)
    }

    func arrivals() async throws -> [RecordID] { broker.arrivals() }
}

extension BrokerTests {
    @Suite struct TableTests {
        /// 2,000 ratings by default; `HALLGATE_RATINGS=100000` for the long form.
        private var ratings: Int { getenv("HALLGATE_RATINGS").flatMap { Int(String(cString: $0)) } ?? 2000 }

        private func table(poisonEvery: Int) -> DeliveryTable {
            DeliveryTable(ratings: ratings, poisonEvery: poisonEvery, limit: .seconds(120 + ratings / 50))
        }

        @Test func aBrokerKilledInMidStreamLosesNothingWithReceipts() async throws {
            let row = try await withBroker { broker in
                try await table(poisonEvery: 1000).run(
                    BrokerFarSide(broker: broker, settleOn: .receipt), directory: TestDirectory.make("journal"))
            }
            print("MQTT, receipts, broker killed: \(row)")
            #expect(row.lost == 0 && row.foreign == 0 && row.elsewhere == 0)
            #expect(row.parked == row.poison && row.delivered == row.recorded - row.poison)
            #expect(row.reasons == ["the region takes no poison"])
            #expect(row.farRestarts == 5 && row.nearRestarts == 5)
        }

        @Test func aDurableBrokerRestartedInMidStreamLosesNothingWithAcknowledgements() async throws {
            let row = try await withBroker(receipts: false) { broker in
                try await table(poisonEvery: 0).run(
                    BrokerFarSide(broker: broker, settleOn: .puback), directory: TestDirectory.make("journal"))
            }
            print("MQTT, PUBACK, broker restarted: \(row)")
            #expect(row.lost == 0 && row.foreign == 0 && row.elsewhere == 0)
            #expect(row.delivered == row.recorded && row.farRestarts == 5 && row.nearRestarts == 5)
        }

        @Test func onePoisonAmongAThousandIsParkedAlone() async throws {
            let (others, row) = try await withBroker { broker in
                try await DeliveryTable.poisonAmongAThousand(
                    BrokerFarSide(broker: broker, settleOn: .receipt), directory: TestDirectory.make("journal"))
            }
            print("MQTT, one poison among 1,000: the others in \(others), parked after \(row.duration)")
            #expect(row.delivered == 999 && row.parked == 1 && others < .seconds(5))
            #expect(row.reasons == ["the region takes no poison"])
        }
    }
}
#endif
