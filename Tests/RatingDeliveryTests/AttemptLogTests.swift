// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

@Suite struct AttemptLogTests {
    private let batch = (1...3).map { UplinkSamples.outgoing($0) }

    @Test func `what settled nothing is kept, rating by rating`() {
        var log = AttemptLog()
        log.note(
            batch, .unreachable(.ratingsPutOff, mayHaveArrived: false, retryAfter: nil), at: JournalSamples.time(1))
        log.note(
            batch,
            .answered([
                DeliveryOutcome(.accepted, answer: "ok"), DeliveryOutcome(.rejected, answer: "no"),
                DeliveryOutcome(.retry(after: nil), answer: String(repeating: "x", count: 999)),
            ]), at: JournalSamples.time(2))
        log.note([batch[1]], .refusedWhole(answer: ""), at: JournalSamples.time(3))
        log.note([batch[2]], .answered([]), at: JournalSamples.time(4))
        let results = batch.map { log.attempts(of: $0.id).map(\.result) }
        #expect(
            results == [[.unreachable], [.unreachable, .refused, .refusedWhole], [.unreachable, .putOff, .unknown]])
        #expect(log.attempts(of: batch[0].id).first?.failure?.code == "uplink.put-off")
        #expect(log.attempts(of: batch[1].id).map(\.answer) == [nil, "no", nil])
        #expect(log.attempts(of: batch[2].id).map { $0.answer?.count } == [nil, 200, nil])
        #expect(log.attempts(of: batch[1].id).map(\.ratings) == [3, 3, 1])
    }

    @Test func `the oldest make room, and exchanges that settled everything take none`() {
        var log = AttemptLog()
        for number in 1...(AttemptLog.most + 5) {
            log.note([batch[0]], .refusedWhole(answer: "\(number)"), at: JournalSamples.time(Int64(number)))
            log.note([batch[0]], .answered([DeliveryOutcome(.accepted, answer: "")]), at: JournalSamples.time())
        }
        let kept = log.attempts(of: batch[0].id)
        #expect(kept.count == AttemptLog.most)
        #expect(kept.first?.answer == "6" && kept.last?.answer == "\(AttemptLog.most + 5)")
    }
}
