// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
public import Logging
public import RatingModel
import Synchronization
public import UplinkAPI

/// Delivers to a region behind a Kafka cluster, a message a rating with its id in a header and its window as the key.
///
/// A rating is settled by the report that all in-sync replicas have written it. The idempotent producer keeps the order
/// within a window, and with it that of a device, over its own retries.
public final class KafkaUplink: Uplink {
    public let name: UplinkName
    public let limits: UplinkLimits
    private let configuration: KafkaUplinkConfiguration
    private let coding: any RegionCoding
    private let logger: Logger
    private let producer: Mutex<RdKafkaProducer?>

    /// Makes the producer; the library connects by itself, and what it cannot do a delivery reports.
    ///
    /// Throws where a file cannot be read or a value is of no use. What is returned must be shut down before it is let go.
    public static func open(
        _ configuration: KafkaUplinkConfiguration, name: UplinkName, coding: any RegionCoding, logger: Logger
    ) throws(GatewayError) -> KafkaUplink {
        KafkaUplink(configuration, name, coding, logger, try RdKafkaProducer.start(configuration))
    }

    private init(
        _ configuration: KafkaUplinkConfiguration, _ name: UplinkName, _ coding: any RegionCoding, _ logger: Logger,
        _ producer: RdKafkaProducer
    ) {
        self.name = name
        self.configuration = configuration
        self.coding = coding
        self.logger = logger
        self.producer = Mutex(producer)
        limits = coding.limits
    }

    public func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        guard !batch.isEmpty else { return .answered([]) }
        do throws(GatewayError) {
            let messages = try batch.map { rating throws(GatewayError) in try message(for: rating) }
            let producer = try await current()
            return await explained(producer.produce(messages), producer)
        } catch {
            return .unreachable(error, mayHaveArrived: false, retryAfter: nil)
        }
    }

    /// Asks why nothing was taken in time where the line itself stands: the library says no more than "timed out" of a
    /// topic that is not there, or not for this gateway.
    private func explained(_ report: DeliveryReport, _ producer: RdKafkaProducer) async -> DeliveryReport {
        guard case .unreachable(let error, let mayHaveArrived, nil) = report, error.code == "uplink.not-connected",
            producer.lineFailure.withLock({ $0 == nil }), !Task.isCancelled,
            case .failed(let reason) = await producer.probe()
        else { return report }
        return .unreachable(reason, mayHaveArrived: mayHaveArrived, retryAfter: nil)
    }

    /// Asks the cluster for the topic.
    public func probe() async -> ProbeResult? {
        do throws(GatewayError) { return await (try await current()).probe() } catch { return .failed(error) }
    }

    /// Takes back what has not been sent and ends the producer; every call must have returned.
    public func shutdown() async {
        let last = producer.withLock { producer in
            defer { producer = nil }
            return producer
        }
        await last?.stop()
    }

    private func message(for rating: OutgoingRecord) throws(GatewayError) -> OutgoingMessage {
        guard coding.canState(rating) else {
            return .settled(DeliveryOutcome(.rejected, answer: "the region's interface has no words for this record"))
        }
        // A device without a window keeps its order by its own name.
        let key = rating.content.window?.value ?? rating.content.key.device.value
        return .bytes(try coding.message(for: rating), key: key, id: rating.id)
    }

    /// The producer in force; one that the cluster has fenced is ended and made anew.
    private func current() async throws(GatewayError) -> RdKafkaProducer {
        let (producer, ended) = try producer.withLock { current throws(GatewayError) in
            if let current, !current.hasEnded { return (current, RdKafkaProducer?.none) }
            let ended = current
            let fresh = try RdKafkaProducer.start(configuration)
            current = fresh
            return (fresh, ended)
        }
        if let ended {
            logger.warning("the producer had a fatal error and is made anew", metadata: ["uplink": "\(name)"])
            await ended.stop()
        }
        return producer
    }
}
#endif
