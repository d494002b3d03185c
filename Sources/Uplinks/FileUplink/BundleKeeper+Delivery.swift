// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel
import UplinkAPI

extension BundleKeeper {
    /// Puts what is in no bundle into one, brings the medium up to date, and says what receipts have said so far.
    mutating func deliver(
        _ batch: [OutgoingRecord], _ coding: any RegionCoding, at now: WallTime
    ) -> DeliveryReport {
        do throws(GatewayError) {
            let names = try present()
            try importReceipts(among: names)
            if let words = index.refusal(of: batch.map(\.id)) { return .refusedWhole(answer: words) }
            var entries: [Bundle.Entry] = []
            for rating in batch where index.standing(of: rating.id) == .fresh && coding.canState(rating) {
                entries.append(Bundle.Entry(id: rating.id, message: try coding.message(for: rating)))
            }
            if !entries.isEmpty {
                guard index.waiting + entries.count <= settings.mostWaiting else {
                    throw .tooManyWaiting(index.waiting)
                }
                try make(entries, created: Self.text(of: now))
            }
            try export(present: names)
        } catch {
            // The name may be on the medium already where only the wait for its directory failed.
            let mayHaveArrived = error.code == "bundle.medium" && error.cause?.hasPrefix("sync") == true
            return .unreachable(error, mayHaveArrived: mayHaveArrived, retryAfter: nil)
        }
        return .answered(batch.map { outcome(of: $0.id) })
    }

    private mutating func outcome(of id: RecordID) -> DeliveryOutcome {
        switch index.standing(of: id) {
        case .fresh: return DeliveryOutcome(.rejected, answer: "the region's interface has no words for this record")
        case .waiting(let number): return DeliveryOutcome(.awaitingReceipt, answer: "bundle \(number)")
        case .answered(let outcome):
            index.tell(id)
            return outcome
        }
    }

    /// `yyyy-MM-ddTHH:mm:ssZ`.
    static func text(of wall: WallTime) -> String {
        var seconds = time_t(wall.millisecondsSinceEpoch / 1000)
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return "1970-01-01T00:00:00Z" }
        let padded = { (number: Int32, width: Int) in
            let digits = String(max(0, number))
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        return "\(date)T\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))Z"
    }
}
