// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPSUplink
import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

extension LineTests {
    /// What is asked of a region before a batch, and beside batches.
    @Suite struct QuestionTests {
        @Test func whatMayHaveArrivedIsAskedForBeforeItGoesAgain() async throws {
            try await StubRegion.run(StubCoding { $0.asksOutcomes = true }) { region, uplink in
                // Before anything was answered, an earlier run may have sent the batch.
                #expect(await uplink.deliver(samples(1...2)).verdicts == [.accepted, .accepted])
                #expect(region.calls == ["/outcomes", "/evaluate"])
                #expect(await uplink.deliver(samples(3...4)).verdicts == [.accepted, .accepted])
                #expect(region.count(of: "/outcomes") == 1)

                region.set { $0.losesAnswers = true }
                #expect(await uplink.deliver(samples(5...7)).mayHaveArrived == true)
                region.set { $0.losesAnswers = false }
                let again = await uplink.deliver(samples(5...8))
                #expect(again.verdicts == Array(repeating: .accepted, count: 4))
                #expect(region.bodies(of: "/outcomes").last?.split(separator: "\n").count == 3)
                let sent = try #require(region.bodies(of: "/evaluate").last)
                #expect(!sent.contains(UplinkSamples.id(5).description), "sent though the region holds it")
                #expect(sent.contains(UplinkSamples.id(8).description))
                #expect(await uplink.deliver(samples(5...8)).verdicts == Array(repeating: .duplicate, count: 4))
                #expect(region.count(of: "/outcomes") == 2)
            }
        }

        @Test func aRegionThatCannotBeAskedIsNotSentDoubtfulRatings() async throws {
            try await StubRegion.run(StubCoding { $0.asksOutcomes = true }) { region, uplink in
                region.set { $0.admits = "nothing" }
                let report = await uplink.deliver(samples(1...2))
                #expect(report.failure?.code == "uplink.unauthorized" && report.mayHaveArrived == true)
                #expect(region.count(of: "/evaluate") == 0)
            }
        }

        @Test(arguments: [true, false]) func ratingsWaitForTheirCase(isFiled: Bool) async throws {
            let coding = StubCoding {
                $0.filesCases = isFiled
                $0.looksUpCases = !isFiled
            }
            let path = isFiled ? "/file" : "/case"
            try await StubRegion.run(coding) { region, uplink in
                region.set { $0.heldCases = ["P1", "P3"] }
                let report = await uplink.deliver(samples(1...3))
                #expect(report.verdicts == [.accepted, .retry(after: nil), .accepted], "\(report)")
                #expect(region.bodies(of: path) == ["P1", "P2", "P3"])
                region.set { $0.heldCases = ["P1", "P2", "P3"] }
                #expect(await uplink.deliver(samples(1...3)).verdicts == [.duplicate, .accepted, .duplicate])
                #expect(region.bodies(of: path).last == "P2", "a case that is held was asked for again")
                #expect(region.count(of: path) == 4)
            }
        }

        /// One case that is refused puts its ratings off; a call that fails is an outage of the line.
        @Test func aRefusedCaseIsNoOutage() async throws {
            try await StubRegion.run(StubCoding { $0.filesCases = true }) { region, uplink in
                region.set { $0.caseStatus = 422 }
                #expect(await uplink.deliver(samples(1...1)).verdicts == [.retry(after: nil)])
                region.set { $0.caseStatus = 503 }
                let report = await uplink.deliver(samples(1...1))
                #expect(report.failure?.code == "uplink.overloaded" && report.mayHaveArrived == false, "\(report)")
                #expect(region.count(of: "/evaluate") == 0)
            }
        }

        @Test func questionsAreAnsweredBesideBatches() async throws {
            try await StubRegion.run(StubCoding { $0.hasTokens = true }) { region, uplink in
                region.set { $0.admits = "t2" }
                let reply = try await uplink.ask(.holdings("2026-03-01"))
                #expect(reply.status == 200 && reply.body == Array("day".utf8))
                #expect(region.calls == ["/token", "/holdings?date=2026-03-01", "/token", "/holdings?date=2026-03-01"])
                region.set { $0.status = 404 }
                await #expect(throws: GatewayError.self) { try await uplink.ask(.holdings("2026-03-01")) }
                do throws(GatewayError) {
                    _ = try await uplink.ask(.notices(after: nil))
                    Issue.record("a call that is not there was answered")
                } catch { #expect(error.code == "uplink.no-such-call") }
            }
        }

        /// Every call counts against the region's rate, not only batches.
        @Test func theStartsOfCallsKeepTheirDistance() async throws {
            let interval = Duration.milliseconds(60)
            let coding = StubCoding(leastInterval: interval) {
                $0.hasTokens = true
                $0.looksUpCases = true
            }
            try await StubRegion.run(coding) { region, uplink in
                region.set { $0.heldCases = ["P1", "P2", "P3"] }
                #expect(await uplink.deliver(samples(1...3)).verdicts == Array(repeating: .accepted, count: 3))
                let starts = region.starts
                #expect(starts.count == 5)
                // A call can be late on its way; all together cannot be quicker than their rate.
                if let first = starts.first, let last = starts.last {
                    #expect(first.duration(to: last) > interval * 4 - .milliseconds(30))
                }
            }
        }
    }
}
