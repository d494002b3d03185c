// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import StandInRegion

@Suite struct FaultRuleTests {
    @Test(arguments: [
        ("status:503", FaultRule(.status(503, retryAfterSeconds: nil))),
        (
            "status:503/2s:0.5@10s..40s x3",
            FaultRule(
                .status(503, retryAfterSeconds: 2), probability: 0.5, window: .seconds(10)..<(.seconds(40)), limit: 3)
        ),
        ("reject:0.01", FaultRule(.reject, probability: 0.01)),
        ("retry x2", FaultRule(.retry, limit: 2)),
        ("drop:0.05", FaultRule(.drop, probability: 0.05)),
        ("delay:2s", FaultRule(.delay(.seconds(2)))),
        ("delay:500ms:0.2", FaultRule(.delay(.milliseconds(500)), probability: 0.2)),
        ("truncate:0.1", FaultRule(.truncate, probability: 0.1)),
        ("slow", FaultRule(.slow(.milliseconds(20)))),
        ("slow:1s:0.5", FaultRule(.slow(.seconds(1)), probability: 0.5)),
        ("slow:0.5", FaultRule(.slow(.milliseconds(20)), probability: 0.5)),
        ("success=false:0.1", FaultRule(.refuseBatch, probability: 0.1)),
        ("lostanswer:0.02", FaultRule(.lostAnswer, probability: 0.02)),
        ("garbage", FaultRule(.garbage)), ("duplicate", FaultRule(.duplicate)),
        (" unauthorized@1s..2s", FaultRule(.unauthorized, window: .seconds(1)..<(.seconds(2)))),
        ("endless", FaultRule(.endless)), ("reset x1", FaultRule(.reset, limit: 1)),
    ])
    func isRead(_ text: String, _ rule: FaultRule) throws {
        #expect(try FaultRule(text) == rule)
    }

    @Test func aListIsSeparatedByCommas() throws {
        let text =
            "reject:0.01,drop:0.05,delay:2s,status:503@10s..40s,truncate:0.1,slow,success=false:0.1,"
            + "lostanswer:0.02,garbage,duplicate,unauthorized,status:500:0.1 x3,endless,reset"
        #expect(
            try FaultRule.list(text).map(\.kind.name) == [
                "reject", "drop", "delay", "status:503", "truncate", "slow", "success=false", "lostanswer", "garbage",
                "duplicate", "unauthorized", "status:500", "endless", "reset",
            ])
        #expect(try FaultRule.list("").isEmpty)
    }

    @Test(arguments: [
        "", "fire", "status", "status:", "status:99", "status:600", "status:5oo", "status:503/soon", "drop:2",
        "drop:-1",
        "drop:nan", "drop:0.1:0.2", "delay", "delay:2", "delay:-1s", "delay:1e99s", "delay:infs", "drop@5s",
        "drop@5s..1s",
        "drop@..5s", "drop x0", "drop x-1", "drop x", "drop x99999999999999999999", ":", "@", " x1",
    ])
    func anythingElseIsRefusedWithAHint(_ text: String) throws {
        let error = try #require(throws: GatewayError.self) { try FaultRule(text) }
        #expect(error.code == "region.fault-rule")
        #expect(!error.hint.english.isEmpty && !error.hint.chinese.isEmpty)
    }
}

@Suite struct FaultPlanTests {
    @Test func theFirstThatFiresDecidesAndTheRestIsNotUsedUp() throws {
        var plan = FaultPlan(try FaultRule.list("garbage x1,drop x1"), seed: 1)
        #expect(plan.decide(carriesRatings: true, at: .zero).kind == .garbage)
        #expect(plan.decide(carriesRatings: true, at: .zero).kind == .drop)
        #expect(plan.decide(carriesRatings: true, at: .zero) == FaultPlan.Decision())
    }

    @Test func delaysAddUpAndStandBesideAnotherFault() throws {
        var plan = FaultPlan(try FaultRule.list("delay:1s,garbage,delay:2s"), seed: 1)
        let decision = plan.decide(carriesRatings: true, at: .zero)
        #expect(decision == .init(delay: .seconds(3), kind: .garbage, fired: ["delay", "garbage", "delay"]))
    }

    @Test func aWindowCountsFromWhenTheRuleWasGiven() throws {
        var plan = FaultPlan([], seed: 1)
        plan.add(try FaultRule("drop@10s..40s"), at: .seconds(100))
        let fired = [109, 110, 139, 140].map { plan.decide(carriesRatings: true, at: .seconds($0)).kind == .drop }
        #expect(fired == [false, true, true, false])
    }

    @Test func aCallWithoutRatingsLeavesLimitedRulesAlone() throws {
        var plan = FaultPlan(try FaultRule.list("garbage x1,status:503"), seed: 1)
        #expect(plan.decide(carriesRatings: false, at: .zero).fired == ["status:503"])
        #expect(plan.decide(carriesRatings: true, at: .zero).fired == ["garbage"])
    }

    @Test func rulesForRatingsAreAskedPerRatingOnly() throws {
        var plan = FaultPlan(try FaultRule.list("reject x2,retry x1"), seed: 1)
        #expect(plan.decide(carriesRatings: true, at: .zero).fired.isEmpty)
        #expect((0..<4).map { _ in plan.decideRating(at: .zero) } == [.reject, .reject, .retry, nil])
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func theSameSeedFiresTheSameAndAboutAsOftenAsStated(_ seed: UInt64) throws {
        func run(_ seed: UInt64) throws -> [Bool] {
            var plan = FaultPlan(try FaultRule.list("drop:0.1"), seed: seed)
            return (0..<10_000).map { _ in plan.decide(carriesRatings: true, at: .zero).kind == .drop }
        }
        let fired = try run(seed)
        #expect(try fired == run(seed))
        #expect(try fired != run(seed + 1000))
        // Ten standard deviations of a binomial distribution of 10,000 trials at 0.1.
        #expect((700...1300).contains(fired.count { $0 }), "seed \(seed)")
    }

    @Test func clearTakesAllAway() throws {
        var plan = FaultPlan(try FaultRule.list("drop,reject"), seed: 1)
        plan.clear()
        #expect(plan.decide(carriesRatings: true, at: .zero) == FaultPlan.Decision())
        #expect(plan.decideRating(at: .zero) == nil)
    }
}
