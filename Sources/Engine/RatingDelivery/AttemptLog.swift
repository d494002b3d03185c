// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
import UplinkAPI

/// An exchange with the region that left a rating where it was.
public struct DeliveryAttempt: Sendable, Hashable {
    /// How it ended for the rating.
    public enum Result: String, Sendable, Hashable {
        /// The exchange failed in a way that says nothing of the rating.
        case unreachable
        /// The batch was refused as a whole.
        case refusedWhole = "refused-whole"
        /// The rating was refused; it is parked when the region accepts others meanwhile.
        case refused
        /// The region asked to try again later.
        case putOff = "put-off"
        /// The answer did not speak of the rating.
        case unknown
    }

    /// When it ended.
    public let at: CaptureTime
    /// How it ended.
    public let result: Result
    /// How many ratings went with it.
    public let ratings: Int
    /// What failed, where the exchange failed as a whole.
    public let failure: GatewayError?
    /// The region's own words, where it had any.
    public let answer: String?
}

/// The last exchanges that settled nothing, for whoever asks why a rating is still here.
///
/// What the journal is told stays there; an exchange that changes no state is not worth a write, for an outage has
/// thousands of them. So these live in memory, the newest ``most`` of an uplink, and end with the daemon.
struct AttemptLog: Sendable {
    /// Exchanges kept; with full batches they take about 2 MB.
    static let most = 256
    /// Longest words kept, in characters.
    static let answerCharacters = 200

    private struct Exchange {
        let at: CaptureTime
        let ratings: Int
        let failure: GatewayError?
        /// What it was for each rating that it did not settle.
        var results: [RecordID: (DeliveryAttempt.Result, String?)]
    }

    private var exchanges: [Exchange] = []
    private var oldest = 0

    /// Notes what an exchange did not settle; one that settled everything leaves nothing.
    mutating func note(_ batch: [OutgoingRecord], _ report: DeliveryReport, at now: CaptureTime) {
        var results: [RecordID: (DeliveryAttempt.Result, String?)] = [:]
        var failure: GatewayError?
        switch report {
        case .unreachable(let error, _, _):
            failure = error
            for each in batch { results[each.id] = (.unreachable, nil) }
        case .refusedWhole(let answer):
            let words = String(answer.prefix(Self.answerCharacters))
            for each in batch { results[each.id] = (.refusedWhole, words) }
        case .answered(let outcomes):
            for (index, each) in batch.enumerated() {
                guard let outcome = index < outcomes.count ? outcomes[index] : nil else {
                    results[each.id] = (.unknown, nil)
                    continue
                }
                guard let result = outcome.verdict.unsettled else { continue }
                results[each.id] = (result, String(outcome.answer.prefix(Self.answerCharacters)))
            }
        }
        guard !results.isEmpty else { return }
        let exchange = Exchange(at: now, ratings: batch.count, failure: failure, results: results)
        if exchanges.count < Self.most {
            exchanges.append(exchange)
        } else {
            exchanges[oldest] = exchange
            oldest = (oldest + 1) % Self.most
        }
    }

    /// The kept attempts to deliver a rating, the oldest first.
    func attempts(of id: RecordID) -> [DeliveryAttempt] {
        (exchanges[oldest...] + exchanges[..<oldest]).compactMap { exchange in
            exchange.results[id].map { result, answer in
                DeliveryAttempt(
                    at: exchange.at, result: result, ratings: exchange.ratings, failure: exchange.failure,
                    answer: answer.flatMap { $0.isEmpty ? nil : $0 })
            }
        }
    }
}

extension DeliveryVerdict {
    /// What an attempt was that ended so; `nil` where the rating is with the region now.
    fileprivate var unsettled: DeliveryAttempt.Result? {
        switch self {
        case .accepted, .duplicate: nil
        case .rejected: .refused
        case .retry: .putOff
        case .unknown, .awaitingReceipt: .unknown
        }
    }
}
