// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import StandInRegion

/// Each fault as a client sees it, what it left in the store, and that it was counted.
@Suite struct FaultTests {
    /// Posts one rating under a fault that fires once, then the same again without it.
    private func observe(
        _ fault: String, stored: Bool, seconds: Double = 8, _ check: (CurlAnswer) -> Void
    ) async throws {
        try await withRegion(faults: fault + " x1") { region, reader in
            check(try await curl(region.evaluateURL, body: batch(rating("a"), rating("b")), seconds: seconds))
            #expect(try reader.counts().received == (stored ? 2 : 0))
            let name = try FaultRule(fault).kind.name
            #expect(try reader.counts().faults == [name: 1])
            let again = try await curl(region.evaluateURL, body: batch(rating("a"), rating("b")))
            #expect(
                ["a", "b"].map { result($0, in: again) }
                    == Array(repeating: stored ? "duplicate" : "accepted", count: 2))
            #expect(try reader.counts().received == 2)
            #expect(try reader.presses().values.allSatisfy { $0.ids == 1 })
        }
    }

    @Test(arguments: [500, 502, 503, 429, 404, 403, 400]) func status(_ code: Int) async throws {
        try await observe("status:\(code)", stored: false) { answer in
            #expect(answer.exit == 0 && answer.status == code)
            #expect(!answer.headers.lowercased().contains("retry-after"))
        }
    }

    @Test func statusWithRetryAfter() async throws {
        try await observe("status:503/7s", stored: false) { answer in
            #expect(answer.status == 503)
            #expect(answer.headers.lowercased().contains("retry-after: 7\r\n"))
        }
    }

    @Test func unauthorized() async throws {
        try await observe("unauthorized", stored: false) { #expect($0.status == 401) }
    }

    @Test func refusalOfTheWholeBatch() async throws {
        try await observe("success=false", stored: false) { answer in
            #expect(answer.status == 200 && answer.body == #"{"message":"系统繁忙","success":false}"#)
        }
    }

    @Test func garbage() async throws {
        try await observe("garbage", stored: false) { answer in
            #expect(answer.exit == 0 && answer.status == 200 && !answer.body.contains("{"))
        }
    }

    @Test func halfAnAnswer() async throws {
        try await observe("truncate", stored: true) { answer in
            #expect(answer.exit == 18, "curl calls a body that ends early a partial file")
            #expect(answer.status == 200 && answer.body.hasPrefix(#"{"results":[{"id":"a""#))
            #expect(!answer.body.hasSuffix("}"))
        }
    }

    @Test(arguments: [("lostanswer", true), ("drop", false)]) func noAnswer(_ fault: String, _ stored: Bool)
        async throws
    {
        try await observe(fault, stored: stored) { answer in
            #expect(answer.exit == 52 && answer.status == 0, "curl calls a connection closed without an answer empty")
        }
    }

    @Test func reset() async throws {
        try await observe("reset", stored: false) { answer in
            #expect(answer.exit == 56 && answer.status == 0, "curl calls a reset a failure to receive")
        }
    }

    @Test func everythingIsADuplicate() async throws {
        try await observe("duplicate", stored: true) { answer in
            #expect(["a", "b"].map { result($0, in: answer) } == ["duplicate", "duplicate"])
        }
    }

    @Test func endless() async throws {
        try await observe("endless", stored: false, seconds: 0.5) { answer in
            #expect(answer.exit == 28 && answer.status == 200)
            #expect(answer.body.utf8.count > 10_000)
        }
    }

    @Test func aSlowAnswerDrips() async throws {
        try await observe("slow:50ms", stored: true, seconds: 0.5) { answer in
            #expect(answer.exit == 28 && answer.status == 200)
            #expect((1...20).contains(answer.body.utf8.count))
        }
    }

    @Test func aDelayedAnswerComesWhole() async throws {
        let start = ContinuousClock.now
        try await observe("delay:400ms", stored: true) { answer in
            #expect(answer.exit == 0 && result("a", in: answer) == "accepted")
            #expect(ContinuousClock.now - start >= .milliseconds(400))
        }
        try await observe("delay:30s", stored: true, seconds: 0.3) { #expect($0.exit == 28) }
    }

    @Test(arguments: [("reject", "rejected"), ("retry", "retry")])
    func singleRatings(_ fault: String, _ word: String) async throws {
        try await withRegion(faults: "\(fault) x2") { region, reader in
            let ratings = batch(rating("a"), rating("b"), rating("c"))
            let first = try await curl(region.evaluateURL, body: ratings)
            #expect(["a", "b", "c"].map { result($0, in: first) } == [word, word, "accepted"])
            #expect(try reader.counts().faults == [fault: 2])
            let again = try await curl(region.evaluateURL, body: ratings)
            #expect(["a", "b", "c"].map { result($0, in: again) } == ["accepted", "accepted", "duplicate"])
        }
    }

    @Test func aProbeMeetsTheFaultsWithoutALimitAndIsCountedApart() async throws {
        try await withRegion(faults: "drop x5,status:503") { region, reader in
            let probe = try await curl(region.pingURL)
            #expect(probe.status == 503)
            #expect(try reader.counts().faults == ["ping/status:503": 1])
        }
    }

    @Test func faultsComeAndGoAtRunTime() async throws {
        try await withRegion { region, _ in
            await region.inject(try FaultRule("status:500"))
            #expect(try await curl(region.evaluateURL, body: batch(rating("a"))).status == 500)
            await region.clearFaults()
            #expect(try await curl(region.evaluateURL, body: batch(rating("a"))).status == 200)
        }
    }
}
