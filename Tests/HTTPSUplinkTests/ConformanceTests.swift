// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPSUplink
import HallgateTesting
import RatingModel
import RegionProfiles
import StandInRegion
import Testing
import UplinkAPI

extension LineTests {
    @Suite struct ConformanceTests {
        /// The second takes invitations as well.
        @Test(arguments: ["national", "plain"]) func theUplinkKeepsTheContractWithAStandInRegion(
            _ profile: String
        ) async throws {
            var setUp = RestartingRegion.SetUp()
            setUp.settings = RegionSettings(profile: try #require(RegionProfile.named(profile)))
            if profile == "plain" { setUp.settings.terms.invitationAfter = .seconds(1800) }
            try await RestartingRegion.run(setUp) { fixture in
                let complaints = try await UplinkConformance.complaints(of: fixture)
                #expect(complaints == [])
            }
        }

        /// The same with tokens, which a restarted region has forgotten, and questions for what may have arrived.
        @Test func andWithTokensAndQuestions() async throws {
            var setUp = RestartingRegion.SetUp()
            setUp.settings.terms.onUnknown = .query
            (setUp.credentialFiles, setUp.applications) = try site()
            try await RestartingRegion.run(setUp) { fixture in
                let complaints = try await UplinkConformance.complaints(of: fixture)
                #expect(complaints == [])
            }
        }

        /// A region that refuses ratings of cases it does not know is told the case first, under a token that runs out.
        @Test func casesAreFiledBeforeTheirRatings() async throws {
            let ca = try sharedCA.get()
            let (files, applications) = try site()
            var region = StandInRegionConfiguration(store: ":memory:", tls: ca.serverTLS(), requiresCase: true)
            region.applications = applications
            region.tokenLifetime = .milliseconds(1500)
            var configuration = HTTPSUplinkConfiguration(url: "", authorityFile: ca.authority)
            configuration.credentialFiles = files
            try await withStandInRegion(region) { [configuration] region in
                var (configuration, settings) = (configuration, RegionSettings())
                configuration.url = region.evaluateURL
                let unfiled = try openUplink(configuration, settings)
                #expect(await unfiled.deliver(samples(1...2)).verdicts == [.rejected, .rejected])
                await unfiled.shutdown()
                settings.terms.caseMode = .push
                let uplink = try openUplink(configuration, settings)
                let start = ContinuousClock.now
                var number = 0
                while start.duration(to: .now) < .seconds(4) {
                    number += 1
                    let report = await uplink.deliver(samples(number...number))
                    #expect(report.verdicts == [.accepted], "\(number): \(report)")
                    try await Task.sleep(for: .milliseconds(100))
                }
                #expect(try await region.counts().received == number)
                await uplink.shutdown()
            }
        }

        /// The files of an application that can have a token, and its secret as the region knows it.
        private func site() throws -> ([String: String], [String: String]) {
            let directory = try sharedCA.get().directory
            try writeFile(directory + "/app-id", "hall-1\n")
            try writeFile(directory + "/app-secret", "s3cret\n")
            return (["app_id": directory + "/app-id", "app_secret": directory + "/app-secret"], ["hall-1": "s3cret"])
        }
    }
}
