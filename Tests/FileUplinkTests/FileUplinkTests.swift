// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import FileUplink

@Suite struct FileUplinkTests {
    /// The whole way with a region that was written from the document alone, by either signature.
    @Test(arguments: FileUplinkConfiguration.Signature.allCases)
    func aRegionByTheDocumentTakesBundlesAndAnswers(_ signature: FileUplinkConfiguration.Signature) async throws {
        let hall = try BundleFixture(signature)
        let uplink = try hall.uplink()
        #expect(await uplink.deliver(samples(1...3)).verdicts == Array(repeating: .awaitingReceipt, count: 3))
        #expect(await uplink.deliver(samples(4...5)).verdicts == [.awaitingReceipt, .awaitingReceipt])
        #expect(try hall.names() == ["hallgate-hall-7-1.bundle", "hallgate-hall-7-2.bundle"])
        let told = try hall.region("--reject \(UplinkSamples.id(2))")
        #expect(told.taken == [1, 2] && told.missing == [] && told.bad == [] && told.ratings == 4)
        #expect(await uplink.lookForReceipts() == ReceiptFindings(answered: 5, untold: 5))
        #expect(await uplink.lookForReceipts() == ReceiptFindings(untold: 5))
        let report = await uplink.deliver(samples(1...5))
        #expect(await uplink.lookForReceipts() == ReceiptFindings())
        #expect(report.verdicts == [.accepted, .rejected, .accepted, .accepted, .accepted])
        if case .answered(let outcomes) = report { #expect(outcomes[1].answer == "办件不存在") }
        // What did its work is swept; what was told once is a duplicate from then on, and a refused rating is asked again.
        #expect(try hall.names() == [])
        #expect(await uplink.deliver(samples(2...2)).verdicts == [.awaitingReceipt])
        #expect(await uplink.deliver(samples(3...3)).verdicts == [.duplicate])
    }

    @Test func whatAwaitsAReceiptIsNotWrittenAgain() async throws {
        let hall = try BundleFixture()
        let uplink = try hall.uplink()
        for _ in 0..<3 { _ = await uplink.deliver(samples(1...3)) }
        _ = await uplink.deliver(samples(2...4))
        #expect(try hall.names() == ["hallgate-hall-7-1.bundle", "hallgate-hall-7-2.bundle"])
        let other = try hall.uplink()
        #expect(await other.deliver(samples(1...4)).verdicts == Array(repeating: .awaitingReceipt, count: 4))
        #expect(try hall.names().count == 2)
        #expect(try hall.region().ratings == 4)
        // The answers outlive a start, and the bundles do not outlive the answers.
        _ = await other.lookForReceipts()
        let third = try hall.uplink()
        #expect(await third.deliver(samples(1...4)).verdicts == Array(repeating: .duplicate, count: 4))
        #expect(try hall.names(hall.home, ".bundle") == [])
    }

    @Test func aReceiptMaySpeakOfSomeAndPutOthersOff() async throws {
        let hall = try BundleFixture()
        let uplink = try hall.uplink()
        _ = await uplink.deliver(samples(1...3))
        _ = try hall.region("--omit \(UplinkSamples.id(1)) --retry \(UplinkSamples.id(2))")
        #expect(await uplink.lookForReceipts().answered == 2)
        #expect(await uplink.deliver(samples(1...3)).verdicts == [.awaitingReceipt, .retry(after: nil), .accepted])
        #expect(await uplink.deliver(samples(1...3)).verdicts == [.awaitingReceipt, .awaitingReceipt, .duplicate])
        // The first waits in its bundle, the second went into the next.
        #expect(try hall.names(nil, ".bundle") == ["hallgate-hall-7-1.bundle", "hallgate-hall-7-2.bundle"])
        let told = try hall.region()
        #expect(told.taken == [1, 2] && told.ratings == 3 && told.altered == 0)
        // The region met the second one in its first bundle again, so that the later one brought nothing new.
        #expect(await uplink.deliver(samples(1...3)).verdicts == [.accepted, .duplicate, .duplicate])
    }

    @Test func aBundleThatIsRefusedGoesIntoAnother() async throws {
        let hall = try BundleFixture()
        let uplink = try hall.uplink()
        _ = await uplink.deliver(samples(1...2))
        _ = try hall.region("--refuse 网关未备案")
        #expect(await uplink.lookForReceipts().answered == 2)
        #expect(await uplink.deliver(samples(1...2)) == .refusedWhole(answer: "网关未备案"))
        #expect(await uplink.deliver(samples(1...2)).verdicts == [.awaitingReceipt, .awaitingReceipt])
        #expect(try hall.names() == ["hallgate-hall-7-2.bundle"])
        #expect(try hall.region().taken == [2])
        #expect(await uplink.deliver(samples(1...2)).verdicts == [.accepted, .accepted])
    }

    @Test func aForgedReceiptCountsForNothing() async throws {
        let hall = try BundleFixture()
        let uplink = try hall.uplink()
        _ = await uplink.deliver(samples(1...1))
        // The gateway's own key is not the region's.
        _ = try shell(
            "cp \(hall.path)/region.key \(hall.path)/kept && cp \(hall.path)/gateway.key \(hall.path)/region.key")
        _ = try hall.region()
        let findings = await uplink.lookForReceipts()
        #expect(findings.answered == 0 && findings.complaints.map(\.code) == ["bundle.bad-receipt"])
        #expect(await uplink.lookForReceipts().complaints == [])
        #expect(await uplink.deliver(samples(1...1)).verdicts == [.awaitingReceipt])
        _ = try shell("cp \(hall.path)/kept \(hall.path)/region.key && rm \(hall.path)/store.json")
        _ = try hall.region()
        #expect(await uplink.deliver(samples(1...1)).verdicts == [.accepted])
    }

    @Test func aReceiptForAnotherBundleOfTheNumberDoesNotCount() async throws {
        let (hall, other) = (try BundleFixture(), try BundleFixture())
        _ = try shell("cp \(hall.path)/*.key \(hall.path)/*.pub \(other.path)/")
        let uplink = try hall.uplink()
        _ = await uplink.deliver(samples(1...1))
        _ = await (try other.uplink()).deliver(samples(1...1))
        _ = try other.region()
        _ = try shell("cp \(other.stick)/*.receipt \(hall.stick)/")
        #expect(await uplink.lookForReceipts().complaints.map(\.cause) == ["it answers another bundle"])
        #expect(await uplink.deliver(samples(1...1)).verdicts == [.awaitingReceipt])
    }

    @Test func moreThanCanWaitIsNotWritten() async throws {
        let hall = try BundleFixture()
        let uplink = try hall.uplink { $0.mostWaiting = 5 }
        _ = await uplink.deliver(samples(1...4))
        #expect(await uplink.deliver(samples(3...6)).failure?.code == "bundle.no-receipts")
        #expect(try hall.names().count == 1)
        _ = try hall.region()
        #expect(await uplink.deliver(samples(5...6)).verdicts == [.awaitingReceipt, .awaitingReceipt])
    }

    @Test func aRatingWithoutWordsIsRefusedAndTheRestWritten() async throws {
        let hall = try BundleFixture()
        let batch = [UplinkSamples.outgoing(1), UplinkSamples.outgoing(2, level: nil)]
        #expect(await (try hall.uplink()).deliver(batch).verdicts == [.awaitingReceipt, .rejected])
        #expect(try hall.region().ratings == 1)
    }

    @Test func aLostKeyIsSaidAndMendsItself() async throws {
        let hall = try BundleFixture()
        let uplink = try hall.uplink()
        _ = try shell("mv \(hall.path)/gateway.key \(hall.path)/away")
        #expect(await uplink.deliver(samples(1...1)).failure?.code == "key.unreadable")
        #expect(await uplink.lookForReceipts() == ReceiptFindings())
        _ = try shell("mv \(hall.path)/away \(hall.path)/gateway.key")
        #expect(await uplink.deliver(samples(1...1)).verdicts == [.awaitingReceipt])
    }

    @Test func aDamagedCopyOfItsOwnIsSetAsideAndItsRatingsGoOn() async throws {
        let hall = try BundleFixture()
        _ = await (try hall.uplink()).deliver(samples(1...2))
        _ = try shell("printf x >> \(hall.home)/hallgate-hall-7-1.bundle && rm \(hall.stick)/*")
        let uplink = try hall.uplink()
        #expect(await uplink.deliver(samples(1...2)).verdicts == [.awaitingReceipt, .awaitingReceipt])
        #expect(try hall.names() == ["hallgate-hall-7-2.bundle"])
        #expect(try hall.names(hall.home, ".damaged").count == 1)
        // The region sees that the first one is missing.
        #expect(try hall.region().missing == [1])
    }

    @Test func aDamagedOrLostStateIsNotGuessed() async throws {
        let hall = try BundleFixture()
        _ = await (try hall.uplink()).deliver(samples(1...2))
        _ = try shell("cp \(hall.home)/state \(hall.path)/kept && sed -i s/1/2/ \(hall.home)/state")
        #expect(await (try hall.uplink()).deliver(samples(3...3)).failure?.code == "bundle.state")
        _ = try shell("rm \(hall.home)/state")
        #expect(await (try hall.uplink()).deliver(samples(3...3)).failure?.code == "bundle.state")
        _ = try shell("mv \(hall.path)/kept \(hall.home)/state")
        #expect(await (try hall.uplink()).deliver(samples(3...3)).verdicts == [.awaitingReceipt])
    }
}
