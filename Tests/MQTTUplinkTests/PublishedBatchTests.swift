// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import MQTTUplink

@Suite struct PublishedBatchTests {
    private func batch(
        _ count: Int, _ settleOn: MQTTUplinkConfiguration.SettleOn = .puback,
        _ noSubscriber: MQTTUplinkConfiguration.NoSubscriber = .retry
    ) -> PublishedBatch {
        var configuration = MQTTUplinkConfiguration(host: "h", clientID: "c", topic: "t", settleOn: settleOn)
        configuration.noSubscriber = noSubscriber
        return PublishedBatch((1...count).map { UplinkSamples.id($0) }, configuration)
    }

    private func verdicts(_ report: DeliveryReport) -> [DeliveryVerdict]? {
        if case .answered(let outcomes) = report { outcomes.map(\.verdict) } else { nil }
    }

    private func failure(_ report: DeliveryReport) -> (code: String, mayHaveArrived: Bool)? {
        if case .unreachable(let error, let mayHave, _) = report { (error.code, mayHave) } else { nil }
    }

    @Test func everyReasonCodeMeansSomething() {
        let meanings: [(UInt8, DeliveryVerdict)] = [
            (0x00, .accepted), (0x80, .retry(after: nil)), (0x83, .retry(after: nil)), (0x91, .retry(after: nil)),
            (0x97, .retry(after: nil)), (0x99, .rejected),
        ]
        for (code, verdict) in meanings {
            var batch = batch(1)
            batch.sent(0)
            batch.acknowledged(0, MQTTReason(rawValue: code))
            #expect(batch.isComplete)
            #expect(verdicts(batch.report(nil)) == [verdict], "\(code)")
        }
    }

    @Test func anAcknowledgementOfNobodyIsNoDelivery() {
        var refusing = batch(1)
        refusing.sent(0)
        refusing.acknowledged(0, .noMatchingSubscribers)
        #expect(failure(refusing.report(nil))?.code == "uplink.no-subscriber")
        #expect(failure(refusing.report(nil))?.mayHaveArrived == false)
        var accepting = batch(1, .puback, .accept)
        accepting.sent(0)
        accepting.acknowledged(0, .noMatchingSubscribers)
        #expect(verdicts(accepting.report(nil)) == [.accepted])
    }

    @Test func aGatewayThatMayNotPublishIsAnOutageAndNotPoison() {
        var batch = batch(2)
        for index in 0..<2 { batch.sent(index); batch.acknowledged(index, .notAuthorized) }
        #expect(failure(batch.report(nil))?.code == "uplink.unauthorized")
    }

    @Test func withReceiptsAnAcknowledgementSettlesNothing() {
        var batch = batch(2, .receipt)
        for index in 0..<2 { batch.sent(index); batch.acknowledged(index, .success) }
        #expect(!batch.isComplete)
        #expect(failure(batch.report(.timedOut))?.code == "uplink.no-receipts")
        #expect(failure(batch.report(.timedOut))?.mayHaveArrived == true)
        let isWaitedFor = batch.receipt(UplinkSamples.id(2), DeliveryOutcome(.duplicate, answer: "有"))
        #expect(isWaitedFor)
        #expect(verdicts(batch.report(.timedOut)) == [.unknown, .duplicate])
        let isForeign = batch.receipt(UplinkSamples.id(3), DeliveryOutcome(.accepted, answer: ""))
        #expect(!isForeign)
    }

    @Test func aReceiptMayComeBeforeTheAcknowledgement() {
        var batch = batch(1, .receipt)
        batch.sent(0)
        _ = batch.receipt(UplinkSamples.id(1), DeliveryOutcome(.accepted, answer: "taken"))
        batch.acknowledged(0, .success)
        #expect(batch.isComplete && verdicts(batch.report(nil)) == [.accepted])
    }

    @Test func aBrokenLineSaysWhatMayHaveArrived() {
        var batch = batch(3)
        #expect(failure(batch.report(.cancelled))?.mayHaveArrived == false)
        batch.sent(0)
        #expect(failure(batch.report(.broken(.stopped)))?.mayHaveArrived == true)
        batch.acknowledged(0, .success)
        batch.sent(1)
        #expect(verdicts(batch.report(.timedOut)) == [.accepted, .unknown, .retry(after: nil)])
    }
}
