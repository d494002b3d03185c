// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPSUplink
import HallgateTesting
import RatingModel
import StandInRegion
import Testing
import UplinkAPI

extension LineTests {
    /// Tokens a region lends for a time.
    @Suite struct TokenTests {
        private let coding = StubCoding { $0.hasTokens = true }

        @Test func oneIsHadBeforeTheFirstBatchHoweverManyWantIt() async throws {
            try await StubRegion.run(coding) { region, uplink in
                region.set { $0.admits = "t1" }
                await withTaskGroup(of: DeliveryReport.self) { group in
                    for number in 1...8 { group.addTask { await uplink.deliver(samples(number...number)) } }
                    for await report in group { #expect(report.verdicts == [.accepted], "\(report)") }
                }
                #expect(region.calls.first == "/token")
                #expect(region.count(of: "/token") == 1)
                #expect(region.count(of: "/evaluate") == 8)
            }
        }

        @Test func aTokenThatIsNotAdmittedIsRenewedOnce() async throws {
            try await StubRegion.run(coding) { region, uplink in
                region.set { $0.admits = "t2" }
                #expect(await uplink.deliver(samples(1...3)).verdicts == Array(repeating: .accepted, count: 3))
                #expect(region.calls == ["/token", "/evaluate", "/token", "/evaluate"])
                region.set { $0.admits = "nothing" }
                let report = await uplink.deliver(samples(4...5))
                #expect(report.failure?.code == "uplink.unauthorized", "\(report)")
                #expect(report.mayHaveArrived == false)
                #expect(region.count(of: "/token") == 3 && region.count(of: "/evaluate") == 4)
            }
        }

        @Test func aTokenIsRenewedBeforeItRunsOut() async throws {
            let clock = VirtualClock()
            try await StubRegion.run(coding, clock: clock) { region, uplink in
                for (passed, tokens) in [(0, 1), (539, 1), (2, 2), (530, 2), (11, 3)] {
                    clock.advance(by: .seconds(passed))
                    _ = await uplink.deliver(samples(1...1))
                    #expect(region.count(of: "/token") == tokens, "after \(passed) s")
                }
            }
        }

        /// The line is out, not the ratings; and what the site proves itself with stands nowhere.
        @Test func aTokenThatCannotBeHadIsAnOutageOfTheLine() async throws {
            let secret = try sharedCA.get().directory + "/app-secret"
            try writeFile(secret, "s3cret\nsecond line\n")
            try await StubRegion.run(coding, { $0.credentialFiles = ["app_secret": secret] }) { region, uplink in
                for (status, code) in [(500, "uplink.region-failed"), (403, "uplink.unauthorized")] {
                    region.set { $0.tokenStatus = status }
                    let report = await uplink.deliver(samples(1...2))
                    #expect(report.failure?.code == code, "\(report)")
                    #expect(report.failure?.cause == "the call for a token: HTTP \(status)")
                    #expect(report.mayHaveArrived == false)
                    #expect(!"\(report)".contains("s3cret") && !"\(report)".contains("t1"))
                }
                #expect(region.count(of: "/evaluate") == 0)
                #expect(Set(region.bodies(of: "/token")) == ["s3cret"])
                region.set { $0.tokenStatus = 200 }
                #expect(await uplink.deliver(samples(1...2)).verdicts == [.accepted, .accepted])
            }
        }

        @Test func aNonsensicalTokenIsAnOutageToo() async throws {
            try await StubRegion.run(coding) { region, uplink in
                region.set { $0.tokenStatus = 204 }
                let report = await uplink.deliver(samples(1...1))
                #expect(report.failure != nil && report.mayHaveArrived == false, "\(report)")
            }
        }
    }
}
