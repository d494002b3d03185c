// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Synchronization
import UplinkAPI

/// Acceptances that came when nobody waited for them any more: the rating need not be sent again.
///
/// A persistent session brings the receipts of the time before a restart, and a slow region those of a batch that was
/// given up. Only acceptances are kept: whatever else a region said, it is asked again.
final class ReceiptBook: Sendable {
    /// Most receipts kept; the oldest go first, and their ratings are sent again under their ids.
    static let mostReceipts = 4096

    private struct Pages {
        var outcomes: [RecordID: DeliveryOutcome] = [:]
        var order: [RecordID] = []
    }

    private let pages = Mutex(Pages())

    func keep(_ id: RecordID, _ outcome: DeliveryOutcome) {
        guard outcome.verdict == .accepted || outcome.verdict == .duplicate else { return }
        pages.withLock { pages in
            if pages.outcomes.updateValue(outcome, forKey: id) == nil { pages.order.append(id) }
            guard pages.order.count > Self.mostReceipts else { return }
            for old in pages.order.prefix(Self.mostReceipts / 4) { pages.outcomes[old] = nil }
            pages.order.removeFirst(Self.mostReceipts / 4)
        }
    }

    /// The receipt of a rating; it is kept, since the rating is settled only once its outcome is on disk.
    func receipt(of id: RecordID) -> DeliveryOutcome? { pages.withLock { $0.outcomes[id] } }
}
