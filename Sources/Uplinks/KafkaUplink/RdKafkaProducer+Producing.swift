// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
import CRdKafka
import RatingModel
import Synchronization
import UplinkAPI

/// Which message of which exchange a report is about; it travels through the library as a pointer that points nowhere.
struct MessagePlace {
    let exchange: Int
    let index: Int

    init(exchange: Int, index: Int) { (self.exchange, self.index) = (exchange, index) }

    init(_ bits: UInt) { (exchange, index) = (Int(bits >> 16), Int(bits & 0xFFFF)) }

    var bits: UInt { UInt(exchange) << 16 | UInt(index) }
}

/// A rating as it is produced, or what was decided of it without asking the cluster.
enum OutgoingMessage: Sendable {
    case bytes([UInt8], key: String, id: RecordID)
    case settled(DeliveryOutcome)
}

extension RdKafkaProducer {
    /// How long after the library's own limit an exchange is given up, should a report not come at all.
    private static let grace = Duration.seconds(10)

    /// Hands a batch to the library and waits for a report of every message.
    func produce(_ messages: [OutgoingMessage]) async -> DeliveryReport {
        let number = shared.withLock { shared in
            shared.numbers += 1
            return shared.numbers
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in begin(number, messages, continuation) }
        } onCancel: {
            cancel(number)
        }
    }

    private func begin(
        _ number: Int, _ messages: [OutgoingMessage], _ continuation: CheckedContinuation<DeliveryReport, Never>
    ) {
        var batch = ProducedBatch(count: messages.count)
        for (index, message) in messages.enumerated() {
            if case .settled(let outcome) = message { batch.report(index, .settled(outcome)) }
        }
        let isRunning = shared.withLock { [batch] shared in
            guard !shared.hasEnded, !Task.isCancelled else { return false }
            shared.exchanges[number] = Exchange(
                batch: batch, deadline: .now + configuration.requestTimeout + Self.grace, continuation: continuation)
            return true
        }
        guard isRunning else {
            continuation.resume(
                returning: .unreachable(failure(.cancelled, "stopped"), mayHaveArrived: false, retryAfter: nil))
            return
        }
        for (index, message) in messages.enumerated() {
            guard case .bytes(let bytes, let key, let id) = message else { continue }
            let place = MessagePlace(exchange: number, index: index)
            let code = shared.withLock { shared in
                shared.exchanges[number] == nil ? RD_KAFKA_RESP_ERR__PURGE_QUEUE : send(bytes, key, id, place)
            }
            if code != RD_KAFKA_RESP_ERR_NO_ERROR { reported(place, ProducedFate(code, mayBeWritten: false)) }
        }
        finishIfComplete(number)
    }

    /// Hands one message to the library, which copies it.
    private func send(_ bytes: [UInt8], _ key: String, _ id: RecordID, _ place: MessagePlace) -> rd_kafka_resp_err_t {
        let key = Array(key.utf8)
        return configuration.topic.withCString { topic in
            bytes.withUnsafeBytes { bytes in
                key.withUnsafeBytes { key in
                    ProducedParts(topic: topic, key: key, value: bytes, id: id.description).produce(handle, place)
                }
            }
        }
    }

    /// Takes the report of one message.
    func reported(_ place: MessagePlace, _ fate: ProducedFate) {
        if fate.isAcceptance { lineFailure.withLock { $0 = nil } }
        shared.withLock { $0.exchanges[place.exchange]?.batch.report(place.index, fate) }
        finishIfComplete(place.exchange)
    }

    private func finishIfComplete(_ number: Int) {
        let exchange = shared.withLock { shared in
            (shared.exchanges[number]?.batch.isComplete ?? false) ? shared.exchanges.removeValue(forKey: number) : nil
        }
        if let exchange { exchange.continuation.resume(returning: report(exchange.batch)) }
    }

    /// Ends an exchange from this side. What the library has not sent is taken back, so that it does not go a second time.
    private func cancel(_ number: Int) {
        let exchange = shared.withLock { shared in
            guard let exchange = shared.exchanges.removeValue(forKey: number) else { return Exchange?.none }
            if !shared.hasEnded {
                rd_kafka_purge(handle, Int32(RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT))
            }
            return exchange
        }
        exchange?.continuation.resume(
            returning: .unreachable(failure(.cancelled, "cancelled"), mayHaveArrived: true, retryAfter: nil))
    }

    /// Ends exchanges of which no report came.
    func expire() {
        let now = ContinuousClock.now
        let late = shared.withLock { shared in
            let numbers = shared.exchanges.filter { $0.value.deadline <= now }.map(\.key)
            return numbers.compactMap { shared.exchanges.removeValue(forKey: $0) }
        }
        for exchange in late { exchange.continuation.resume(returning: report(exchange.batch)) }
    }

    /// Ends every exchange, at the producer's end.
    func finishAll() {
        let all = shared.withLock { shared in
            defer { shared.exchanges = [:] }
            return Array(shared.exchanges.values)
        }
        for exchange in all { exchange.continuation.resume(returning: report(exchange.batch)) }
    }
}

/// The parts of a message in the form the library takes them; its variadic call cannot be made from Swift.
private struct ProducedParts {
    let topic: UnsafePointer<CChar>
    let key: UnsafeRawBufferPointer
    let value: UnsafeRawBufferPointer
    let id: String

    /// The headers are this side's own until the library has taken the message: those it makes itself it frees twice where
    /// a topic is not there (librdkafka before 2.12, its issue 4628).
    func produce(_ handle: OpaquePointer?, _ place: MessagePlace) -> rd_kafka_resp_err_t {
        guard let headers = rd_kafka_headers_new(1) else { return RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE }
        rd_kafka_header_add(headers, "id", -1, id, id.utf8.count)
        let arguments = [
            part(RD_KAFKA_VTYPE_TOPIC) { $0.u.cstr = topic },
            part(RD_KAFKA_VTYPE_MSGFLAGS) { $0.u.i = RD_KAFKA_MSG_F_COPY },
            part(RD_KAFKA_VTYPE_KEY) { $0.u.mem = .init(ptr: .init(mutating: key.baseAddress), size: key.count) },
            part(RD_KAFKA_VTYPE_VALUE) { $0.u.mem = .init(ptr: .init(mutating: value.baseAddress), size: value.count) },
            part(RD_KAFKA_VTYPE_HEADERS) { $0.u.headers = headers },
            part(RD_KAFKA_VTYPE_OPAQUE) { $0.u.ptr = UnsafeMutableRawPointer(bitPattern: place.bits) },
        ]
        guard let error = rd_kafka_produceva(handle, arguments, arguments.count) else {
            return RD_KAFKA_RESP_ERR_NO_ERROR
        }
        defer {
            rd_kafka_headers_destroy(headers)
            rd_kafka_error_destroy(error)
        }
        return rd_kafka_error_code(error)
    }

    private func part(_ type: rd_kafka_vtype_t, _ fill: (inout rd_kafka_vu_t) -> Void) -> rd_kafka_vu_t {
        var part = rd_kafka_vu_t()
        part.vtype = type
        fill(&part)
        return part
    }
}
#endif
