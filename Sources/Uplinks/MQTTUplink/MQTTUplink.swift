// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
public import Logging
public import RatingModel
import Synchronization
public import UplinkAPI

/// Delivers to a region behind an MQTT 5 broker, a message a rating with its id as a user property.
///
/// What settles a rating is the operator's to declare: the acknowledgement of a broker that has it on disk by then,
/// or the region's own receipt. A broker that loses what it acknowledged loses nothing with the second.
public final class MQTTUplink: Uplink {
    public let name: UplinkName
    public let limits: UplinkLimits
    private let parts: SessionParts
    private let session = Mutex<MosquittoSession?>(nil)

    /// Prepares the uplink; the first delivery or probe connects.
    ///
    /// `onNotices` is called on the broker's thread with what comes on the notices topic, read and as it came, and must
    /// return soon. It answers whether the message is taken up: one that is not stays unacknowledged, and comes again
    /// with the next connection. What is returned must be shut down before it is let go.
    public static func open(
        _ configuration: MQTTUplinkConfiguration, name: UplinkName, coding: any RegionCoding, logger: Logger,
        onNotices: @escaping @Sendable (RegionNotices, _ message: [UInt8]) -> Bool = { _, _ in true }
    ) throws(GatewayError) -> MQTTUplink {
        if let path = configuration.passwordFile { _ = try SecretLine.read(path) }
        return MQTTUplink(
            name,
            SessionParts(
                configuration: configuration, coding: coding, book: ReceiptBook(), onNotices: onNotices,
                logger: logger))
    }

    private init(_ name: UplinkName, _ parts: SessionParts) {
        self.name = name
        self.parts = parts
        limits = parts.coding.limits
    }

    public func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        guard !batch.isEmpty else { return .answered([]) }
        let messages: [OutgoingMessage]
        let session: MosquittoSession
        do throws(GatewayError) {
            messages = try batch.map { rating throws(GatewayError) in try message(for: rating) }
            session = try await opened()
        } catch {
            return .unreachable(error, mayHaveArrived: false, retryAfter: nil)
        }
        return await session.publish(batch.map(\.id), messages)
    }

    /// Connects where the line is down: receipts and notices that wait at the broker come in.
    public func probe() async -> ProbeResult? {
        do throws(GatewayError) {
            _ = try await opened()
            return .answered
        } catch { return .failed(error) }
    }

    /// Takes leave of the broker; every call must have returned.
    public func shutdown() async {
        let last = session.withLock { session in
            defer { session = nil }
            return session
        }
        await last?.stop()
    }

    private func message(for rating: OutgoingRecord) throws(GatewayError) -> OutgoingMessage {
        if let receipt = parts.book.receipt(of: rating.id) { return .settled(receipt) }
        guard parts.coding.canState(rating) else {
            return .settled(
                DeliveryOutcome(.rejected, answer: "the region's interface has no words for this record"))
        }
        return .bytes(try parts.coding.message(for: rating))
    }

    /// The session in force; one that has ended is replaced, one that connects is waited for.
    private func opened() async throws(GatewayError) -> MosquittoSession {
        let current = try session.withLock { session throws(GatewayError) in
            if let session, !session.hasEnded { return session }
            let fresh = try MosquittoSession.start(parts)
            session = fresh
            return fresh
        }
        if let error = await current.opened() { throw error }
        return current
    }
}
#endif
