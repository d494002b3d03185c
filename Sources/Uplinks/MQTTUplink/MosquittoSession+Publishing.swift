// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import RatingModel
import Synchronization
import UplinkAPI

/// A rating as it is published, or what was decided of it without asking anybody.
enum OutgoingMessage: Sendable {
    case bytes([UInt8])
    case settled(DeliveryOutcome)
}

extension MosquittoSession {
    /// Publishes a batch and waits until every rating of it is settled, or the time is up.
    ///
    /// How many messages are under way at once is bounded by the broker's receive maximum; the library keeps to it.
    func publish(_ ids: [RecordID], _ messages: [OutgoingMessage]) async -> DeliveryReport {
        let number = nextNumber()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                begin(number, ids, messages, continuation)
            }
        } onCancel: {
            giveUp(number, .cancelled)
        }
    }

    private func begin(
        _ number: Int, _ ids: [RecordID], _ messages: [OutgoingMessage],
        _ continuation: CheckedContinuation<DeliveryReport, Never>
    ) {
        var batch = PublishedBatch(ids, configuration)
        for (index, message) in messages.enumerated() {
            if case .settled(let outcome) = message { batch.settle(index, outcome) }
        }
        let end: PublishedBatch.End? = shared.withLock { [batch] shared in
            if case .ended(let error) = shared.phase { return .broken(error) }
            if Task.isCancelled { return .cancelled }
            shared.exchanges[number] = Exchange(
                batch: batch, deadline: .now + configuration.requestTimeout, continuation: continuation)
            return nil
        }
        if let end {
            continuation.resume(returning: batch.report(end))
            return
        }
        for (index, message) in messages.enumerated() {
            guard case .bytes(let bytes) = message else { continue }
            guard send(bytes, ids[index], number, index) else { break }
        }
        finishIfComplete(number)
    }

    /// Hands one message to the library; answers whether the exchange goes on.
    private func send(_ bytes: [UInt8], _ id: RecordID, _ number: Int, _ index: Int) -> Bool {
        let failure: GatewayError? = shared.withLock { shared in
            guard shared.exchanges[number] != nil, let client else { return .stopped }
            let result = MosquittoClient.publish(
                bytes, id: id.description, to: configuration.topic, responseTopic: configuration.receiptTopic, client)
            switch result {
            case .success(let packet):
                shared.messages[packet] = (number, index)
                shared.exchanges[number]?.batch.sent(index)
                return nil
            case .failure(let code) where code.value == mosquittoOversize:
                shared.exchanges[number]?.batch.settle(
                    index, DeliveryOutcome(.rejected, answer: "larger than the broker's maximum packet size"))
                return nil
            case .failure(let code):
                // The library may have put it into its queue before it failed.
                shared.exchanges[number]?.batch.sent(index)
                return .brokenOff(configuration.host, code.words)
            }
        }
        if let failure { end(failure) }
        return failure == nil
    }

    /// Takes the broker's acknowledgement of a message.
    func acknowledged(_ packet: Int32, _ reason: MQTTReason) {
        let number: Int? = shared.withLock { shared in
            guard let place = shared.messages.removeValue(forKey: packet) else { return nil }
            shared.exchanges[place.exchange]?.batch.acknowledged(place.index, reason)
            return place.exchange
        }
        if let number { finishIfComplete(number) }
    }

    /// Takes what a message on the receipt topic says.
    func received(_ receipts: [RecordID: DeliveryOutcome]) {
        for (id, outcome) in receipts {
            let numbers = shared.withLock { shared in
                Array(shared.exchanges.keys).filter { shared.exchanges[$0]?.batch.receipt(id, outcome) ?? false }
            }
            if numbers.isEmpty { parts.book.keep(id, outcome) }
            for number in numbers { finishIfComplete(number) }
        }
    }

    private func finishIfComplete(_ number: Int) {
        let exchange = shared.withLock { shared in
            shared.exchanges[number].flatMap { $0.batch.isComplete ? shared.remove(number) : nil }
        }
        guard let exchange else { return }
        exchange.continuation.resume(returning: exchange.batch.report(nil))
    }

    /// Ends exchanges whose time is up.
    func expire() {
        let now = ContinuousClock.now
        let late = shared.withLock { shared in
            shared.exchanges.filter { $0.value.deadline <= now }.map(\.key)
        }
        for number in late { giveUp(number, .timedOut) }
    }

    /// Ends an exchange before its end. What the broker has not acknowledged is still in the library's queue, from
    /// which it would go a second time: the line goes down with it.
    private func giveUp(_ number: Int, _ end: PublishedBatch.End) {
        guard let exchange = shared.withLock({ $0.remove(number) }) else { return }
        let report = exchange.batch.report(end)
        exchange.continuation.resume(returning: report)
        if exchange.batch.fates.contains(where: { $0 == .sent || $0 == .waiting }) {
            self.end(end == .cancelled ? .stopped : .tookTooLong)
        }
    }
}

extension MosquittoSession.Shared {
    fileprivate mutating func remove(_ number: Int) -> MosquittoSession.Exchange? {
        guard let exchange = exchanges.removeValue(forKey: number) else { return nil }
        messages = messages.filter { $0.value.exchange != number }
        return exchange
    }
}
#endif
