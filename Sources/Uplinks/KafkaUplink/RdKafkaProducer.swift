// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
import CRdKafka
import Glibc
import RatingModel
import Synchronization
import UplinkAPI

/// A producer of the library's with a thread of its own that serves its reports.
///
/// Unchecked, because the library's handle is a pointer. The library lets every thread use it until it is destroyed, which
/// the thread does after it has marked the producer as ended under ``shared``'s lock; others use it under that lock.
final class RdKafkaProducer: @unchecked Sendable {
    struct Exchange {
        var batch: ProducedBatch
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<DeliveryReport, Never>
    }

    struct Shared {
        var hasEnded = false
        var isDestroyed = false
        var exchanges: [Int: Exchange] = [:]
        var probes: [CheckedContinuation<ProbeResult, Never>] = []
        var closing: [CheckedContinuation<Void, Never>] = []
        var numbers = 0
    }

    let configuration: KafkaUplinkConfiguration
    let shared = Mutex(Shared())
    /// What the library said last of its connections since it wrote something; it has a lock of its own, because any of
    /// its threads speaks.
    let lineFailure = Mutex<ProduceFailure?>(nil)
    private(set) var handle: OpaquePointer?

    /// How long the cluster may take to name the topic's partitions.
    private static let questionMilliseconds: Int32 = 2000

    private init(_ configuration: KafkaUplinkConfiguration) { self.configuration = configuration }

    /// Makes the producer and starts its thread; the library connects by itself.
    static func start(_ configuration: KafkaUplinkConfiguration) throws(GatewayError) -> RdKafkaProducer {
        let producer = RdKafkaProducer(configuration)
        let settings = try ProducerSettings.make(configuration)
        let argument = Unmanaged.passRetained(producer)
        producer.setCallbacks(settings, argument.toOpaque())
        var words = [CChar](repeating: 0, count: 512)
        guard let handle = rd_kafka_new(RD_KAFKA_PRODUCER, settings, &words, words.count) else {
            rd_kafka_conf_destroy(settings)
            argument.release()
            throw .notOpened("be made", ProducerSettings.text(words))
        }
        producer.handle = handle
        var identifier = pthread_t()
        let failure = pthread_create(
            &identifier, nil,
            { @Sendable argument in
                guard let argument else { return nil }
                Unmanaged<RdKafkaProducer>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard failure == 0 else {
            rd_kafka_destroy(handle)
            argument.release()
            throw .notOpened("start a thread", String(cString: strerror(failure)))
        }
        pthread_detach(identifier)
        return producer
    }

    /// Connects the library's callbacks; reports come on this producer's thread, words on any.
    private func setCallbacks(_ settings: OpaquePointer, _ opaque: UnsafeMutableRawPointer) {
        rd_kafka_conf_set_opaque(settings, opaque)
        rd_kafka_conf_set_dr_msg_cb(settings) { _, message, opaque in
            guard let message, let opaque else { return }
            let place = UInt(bitPattern: message.pointee._private)
            Unmanaged<RdKafkaProducer>.fromOpaque(opaque).takeUnretainedValue()
                .reported(MessagePlace(place), ProducedFate(message))
        }
        rd_kafka_conf_set_error_cb(settings) { _, code, words, opaque in
            guard let words, let opaque, code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN.rawValue else { return }
            let failure = ProduceFailure(
                kind: .init(rd_kafka_resp_err_t(rawValue: code)), words: String(cString: words))
            Unmanaged<RdKafkaProducer>.fromOpaque(opaque).takeUnretainedValue().lineFailure.withLock { $0 = failure }
        }
        // Without a function of one's own the library writes to the standard error.
        rd_kafka_conf_set_log_cb(settings) { _, _, _, _ in }
    }

    /// Whether it is of no more use: ended, or fenced by the cluster, which only a new one mends.
    var hasEnded: Bool {
        shared.withLock { shared in
            shared.hasEnded || rd_kafka_fatal_error(handle, nil, 0) != RD_KAFKA_RESP_ERR_NO_ERROR
        }
    }

    /// Lets go of what is under way and ends the thread; it returns when the library is done.
    func stop() async {
        shared.withLock { shared in
            guard !shared.hasEnded else { return }
            shared.hasEnded = true
            rd_kafka_purge(handle, Int32(RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT))
        }
        await withCheckedContinuation { continuation in
            let isDestroyed = shared.withLock { shared in
                if !shared.isDestroyed { shared.closing.append(continuation) }
                return shared.isDestroyed
            }
            if isDestroyed { continuation.resume() }
        }
    }

    /// Asks the cluster for the topic; it answers on the producer's thread, which serves no reports meanwhile.
    func probe() async -> ProbeResult {
        await withCheckedContinuation { continuation in
            let hasEnded = shared.withLock { shared in
                if !shared.hasEnded { shared.probes.append(continuation) }
                return shared.hasEnded
            }
            if hasEnded { continuation.resume(returning: .failed(failure(.cancelled, "stopped"))) }
        }
    }

    func failure(_ kind: ProduceFailure.Kind, _ words: String) -> GatewayError {
        .notProduced(ProduceFailure(kind: kind, words: words), topic: configuration.topic)
    }

    func report(_ batch: ProducedBatch) -> DeliveryReport {
        batch.report(topic: configuration.topic, lineFailure: lineFailure.withLock { $0 })
    }

    // MARK: On the thread

    private func run() {
        while true {
            let (hasEnded, isBusy, probes) = shared.withLock { shared in
                defer { shared.probes = [] }
                return (shared.hasEnded, !shared.exchanges.isEmpty, shared.probes)
            }
            for probe in probes {
                probe.resume(returning: hasEnded ? .failed(failure(.cancelled, "stopped")) : asked())
            }
            rd_kafka_poll(handle, isBusy || hasEnded ? 20 : 200)
            expire()
            if hasEnded { break }
        }
        finishAll()
        rd_kafka_destroy(handle)
        let closing = shared.withLock { shared in
            shared.isDestroyed = true
            defer { shared.closing = [] }
            return shared.closing
        }
        for continuation in closing { continuation.resume() }
    }

    private func asked() -> ProbeResult {
        let topic = rd_kafka_topic_new(handle, configuration.topic, nil)
        defer { if let topic { rd_kafka_topic_destroy(topic) } }
        var answer: UnsafePointer<rd_kafka_metadata>?
        var code = rd_kafka_metadata(handle, 0, topic, &answer, Self.questionMilliseconds)
        if let answer, code == RD_KAFKA_RESP_ERR_NO_ERROR {
            if answer.pointee.topic_cnt > 0, let topics = answer.pointee.topics { code = topics[0].err }
            rd_kafka_metadata_destroy(answer)
        }
        if code == RD_KAFKA_RESP_ERR_NO_ERROR { return .answered }
        return .failed(failure(.init(code), String(cString: rd_kafka_err2str(code))))
    }
}
#endif
