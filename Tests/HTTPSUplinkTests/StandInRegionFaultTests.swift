// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPSUplink
import HallgateTesting
import RatingModel
import StandInRegion
import Testing
import UplinkAPI

extension LineTests {
    /// Every fault the stand-in region knows, by what the uplink makes of it; after each, the same batch is delivered.
    @Suite struct StandInRegionFaultTests {
        private static let faults: [(FaultKind, code: String?, mayHaveArrived: Bool, isStored: Bool)] = [
            (.status(500, retryAfterSeconds: nil), "uplink.region-failed", true, false),
            (.status(503, retryAfterSeconds: 7), "uplink.overloaded", true, false),
            (.unauthorized, "uplink.unauthorized", false, false),
            (.garbage, "uplink.answer-unreadable", true, false),
            (.truncate, "uplink.broken-off", true, true),
            (.lostAnswer, "uplink.broken-off", true, true),
            (.drop, "uplink.broken-off", true, false),
            (.reset, "uplink.broken-off", true, false),
            (.endless, "uplink.answer-too-long", true, false),
            (.slow(.milliseconds(40)), "uplink.timed-out", true, true),
            (.delay(.seconds(30)), "uplink.timed-out", true, true),
        ]

        @Test func everyFaultIsSurvivedAndNothingIsDoubled() async throws {
            try await withRegion { region in
                try await withUplink(region.evaluateURL, { $0.requestTimeout = .milliseconds(1500) }) { uplink in
                    for (index, fault) in Self.faults.enumerated() {
                        let batch = samples(index * 10 + 1...index * 10 + 5)
                        await region.clearFaults()
                        await region.inject(FaultRule(fault.0, limit: 1))
                        let report = await uplink.deliver(batch)
                        #expect(report.failure?.code == fault.code, "\(fault.0): \(report)")
                        #expect(report.mayHaveArrived == fault.mayHaveArrived, "\(fault.0)")
                        await region.clearFaults()
                        let again = await uplink.deliver(batch)
                        let verdict: DeliveryVerdict = fault.isStored ? .duplicate : .accepted
                        #expect(again.verdicts == Array(repeating: verdict, count: 5), "\(fault.0): \(again)")
                    }
                    let counts = try await region.counts()
                    #expect(counts.received == Self.faults.count * 5)
                    #expect(counts.altered == 0 && counts.competing == 0 && counts.untraceable == 0)
                }
            }
        }

        @Test func retryAfterIsHandedOn() async throws {
            try await withRegion(faults: [FaultRule(.status(429, retryAfterSeconds: 33))]) { region in
                let report = try await withUplink(region.evaluateURL) { await $0.deliver(samples(1...2)) }
                guard case .unreachable(_, false, .seconds(33)) = report else {
                    Issue.record("\(report)")
                    return
                }
            }
        }

        @Test func refusalsAndDuplicates() async throws {
            try await withRegion { region in
                try await withUplink(region.evaluateURL) { uplink in
                    await region.inject(FaultRule(.refuseBatch, limit: 1))
                    if case .refusedWhole = await uplink.deliver(samples(1...2)) {
                    } else {
                        Issue.record("not refused whole")
                    }
                    await region.inject(FaultRule(.reject, limit: 1))
                    #expect(await uplink.deliver(samples(1...2)).verdicts == [.rejected, .accepted])
                    await region.inject(FaultRule(.retry, limit: 1))
                    #expect(await uplink.deliver(samples(1...2)).verdicts == [.retry(after: nil), .duplicate])
                    await region.inject(FaultRule(.duplicate, limit: 1))
                    #expect(await uplink.deliver(samples(1...2)).verdicts == [.duplicate, .duplicate])
                }
            }
        }

        @Test func theProbeAsksWithoutARating() async throws {
            try await withRegion(token: "right") { region in
                try await withUplink(region.evaluateURL) { #expect(await $0.probe() == nil) }
                for (token, isRight) in [("right", true), ("wrong", false)] {
                    let path = try sharedCA.get().directory + "/token-\(token)"
                    try writeFile(path, token + "\n")
                    let result = try await withUplink(
                        region.evaluateURL,
                        {
                            $0.probeURL = region.pingURL
                            $0.tokenFile = path
                        }, { await $0.probe() })
                    if isRight { #expect(result == .answered) } else { #expect(result != .answered && result != nil) }
                }
                #expect(try await region.counts().received == 0)
            }
        }
    }
}
