// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// 复核: what a region made of a disputed rating, added beside it; the rating itself is never altered or deleted.
///
/// The words are the region's own. It is kept in the chain, is never delivered, and counts in no state of a delivery.
public struct RatingVerdict: Sendable, Hashable {
    /// The rating it is about, by the id it was delivered under.
    public let rating: RecordID
    /// The uplink by which it came.
    public let uplink: UplinkName
    /// The region's number of the review, under which it is told from others about the same rating.
    public let number: String
    /// What became of it, as the region calls it.
    public let outcome: String
    /// What the region says beside.
    public let text: String
    /// When it came.
    public let receivedAt: CaptureTime

    /// Takes what the region said.
    public init(
        rating: RecordID, uplink: UplinkName, number: String, outcome: String, text: String, receivedAt: CaptureTime
    ) {
        self.rating = rating
        self.uplink = uplink
        self.number = number
        self.outcome = outcome
        self.text = text
        self.receivedAt = receivedAt
    }
}
