// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
public import UplinkAPI

/// A region's language for tests of brokers: a line a rating, and a line a receipt, that a peer in any language reads.
///
/// A rating is `ID DEVICE LOG SEQUENCE [poison]`, a receipt `ID accepted|duplicate|retry|rejected WORDS`.
public struct LineCoding: RegionCoding {
    public var limits: UplinkLimits
    /// Every so many ratings one is poison, by its press's sequence; 0 for none.
    public var poisonEvery: UInt64
    /// How many bytes a poisonous message is blown up to, for regions that refuse by size.
    public var poisonBytes: Int

    /// Takes its peculiarities.
    public init(
        batchRecords: Int = 100, poisonEvery: UInt64 = 0, poisonBytes: Int = 0
    ) {
        limits = UplinkLimits(
            batchRecords: batchRecords, leastInterval: .zero, ratingsPerCase: 2, takesUnrated: false,
            takesUnmatched: false, invitationWait: .seconds(1800))
        self.poisonEvery = poisonEvery
        self.poisonBytes = poisonBytes
    }

    /// Whether a rating is poison.
    public func isPoison(_ rating: Rating) -> Bool {
        poisonEvery > 0 && rating.press.key.sequence % poisonEvery == poisonEvery / 2
    }

    public func message(for rating: OutgoingRecord) throws(GatewayError) -> [UInt8] {
        let key = rating.content.key
        var text = "\(rating.id) \(key.device.value) \(key.log) \(key.sequence)"
        if rating.rating.map(isPoison) ?? false { text += " poison" + String(repeating: "!", count: poisonBytes) }
        return Array(text.utf8)
    }

    public func outcomes(in message: [UInt8]) -> [RecordID: DeliveryOutcome]? {
        var result: [RecordID: DeliveryOutcome] = [:]
        for line in String(decoding: message, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let verdicts: [String: DeliveryVerdict] = [
                "accepted": .accepted, "duplicate": .duplicate, "retry": .retry(after: nil), "rejected": .rejected,
            ]
            guard words.count >= 2, let id = RecordID(words[0]), let verdict = verdicts[words[1]] else { return nil }
            result[id] = DeliveryOutcome(verdict, answer: words.count > 2 ? words[2] : words[1])
        }
        return result
    }

    public func canState(_ rating: OutgoingRecord) -> Bool { rating.rating == nil || rating.rating?.level != nil }

    public func usesStatement(_ rating: OutgoingRecord) -> Bool { false }

    /// A notice is `verdict ID NUMBER OUTCOME WORDS`.
    public func notices(in reply: RegionReply) throws(GatewayError) -> RegionNotices {
        let words = String(decoding: reply.body, as: UTF8.self).split(separator: " ", maxSplits: 4).map(String.init)
        guard words.count == 5, words[0] == "verdict", let id = RecordID(words[1]) else {
            throw .unreadableRegionAnswer
        }
        return RegionNotices(
            notices: [.verdict(rating: id, number: words[2], outcome: words[3], text: words[4])], next: nil)
    }

    // Brokers carry messages and no calls.

    public func call(handingOver batch: [OutgoingRecord], access: RegionAccess) throws(GatewayError) -> RegionCall {
        RegionCall()
    }

    public func report(_ reply: RegionReply, on batch: [OutgoingRecord], at now: WallTime) -> DeliveryReport {
        .refusedWhole(answer: "")
    }

    public func call(asking question: RegionQuestion, access: RegionAccess) throws(GatewayError) -> RegionCall? { nil }

    public func token(in reply: RegionReply) throws(GatewayError) -> RegionToken { throw .unreadableRegionAnswer }

    public func outcomes(in reply: RegionReply, of batch: [OutgoingRecord]) throws(GatewayError) -> [DeliveryOutcome] {
        throw .unreadableRegionAnswer
    }

    public func holdsCase(_ reply: RegionReply) throws(GatewayError) -> Bool { throw .unreadableRegionAnswer }

    public func holdings(in reply: RegionReply) throws(GatewayError) -> RegionHoldings { throw .unreadableRegionAnswer }
}
