// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
import CRdKafka
import FoundationEssentials
import Glibc
import HallgateTesting
import KafkaUplink
import Logging
import RatingModel
import Synchronization
import Testing
import UplinkAPI

/// The tests that talk to a cluster, one at a time: they have deadlines, and the machine may be small.
@Suite(.serialized) struct ClusterTests {}

/// The library's own cluster of three brokers in this process, with the topic `ratings` of four partitions.
///
/// Its brokers keep what they have while they are down. Unchecked, because its handles are pointers; the library lets
/// every thread use them.
final class MockCluster: @unchecked Sendable {
    static let produceKey: Int16 = 0

    let brokers: [String]
    private let handle: OpaquePointer
    private let cluster: OpaquePointer

    init() throws {
        let settings = rd_kafka_conf_new()
        rd_kafka_conf_set_log_cb(settings) { _, _, _, _ in }
        var words = [CChar](repeating: 0, count: 512)
        handle = try #require(rd_kafka_new(RD_KAFKA_PRODUCER, settings, &words, words.count))
        cluster = try #require(rd_kafka_mock_cluster_new(handle, 3))
        rd_kafka_mock_topic_create(cluster, "ratings", 4, 3)
        let bootstraps = try #require(rd_kafka_mock_cluster_bootstraps(cluster))
        brokers = String(cString: bootstraps).split(separator: ",").map(String.init)
    }

    func end() {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(handle)
    }

    /// Takes every broker down, or brings them up again.
    func setDown(_ isDown: Bool) {
        for broker in Int32(1)...3 {
            _ = isDown ? rd_kafka_mock_broker_set_down(cluster, broker) : rd_kafka_mock_broker_set_up(cluster, broker)
        }
    }

    /// The next produce requests are answered so.
    func answerProducing(with errors: [rd_kafka_resp_err_t]) {
        rd_kafka_mock_push_request_errors_array(cluster, Self.produceKey, errors.count, errors)
    }

    /// The cluster says so of the topic itself.
    func setTopic(_ error: rd_kafka_resp_err_t) { rd_kafka_mock_topic_set_error(cluster, "ratings", error) }

    /// Forgets errors that are still to come.
    func clearErrors() { rd_kafka_mock_clear_request_errors(cluster, Self.produceKey) }

    /// Answers come after so long.
    func setDelay(milliseconds: Int32) {
        for broker in Int32(1)...3 { rd_kafka_mock_broker_set_rtt(cluster, broker, milliseconds) }
    }
}

/// Reads the topic by the `kcat` command, as a region's receiver would.
final class TopicReader: Sendable {
    private let output: String
    private let program: RunningProgram

    init(_ brokers: [String]) throws {
        output = try TestDirectory.make("kafka") + "/messages"
        program = try RunningProgram(
            [
                "kcat", "-C", "-E", "-q", "-u", "-b", brokers.joined(separator: ","), "-t", "ratings", "-o",
                "beginning",
                "-X", "reconnect.backoff.max.ms=500", "-f", "%p %o %k %h\n",
            ], output: output)
    }

    /// A message as the reader printed it.
    struct Message: Hashable {
        let partition: String
        let offset: Int
        let key: String
        let id: RecordID
    }

    func messages() -> [Message] { Self.messages(in: output) }

    private static func messages(in output: String) -> [Message] {
        guard let data = try? Data(contentsOf: URL(filePath: output)) else { return [] }
        var seen = Set<Message>()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let offset = Int(words[1]), words[3].hasPrefix("id="),
                let id = RecordID(String(words[3].dropFirst(3)))
            else { return nil }
            let message = Message(partition: words[0], offset: offset, key: words[2], id: id)
            return seen.insert(message).inserted ? message : nil
        }
    }

    /// Reads the whole topic once, from the beginning to its end now.
    static func ids(_ brokers: [String]) async throws -> [RecordID] {
        let output = try TestDirectory.make("kafka") + "/messages"
        let program = try RunningProgram(
            [
                "kcat", "-C", "-e", "-q", "-u", "-b", brokers.joined(separator: ","), "-t", "ratings", "-o",
                "beginning",
                "-X", "fetch.wait.max.ms=10", "-f", "%p %o %k %h\n",
            ], output: output)
        for _ in 0..<2000 where program.reaped() == nil { try await Task.sleep(for: .milliseconds(5)) }
        await program.end(SIGKILL)
        return TopicReader.messages(in: output).map(\.id)
    }

    /// Waits until so many different ratings have come.
    func ids(atLeast count: Int) async throws -> [RecordID] {
        for _ in 0..<400 {
            let ids = messages().map(\.id)
            if Set(ids).count >= count { return ids }
            try await Task.sleep(for: .milliseconds(25))
        }
        return messages().map(\.id)
    }

    func end() async { await program.end(SIGKILL) }
}

/// A peer of the tests by its file's name.
func server(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Servers/" + name
}

let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

func configuration(_ brokers: [String]) -> KafkaUplinkConfiguration {
    var configuration = KafkaUplinkConfiguration(brokers: brokers, topic: "ratings", security: .plaintext)
    configuration.requestTimeout = .seconds(5)
    return configuration
}

/// A cluster with a reader for the length of a body.
func withCluster<Answer>(_ body: (MockCluster, TopicReader) async throws -> Answer) async throws -> Answer {
    let cluster = try MockCluster()
    let reader = try TopicReader(cluster.brokers)
    do {
        let answer = try await body(cluster, reader)
        await reader.end()
        cluster.end()
        return answer
    } catch {
        await reader.end()
        cluster.end()
        throw error
    }
}

/// An uplink for the length of a body.
func withUplink<Answer>(
    _ configuration: KafkaUplinkConfiguration, coding: LineCoding = LineCoding(),
    _ body: (KafkaUplink) async throws -> Answer
) async throws -> Answer {
    let uplink = try KafkaUplink.open(configuration, name: UplinkName("region"), coding: coding, logger: quiet)
    do {
        let answer = try await body(uplink)
        await uplink.shutdown()
        return answer
    } catch {
        await uplink.shutdown()
        throw error
    }
}

func samples(_ numbers: ClosedRange<Int>) -> [OutgoingRecord] { numbers.map { UplinkSamples.outgoing($0) } }

extension DeliveryReport {
    var failure: GatewayError? { if case .unreachable(let error, _, _) = self { error } else { nil } }
    var mayHaveArrived: Bool? { if case .unreachable(_, let mayHave, _) = self { mayHave } else { nil } }
    var verdicts: [DeliveryVerdict]? { if case .answered(let outcomes) = self { outcomes.map(\.verdict) } else { nil } }
}
#endif
