// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// A batch under way: what became of each message so far, and what that means once the exchange ends.
///
/// It decides and does nothing: acknowledgements and receipts come from the broker's thread.
struct PublishedBatch: Sendable {
    /// What became of a message.
    enum Fate: Sendable, Hashable {
        /// It has not been handed to the library.
        case waiting
        /// It has, and may be anywhere.
        case sent
        /// The broker took it; the region has not answered.
        case acknowledged
        /// The broker took none like it.
        case refused(MQTTReason)
        /// Nothing is left to wait for.
        case settled(DeliveryOutcome)
    }

    /// How an exchange ends before everything is settled.
    enum End: Sendable, Hashable {
        /// The time was up.
        case timedOut
        /// The line broke, or was not let in.
        case broken(GatewayError)
        /// This side gave up.
        case cancelled
    }

    let ids: [RecordID]
    let settleOn: MQTTUplinkConfiguration.SettleOn
    let noSubscriber: MQTTUplinkConfiguration.NoSubscriber
    private(set) var fates: [Fate]
    private var indexOfID: [RecordID: Int] = [:]
    private var open: Int

    init(_ ids: [RecordID], _ configuration: MQTTUplinkConfiguration) {
        self.ids = ids
        settleOn = configuration.settleOn
        noSubscriber = configuration.noSubscriber
        fates = Array(repeating: .waiting, count: ids.count)
        open = ids.count
        for (index, id) in ids.enumerated() { indexOfID[id] = index }
    }

    /// Whether nothing is left to wait for.
    var isComplete: Bool { open == 0 }

    mutating func sent(_ index: Int) { if fates[index] == .waiting { fates[index] = .sent } }

    /// Settles a message without asking anybody, as one that is too large.
    mutating func settle(_ index: Int, _ outcome: DeliveryOutcome) { close(index, .settled(outcome)) }

    mutating func acknowledged(_ index: Int, _ reason: MQTTReason) {
        guard fates[index] == .sent || fates[index] == .waiting else { return }
        switch reason.meaning {
        case .taken: taken(index)
        case .nobodyListens where noSubscriber == .accept: taken(index)
        case .nobodyListens, .outage: close(index, .refused(reason))
        case .retry: settle(index, DeliveryOutcome(.retry(after: nil), answer: reason.words))
        case .rejected: settle(index, DeliveryOutcome(.rejected, answer: reason.words))
        }
    }

    /// Takes the region's answer; answers whether the batch had been waiting for it.
    mutating func receipt(_ id: RecordID, _ outcome: DeliveryOutcome) -> Bool {
        guard let index = indexOfID[id] else { return false }
        if case .settled = fates[index] { return false }
        settle(index, outcome)
        return true
    }

    private mutating func taken(_ index: Int) {
        switch settleOn {
        case .puback: settle(index, DeliveryOutcome(.accepted, answer: "PUBACK"))
        case .receipt: fates[index] = .acknowledged
        }
    }

    private mutating func close(_ index: Int, _ fate: Fate) {
        switch fates[index] {
        case .waiting, .sent, .acknowledged: open -= 1
        case .refused, .settled: break
        }
        fates[index] = fate
    }

    /// What the batch's exchange came to; `nil` is an exchange that ended by itself.
    func report(_ end: End?) -> DeliveryReport {
        if hasAnswers || fates.isEmpty || end == nil && refusal == nil { return .answered(fates.map(outcome)) }
        let mayHaveArrived = fates.contains { $0 == .sent || $0 == .acknowledged }
        return .unreachable(error(end), mayHaveArrived: mayHaveArrived, retryAfter: nil)
    }

    /// Whether region or broker took something, so that the line itself is well.
    private var hasAnswers: Bool {
        fates.contains { if case .settled(let outcome) = $0 { outcome.verdict.isAcceptance } else { false } }
    }

    private var refusal: MQTTReason? {
        for case .refused(let reason) in fates { return reason }
        return nil
    }

    private func error(_ end: End?) -> GatewayError {
        if let refusal { return refusal == .noMatchingSubscribers ? .nobodyListens : .refused(refusal) }
        switch end {
        case .broken(let error): return error
        case .cancelled: return .stopped
        case .timedOut, nil: return fates.contains(.acknowledged) ? .noReceipts : .tookTooLong
        }
    }

    private func outcome(_ fate: Fate) -> DeliveryOutcome {
        switch fate {
        case .settled(let outcome): outcome
        case .waiting: DeliveryOutcome(.retry(after: nil), answer: "")
        case .sent: DeliveryOutcome(.unknown, answer: "the broker did not acknowledge it")
        case .acknowledged: DeliveryOutcome(.unknown, answer: "no receipt came in time")
        case .refused(let reason): DeliveryOutcome(.retry(after: nil), answer: reason.words)
        }
    }
}

extension DeliveryVerdict {
    /// Whether the region has the rating.
    fileprivate var isAcceptance: Bool { self == .accepted || self == .duplicate }
}
