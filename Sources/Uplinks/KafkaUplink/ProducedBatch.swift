// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// What the cluster, or the library on its behalf, reported of one message.
enum ProducedFate: Sendable, Hashable {
    /// Nothing yet.
    case waiting
    /// Nothing is left to wait for: written by all in-sync replicas, or refused.
    case settled(DeliveryOutcome)
    /// It was not written, and the reason says nothing of the rating.
    case notWritten(ProduceFailure)
    /// It was sent, and may have been written.
    case doubtful(ProduceFailure)
}

/// Why a message was not written, as far as an operator has to tell one from another.
struct ProduceFailure: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// No broker answers, or not in time.
        case unreachable
        /// Credentials or rights.
        case unauthorized
        /// No secure connection comes about.
        case insecure
        /// There is no such topic.
        case wrongTopic
        /// This side gave up.
        case cancelled
    }

    let kind: Kind
    let words: String
}

/// A batch under way: what became of each message so far, and what that means. It decides and does nothing.
struct ProducedBatch: Sendable {
    private(set) var fates: [ProducedFate]
    private var open: Int

    init(count: Int) {
        fates = Array(repeating: .waiting, count: count)
        open = count
    }

    /// Whether nothing is left to wait for.
    var isComplete: Bool { open == 0 }

    mutating func report(_ index: Int, _ fate: ProducedFate) {
        guard fates.indices.contains(index), fates[index] == .waiting else { return }
        fates[index] = fate
        open -= 1
    }

    /// What the exchange came to.
    ///
    /// A batch of which nothing was taken is a failure of the line. Of a message the library often says no more than that
    /// it timed out; what it said last of its connections explains more.
    func report(topic: String, lineFailure: ProduceFailure?) -> DeliveryReport {
        if fates.allSatisfy(\.isSettled) || fates.contains(where: \.isAcceptance) {
            return .answered(fates.map(\.outcome))
        }
        let failures = fates.compactMap(\.failure)
        let worst =
            failures.first { $0.kind != .unreachable } ?? lineFailure ?? failures.first
            ?? ProduceFailure(kind: .unreachable, words: "no answer in time")
        return .unreachable(
            .notProduced(worst, topic: topic),
            mayHaveArrived: fates.contains(where: \.mayHaveBeenWritten), retryAfter: nil)
    }
}

extension ProducedFate {
    fileprivate var isSettled: Bool { if case .settled = self { true } else { false } }

    /// Whether the cluster has the message.
    var isAcceptance: Bool {
        if case .settled(let outcome) = self { outcome.verdict == .accepted } else { false }
    }

    fileprivate var failure: ProduceFailure? {
        switch self {
        case .notWritten(let failure), .doubtful(let failure): failure
        case .waiting, .settled: nil
        }
    }

    fileprivate var mayHaveBeenWritten: Bool {
        switch self {
        case .waiting, .doubtful: true
        case .notWritten, .settled: false
        }
    }

    fileprivate var outcome: DeliveryOutcome {
        switch self {
        case .settled(let outcome): outcome
        case .notWritten(let failure): DeliveryOutcome(.retry(after: nil), answer: failure.words)
        case .doubtful(let failure): DeliveryOutcome(.unknown, answer: failure.words)
        case .waiting: DeliveryOutcome(.unknown, answer: "")
        }
    }
}
