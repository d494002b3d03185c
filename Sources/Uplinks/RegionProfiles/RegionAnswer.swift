// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import RatingModel
import UplinkAPI

/// The region's JSON, taken for no more than it says: whatever is missing, doubled or foreign counts as unknown.
struct RegionAnswer: Decodable {
    /// What the region says of one rating.
    struct Item: Decodable {
        let id: String
        let result: String
        let message: String

        enum CodingKeys: String, CodingKey { case id, result, message }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            result = try values.decode(String.self, forKey: .result)
            message = (try? values.decode(String.self, forKey: .message)) ?? ""
        }
    }

    /// An element that may be anything.
    private struct Lenient: Decodable {
        let item: Item?
        init(from decoder: any Decoder) throws { item = try? Item(from: decoder) }
    }

    let success: Bool
    let message: String
    let items: [Item]?

    enum CodingKeys: String, CodingKey { case success, message, results }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        success = try values.decode(Bool.self, forKey: .success)
        message = (try? values.decode(String.self, forKey: .message)) ?? ""
        items = try values.decodeIfPresent([Lenient].self, forKey: .results)?.compactMap(\.item)
    }

    /// Reads the bytes; `nil` where they are not such an answer.
    init?(_ bytes: [UInt8]) {
        guard let answer = try? JSONDecoder().decode(RegionAnswer.self, from: Data(bytes)) else { return nil }
        self = answer
    }

    /// What the answer says of a batch.
    func report(on batch: [OutgoingRating], profile: RegionProfile) -> DeliveryReport {
        guard let items else {
            let answer = ReceiptText.shortened(message)
            if success { return .answered(batch.map { _ in DeliveryOutcome(.unknown, answer: answer) }) }
            return Self.refusal(of: batch, message: message, profile: profile)
        }
        let outcomes = Self.outcomes(of: items, profile: profile)
        return .answered(batch.map { outcomes[$0.id] ?? DeliveryOutcome(.unknown, answer: "") })
    }

    /// What the answer says of ratings, whatever batch they were in; `nil` where it speaks of none.
    func outcomes(profile: RegionProfile) -> [RecordID: DeliveryOutcome]? {
        items.map { Self.outcomes(of: $0, profile: profile) }
    }

    private static func outcomes(of items: [Item], profile: RegionProfile) -> [RecordID: DeliveryOutcome] {
        var outcomes: [RecordID: DeliveryOutcome] = [:]
        for item in items {
            guard let id = RecordID(item.id) else { continue }
            let outcome = outcome(of: item, profile: profile)
            if let other = outcomes[id], other.verdict != outcome.verdict {
                outcomes[id] = DeliveryOutcome(
                    .unknown, answer: "the region said both of it: \(other.answer); \(outcome.answer)")
            } else {
                outcomes[id] = outcome
            }
        }
        return outcomes
    }

    /// A batch refused as a whole; one that is alone and known already is where it should be.
    static func refusal(of batch: [OutgoingRating], message: String, profile: RegionProfile) -> DeliveryReport {
        let answer = ReceiptText.shortened(message)
        if batch.count == 1, profile.duplicatePhrases.contains(where: { message.contains($0) }) {
            return .answered([DeliveryOutcome(.duplicate, answer: answer)])
        }
        return .refusedWhole(answer: answer)
    }

    private static func outcome(of item: Item, profile: RegionProfile) -> DeliveryOutcome {
        let isKnown = profile.duplicatePhrases.contains { item.message.contains($0) }
        let verdict: DeliveryVerdict =
            switch item.result {
            case "accepted": .accepted
            case "duplicate": .duplicate
            case "rejected": isKnown ? .duplicate : .rejected
            case "retry": .retry(after: nil)
            default: .unknown
            }
        let words = item.message.isEmpty ? item.result : "\(item.result): \(item.message)"
        return DeliveryOutcome(verdict, answer: ReceiptText.shortened(words))
    }
}
