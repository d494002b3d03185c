// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import StandInRegion

@Suite struct ContractTests {
    @Test func aBatchIsStoredAndEachRatingAnswered() async throws {
        try await withRegion { region, reader in
            let answer = try await curl(
                region.evaluateURL, body: batch(rating("a", press: "pad,7,ff-1"), rating("b", press: "pad,7,ff-2")))
            #expect(answer.exit == 0 && answer.status == 200)
            #expect(answer.headers.contains("application/json"))
            #expect(
                answer.body
                    == #"{"results":[{"id":"a","message":"","result":"accepted"},{"id":"b","message":"","result":"accepted"}],"success":true}"#
            )
            let presses = try reader.presses()
            let pad = DeviceID("pad,7")
            #expect(
                Set(presses.keys) == [
                    PressKey(device: pad, log: 0xFF, sequence: 1), PressKey(device: pad, log: 0xFF, sequence: 2),
                ])
            #expect(presses.values.allSatisfy { $0.ids == 1 })
            #expect(try reader.counts().requests == ["evaluate": 1])
        }
    }

    @Test func theSameIDAgainIsADuplicateAndStoredOnce() async throws {
        try await withRegion { region, reader in
            for expected in ["accepted", "duplicate", "duplicate"] {
                let answer = try await curl(region.evaluateURL, body: batch(rating("a")))
                #expect(result("a", in: answer) == expected)
            }
            let counts = try reader.counts()
            #expect(counts.received == 1 && counts.repeated == 2 && counts.altered == 0 && counts.competing == 0)
            #expect(try reader.presses().values.map(\.ids) == [1])
        }
    }

    @Test func anAlteredRepeatIsSeen() async throws {
        try await withRegion { region, reader in
            _ = try await curl(region.evaluateURL, body: batch(rating("a", satisfaction: "1", words: "慢")))
            let answer = try await curl(region.evaluateURL, body: batch(rating("a", satisfaction: "5")))
            #expect(result("a", in: answer) == "duplicate")
            #expect(try reader.counts().altered == 1)
        }
    }

    @Test func anotherIDForTheSameCaseIsNotStoredButCountedAgainstThePress() async throws {
        try await withRegion { region, reader in
            let press = "pad-1,1-1"
            _ = try await curl(region.evaluateURL, body: batch(rating("a", case: "P", press: press)))
            let answer = try await curl(
                region.evaluateURL,
                body: batch(rating("b", case: "P", press: press), rating("c", case: "P", number: 2, press: "pad-1,1-2"))
            )
            #expect(result("b", in: answer) == "duplicate")
            #expect(answer.body.contains("评价数据不可重复"))
            #expect(result("c", in: answer) == "accepted")
            let counts = try reader.counts()
            #expect(counts.received == 2 && counts.competing == 1)
            let twice = try #require(try reader.presses()[PressKey(device: DeviceID("pad-1"), log: 1, sequence: 1)])
            #expect(twice == .init(receipts: 1, competing: 1) && twice.ids == 2)
        }
    }

    @Test func onePressUnderTwoIDsAndTwoCasesIsSeenTwice() async throws {
        try await withRegion { region, reader in
            let press = "pad-1,1-1"
            _ = try await curl(
                region.evaluateURL,
                body: batch(rating("a", case: "P", press: press), rating("b", case: "Q", press: press)))
            #expect(try reader.presses().values.map(\.ids) == [2])
        }
    }

    @Test func aBatchRefusesItsBadRatingsAndTakesTheRest() async throws {
        try await withRegion { region, reader in
            let answer = try await curl(
                region.evaluateURL,
                body: batch(
                    rating("a", satisfaction: "1"), rating("b", satisfaction: nil),
                    rating("c", satisfaction: "1", words: "慢"),
                    rating("d", time: "02.03.2026"), rating("e", number: 3), rating("f")))
            let results = ["a", "b", "c", "d", "e", "f"].map { result($0, in: answer) }
            #expect(results == ["rejected", "rejected", "accepted", "rejected", "rejected", "accepted"])
            #expect(try reader.counts().rejected == 4)
        }
    }

    @Test(arguments: [
        ("", 400), ("{", 400), ("[]", 400), (#"{"evaluate":{}}"#, 400), (#"{"evaluate":[{"projectNo":"1"}]}"#, 422),
        (#"{"evaluate":[{"id":5}]}"#, 422), ("\u{0}\u{1}", 400),
    ])
    func anUnreadableBatchIsRefusedWhole(_ body: String, _ status: Int) async throws {
        try await withRegion { region, reader in
            let answer = try await curl(region.evaluateURL, body: body)
            #expect(answer.status == status)
            #expect(answer.body.contains(#""success":false"#))
            #expect(try reader.counts().received == 0)
        }
    }

    @Test func tooManyRatingsAreRefusedWhole() async throws {
        try await withRegion { region, reader in
            let ratings = (0...Limits.batchRecords).map { rating("r\($0)") }.joined(separator: ",")
            let answer = try await curl(region.evaluateURL, body: "{\"evaluate\":[\(ratings)]}")
            #expect(answer.status == 413)
            #expect(try reader.counts().received == 0)
        }
    }

    @Test func aCaseIsFiledOnceAndARatingWaitsForItWhereAsked() async throws {
        try await withRegion(requiresCase: true) { region, reader in
            let early = try await curl(region.evaluateURL, body: batch(rating("a", case: "P")))
            #expect(result("a", in: early) == "rejected")
            #expect(early.body.contains("办件不存在"))
            let filed = #"{"cases":[{"projectNo":"P","serviceNumber":"1"}]}"#
            #expect(try await curl(region.url("/api/cases"), body: filed).body.contains(#""result":"accepted""#))
            #expect(try await curl(region.url("/api/cases"), body: filed).body.contains("已存在"))
            let later = try await curl(region.evaluateURL, body: batch(rating("a", case: "P")))
            #expect(result("a", in: later) == "accepted")
            #expect(try reader.counts().cases == 1)
        }
    }

    @Test func theTokenIsCheckedOnEveryCall() async throws {
        try await withRegion(token: "secret") { region, reader in
            for url in [region.pingURL, region.url("/api/counts")] {
                for (options, status) in [([], 401), (["wrong"], 401), (["secret"], 200)] {
                    let header = options.flatMap { ["-H", "Authorization: Bearer \($0)"] }
                    let answer = try await curl(url, header)
                    #expect(answer.status == status)
                }
            }
            #expect(try await curl(region.evaluateURL, body: batch(rating("a"))).status == 401)
            #expect(try reader.counts().received == 0)
        }
    }

    @Test func probeAndCountsAnswerAndOtherPathsDoNot() async throws {
        try await withRegion { region, reader in
            #expect(try await curl(region.pingURL).body == #"{"success":true}"#)
            let counts = try await curl(region.url("/api/counts"))
            #expect(counts.body.contains(#""requests":{"ping":1}"#))
            #expect(try await curl(region.url("/api/nothing")).status == 404)
            #expect(try reader.counts() == (try await region.counts()))
        }
    }
}
