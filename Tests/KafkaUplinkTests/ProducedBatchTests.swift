// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import KafkaUplink

@Suite struct ProducedBatchTests {
    private let accepted = ProducedFate.settled(DeliveryOutcome(.accepted, answer: "partition 0, offset 1"))
    private let rejected = ProducedFate.settled(DeliveryOutcome(.rejected, answer: "too large"))
    private let timedOut = ProduceFailure(kind: .unreachable, words: "timed out")

    private func report(_ fates: [ProducedFate], lineFailure: ProduceFailure? = nil) -> DeliveryReport {
        var batch = ProducedBatch(count: fates.count)
        for (index, fate) in fates.enumerated() { batch.report(index, fate) }
        return batch.report(topic: "ratings", lineFailure: lineFailure)
    }

    @Test func whatTheClusterTookShowsThatTheLineIsWell() {
        guard case .answered(let outcomes) = report([accepted, rejected, .notWritten(timedOut), .doubtful(timedOut)])
        else {
            Issue.record("not answered")
            return
        }
        #expect(outcomes.map(\.verdict) == [.accepted, .rejected, .retry(after: nil), .unknown])
    }

    @Test func aBatchOfWhichNothingWasTakenIsAFailureOfTheLine() {
        for (fates, mayHaveArrived) in [
            ([ProducedFate.notWritten(timedOut), .notWritten(timedOut)], false),
            ([.notWritten(timedOut), .doubtful(timedOut)], true),
            ([rejected, .notWritten(timedOut)], false), ([.waiting], true),
        ] {
            guard case .unreachable(let error, let mayHave, nil) = report(fates) else {
                Issue.record("answered")
                continue
            }
            #expect(error.code == "uplink.not-connected" && mayHave == mayHaveArrived)
        }
    }

    @Test func refusalsAloneAreAnAnswer() {
        guard case .answered(let outcomes) = report([rejected]) else {
            Issue.record("not answered")
            return
        }
        #expect(outcomes.map(\.verdict) == [.rejected])
    }

    @Test func missingRightsExplainMoreThanATimeout() {
        let fates: [ProducedFate] = [
            .notWritten(timedOut), .notWritten(ProduceFailure(kind: .unauthorized, words: "no")),
        ]
        guard case .unreachable(let error, _, _) = report(fates) else {
            Issue.record("answered")
            return
        }
        #expect(error.code == "uplink.unauthorized")
        let insecure = ProduceFailure(kind: .insecure, words: "certificate verify failed")
        guard case .unreachable(let line, _, _) = report([.notWritten(timedOut)], lineFailure: insecure) else {
            Issue.record("answered")
            return
        }
        #expect(line.code == "uplink.no-tls" && line.cause == "certificate verify failed")
    }

    @Test func theFirstReportOfAMessageCounts() {
        var batch = ProducedBatch(count: 1)
        batch.report(0, accepted)
        batch.report(0, .notWritten(timedOut))
        batch.report(7, accepted)
        #expect(batch.isComplete && batch.fates == [accepted])
    }
}
