// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
import DeliveryTable
import Glibc
import HallgateTesting
import KafkaUplink
import RatingModel
import Testing
import UplinkAPI

/// A cluster and a reader of its topic as the far side of the table; poison is a message the topic has no room for.
private struct ClusterFarSide: FarSide {
    let name = UplinkName("region")
    let cluster: MockCluster
    let reader: TopicReader

    func openUplink() async throws -> any Uplink {
        var settings = configuration(cluster.brokers)
        settings.messageBytes = 2000
        return try KafkaUplink.open(
            settings, name: name, coding: LineCoding(poisonEvery: 1000, poisonBytes: 4000), logger: quiet)
    }

    func closeUplink(_ uplink: any Uplink) async { await (uplink as? KafkaUplink)?.shutdown() }

    /// All brokers go down at once, in the middle of what they do, and come back with what they had.
    func restart() async throws {
        cluster.setDown(true)
        try await Task.sleep(for: .milliseconds(200))
        cluster.setDown(false)
    }

    func arrivals() async throws -> [RecordID] { reader.messages().map(\.id) }
}

extension ClusterTests {
    @Suite struct TableTests {
        /// 2,000 ratings by default; `HALLGATE_RATINGS=100000` for the long form.
        private var ratings: Int { getenv("HALLGATE_RATINGS").flatMap { Int(String(cString: $0)) } ?? 2000 }

        @Test func aClusterRestartedInMidStreamLosesNothing() async throws {
            let row = try await withCluster { cluster, reader in
                try await DeliveryTable(ratings: ratings, poisonEvery: 1000, limit: .seconds(120 + ratings / 50)).run(
                    ClusterFarSide(cluster: cluster, reader: reader), directory: TestDirectory.make("journal"))
            }
            print("Kafka, all brokers down and up: \(row)")
            #expect(row.lost == 0 && row.foreign == 0 && row.elsewhere == 0)
            #expect(row.parked == row.poison && row.delivered == row.recorded - row.poison)
            #expect(row.reasons.allSatisfy { $0.contains("too large") } && !row.reasons.isEmpty)
            #expect(row.farRestarts == 5 && row.nearRestarts == 5)
        }

        @Test func onePoisonAmongAThousandIsParkedAlone() async throws {
            let (others, row) = try await withCluster { cluster, reader in
                try await DeliveryTable.poisonAmongAThousand(
                    ClusterFarSide(cluster: cluster, reader: reader), directory: TestDirectory.make("journal"))
            }
            print("Kafka, one poison among 1,000: the others in \(others), parked after \(row.duration)")
            #expect(row.delivered == 999 && row.parked == 1 && others < .seconds(5))
        }
    }
}
#endif
