// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
import CRdKafka
import FoundationEssentials
import Glibc
import HallgateTesting
import KafkaUplink
import RatingModel
import Testing
import UplinkAPI

extension ClusterTests {
    @Suite struct DeliveryTests {
        @Test func aRatingIsSettledByTheReportOfItsMessage() async throws {
            try await withCluster { cluster, reader in
                try await withUplink(configuration(cluster.brokers)) { uplink in
                    #expect(await uplink.probe() == .answered)
                    let report = await uplink.deliver(samples(1...100))
                    #expect(report.verdicts == Array(repeating: .accepted, count: 100), "\(report)")
                    let ids = try await reader.ids(atLeast: 100)
                    #expect(ids == (1...100).map { UplinkSamples.id($0) }, "in order, each once, by its header")
                    #expect(Set(reader.messages().map(\.key)) == ["A01"], "keyed by window")
                    #expect(Set(reader.messages().map(\.partition)).count == 1)
                }
            }
        }

        @Test func errorsThatPassAreRetriedByTheProducerWithoutDoubling() async throws {
            try await withCluster { cluster, reader in
                try await withUplink(configuration(cluster.brokers)) { uplink in
                    cluster.answerProducing(with: [
                        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                        RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
                    ])
                    let report = await uplink.deliver(samples(1...10))
                    #expect(report.verdicts == Array(repeating: .accepted, count: 10), "\(report)")
                    let ids = try await reader.ids(atLeast: 10)
                    #expect(ids == (1...10).map { UplinkSamples.id($0) })
                }
            }
        }

        @Test func aMessageThatIsTooLargeIsRefusedAlone() async throws {
            try await withCluster { cluster, reader in
                var settings = configuration(cluster.brokers)
                settings.messageBytes = 2000
                let coding = LineCoding(poisonEvery: 1000, poisonBytes: 4000)
                try await withUplink(settings, coding: coding) { uplink in
                    let report = await uplink.deliver(samples(499...501))
                    #expect(report.verdicts == [.accepted, .rejected, .accepted], "\(report)")
                    let ids = Set(try await reader.ids(atLeast: 2))
                    #expect(ids == [UplinkSamples.id(499), UplinkSamples.id(501)])
                }
            }
        }

        @Test func aMessageTheClusterCallsTooLargeIsRefused() async throws {
            try await withCluster { cluster, _ in
                try await withUplink(configuration(cluster.brokers)) { uplink in
                    cluster.answerProducing(with: [RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE])
                    #expect(await uplink.deliver(samples(1...1)).verdicts == [.rejected])
                    cluster.clearErrors()
                    #expect(await uplink.deliver(samples(2...2)).verdicts == [.accepted])
                }
            }
        }

        @Test func aGatewayWithoutRightsIsAnOutage() async throws {
            try await withCluster { cluster, _ in
                try await withUplink(configuration(cluster.brokers)) { uplink in
                    cluster.answerProducing(
                        with: Array(repeating: RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, count: 4))
                    let report = await uplink.deliver(samples(1...3))
                    #expect(report.failure?.code == "uplink.unauthorized", "\(report)")
                    cluster.clearErrors()
                    let verdicts = try await untilTaken(samples(1...3), by: uplink)
                    #expect(verdicts == [.accepted, .accepted, .accepted])
                }
            }
        }

        /// Tries until the cluster says something of the ratings, as a forwarder does.
        /// Delivers until the cluster answers: a new producer may need longer to meet it than a test wants to wait for a
        /// cluster that stands still.
        private func untilTaken(_ ratings: [OutgoingRecord], by uplink: KafkaUplink) async throws -> [DeliveryVerdict]?
        {
            for _ in 0..<100 {
                if let verdicts = await uplink.deliver(ratings).verdicts { return verdicts }
                try await Task.sleep(for: .milliseconds(50))
            }
            return nil
        }

        @Test(arguments: [
            (RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "uplink.unauthorized"),
            (RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "uplink.wrong-address"),
        ])
        func aTopicThatIsNotThereIsAnOutageHoweverOftenItIsTried(
            _ error: rd_kafka_resp_err_t, _ code: String
        ) async throws {
            try await withCluster { cluster, _ in
                cluster.setTopic(error)
                var settings = configuration(cluster.brokers)
                settings.requestTimeout = .seconds(2)
                try await withUplink(settings) { uplink in
                    for _ in 0..<3 {
                        let report = await uplink.deliver(samples(1...3))
                        #expect(report.failure?.code == code && report.mayHaveArrived == false, "\(report)")
                    }
                    cluster.setTopic(RD_KAFKA_RESP_ERR_NO_ERROR)
                    let verdicts = try await untilTaken(samples(1...3), by: uplink)
                    #expect(verdicts == [.accepted, .accepted, .accepted])
                }
            }
        }

        @Test func aProducerThatWasFencedIsMadeAnew() async throws {
            try await withCluster { cluster, reader in
                try await withUplink(configuration(cluster.brokers)) { uplink in
                    #expect(await uplink.deliver(samples(1...2)).verdicts == [.accepted, .accepted])
                    cluster.answerProducing(with: [RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER])
                    let fenced = await uplink.deliver(samples(3...4))
                    #expect(fenced.failure != nil, "\(fenced)")
                    cluster.clearErrors()
                    #expect(await uplink.deliver(samples(3...4)).verdicts == [.accepted, .accepted])
                    let ids = Set(try await reader.ids(atLeast: 4))
                    #expect(ids.count == 4)
                }
            }
        }

        @Test func brokersThatAreDownAreUnreachableAndFoundAgain() async throws {
            try await withCluster { cluster, reader in
                var settings = configuration(cluster.brokers)
                settings.requestTimeout = .seconds(1)
                try await withUplink(settings) { uplink in
                    let first = try await untilTaken(samples(1...2), by: uplink)
                    #expect(first == [.accepted, .accepted])
                    cluster.setDown(true)
                    let report = await uplink.deliver(samples(3...4))
                    #expect(report.failure?.code == "uplink.not-connected", "\(report)")
                    #expect(report.mayHaveArrived == false)
                    cluster.setDown(false)
                    let verdicts = try await untilTaken(samples(3...4), by: uplink)
                    #expect(verdicts == [.accepted, .accepted])
                    let ids = Set(try await reader.ids(atLeast: 4))
                    #expect(ids.count == 4)
                }
            }
        }

        @Test func anAnswerThatDoesNotComeMayMeanArrival() async throws {
            try await withCluster { cluster, _ in
                var settings = configuration(cluster.brokers)
                settings.requestTimeout = .seconds(1)
                try await withUplink(settings) { uplink in
                    let first = try await untilTaken(samples(1...1), by: uplink)
                    #expect(first == [.accepted])
                    cluster.setDelay(milliseconds: 4000)
                    let report = await uplink.deliver(samples(2...2))
                    #expect(report.failure?.code == "uplink.not-connected", "\(report)")
                    #expect(report.mayHaveArrived == true)
                    cluster.setDelay(milliseconds: 0)
                }
            }
        }

        @Test func aCancelledDeliveryEndsAtOnce() async throws {
            try await withCluster { cluster, _ in
                try await withUplink(configuration(cluster.brokers)) { uplink in
                    cluster.setDelay(milliseconds: 4000)
                    let started = ContinuousClock.now
                    let report = await withTaskGroup(of: DeliveryReport.self) { group in
                        group.addTask { await uplink.deliver(samples(1...2)) }
                        try? await Task.sleep(for: .milliseconds(100))
                        group.cancelAll()
                        return await group.next()
                    }
                    #expect(report?.failure?.code == "uplink.stopped")
                    #expect(started.duration(to: .now) < .seconds(2))
                    cluster.setDelay(milliseconds: 0)
                }
            }
        }

        @Test func aClusterInAProcessOfItsOwnCanStandStillAndBeKilled() async throws {
            let directory = try TestDirectory.make("cluster")
            let script = server("kafka_cluster.py")
            let program = try RunningProgram(
                ["/usr/bin/python3", script, directory + "/brokers"], output: directory + "/log")
            var brokers = ""
            for _ in 0..<400 where brokers.isEmpty {
                try await Task.sleep(for: .milliseconds(25))
                brokers = (try? String(contentsOf: URL(filePath: directory + "/brokers"), encoding: .utf8)) ?? ""
            }
            var settings = configuration(brokers.split(separator: ",").map(String.init))
            settings.requestTimeout = .seconds(1)
            try await withUplink(settings) { uplink in
                let first = try await untilTaken(samples(1...10), by: uplink)
                #expect(first == Array(repeating: .accepted, count: 10))
                program.signal(SIGSTOP)
                let still = await uplink.deliver(samples(11...12))
                #expect(still.failure?.code == "uplink.not-connected", "\(still)")
                #expect(still.mayHaveArrived == true)
                program.signal(SIGCONT)
                let verdicts = try await untilTaken(samples(11...12), by: uplink)
                #expect(verdicts == [.accepted, .accepted])
                await program.end(SIGKILL)
                let killed = await uplink.deliver(samples(13...14))
                #expect(killed.failure?.code == "uplink.not-connected" && killed.mayHaveArrived == false, "\(killed)")
            }
        }

        @Test func aValueOfNoUseIsSaidAtTheBeginning() throws {
            var settings = configuration(["localhost:1"])
            settings.security = .ssl
            settings.authorityFile = "/nothing/here.pem"
            #expect(throws: GatewayError.self) {
                try KafkaUplink.open(settings, name: UplinkName("region"), coding: LineCoding(), logger: quiet)
            }
        }
    }
}
#endif
