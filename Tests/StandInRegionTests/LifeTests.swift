// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import SQLite
import Testing

@testable import StandInRegion

@Suite struct LifeTests {
    @Test func aStoppedRegionRefusesAndANewOneKnowsWhatTheOldOneTook() async throws {
        try await withTemporaryDirectory { directory in
            var configuration = StandInRegionConfiguration(store: directory + "/region.db")
            let (url, port) = try await withStandInRegion(configuration) { region in
                _ = try await curl(region.evaluateURL, body: batch(rating("a")))
                await region.stop()
                #expect(try await curl(region.evaluateURL, body: batch(rating("b"))).exit == 7)
                return (region.evaluateURL, region.port)
            }
            #expect(try await curl(url, body: batch(rating("b"))).exit == 7)
            configuration.port = port
            try await withStandInRegion(configuration) { region in
                let answer = try await curl(region.evaluateURL, body: batch(rating("a"), rating("b")))
                #expect(["a", "b"].map { result($0, in: answer) } == ["duplicate", "accepted"])
            }
            #expect(try RegionStoreReader(path: configuration.store).counts().received == 2)
        }
    }

    @Test func aRegionStopsAtOnceInTheMiddleOfItsWorstAnswers() async throws {
        for fault in ["endless", "slow:1s", "delay:60s"] {
            try await withRegion(faults: fault) { region, reader in
                async let answer = curl(region.evaluateURL, body: batch(rating("a")), seconds: 20)
                try await poll { try reader.counts().faults.count == 1 }
                let start = ContinuousClock.now
                await region.stop()
                #expect(ContinuousClock.now - start < .seconds(15), "\(fault)")
                #expect(try await answer.exit != 0, "\(fault)")
            }
        }
    }

    @Test func aTakenPortAndAStoreInNoDirectoryAreErrorsWithHints() async throws {
        try await withRegion { region, reader in
            let taken = StandInRegionConfiguration(store: reader.path + ".other", port: region.port)
            await #expect(throws: GatewayError.self) { try await withStandInRegion(taken) { _ in } }
        }
        let nowhere = StandInRegionConfiguration(store: "/nonexistent/region.db")
        let error = await #expect(throws: GatewayError.self) { try await withStandInRegion(nowhere) { _ in } }
        #expect(error?.code == "region.not-running" && error?.hint.chinese.isEmpty == false)
    }

    @Test func plainHTTPStaysOnLoopback() async throws {
        let outside = StandInRegionConfiguration(store: "/nonexistent/region.db", host: "0.0.0.0")
        let error = await #expect(throws: GatewayError.self) { try await withStandInRegion(outside) { _ in } }
        #expect(error?.code == "region.plain-http")
    }

    @Test func aFileThatIsNoStoreIsRefusedByTheReader() async throws {
        try await withTemporaryDirectory { directory in
            for (name, text) in [("missing", nil), ("text", "no database at all, only text"), ("empty", "")] {
                if let text { try writeFile("\(directory)/\(name)", text) }
                let error = #expect(throws: GatewayError.self) {
                    try RegionStoreReader(path: "\(directory)/\(name)").presses()
                }
                #expect(error?.code == "region.store-unreadable", "\(name)")
            }
        }
    }

    @Test func aReceiptIsOnDiskBeforeItIsAnswered() async throws {
        // What stands in the files at the moment of the answer is what a killed region would leave behind.
        try await withRegion { region, reader in
            _ = try await curl(region.evaluateURL, body: batch(rating("a"), rating("b")))
            let copy = reader.path + ".copy"
            for suffix in ["", "-wal"] {
                #expect(try runCommand("cp", [reader.path + suffix, copy + suffix], output: "/dev/null") == 0)
            }
            let database = try Database(path: copy)
            #expect(try database.integers("SELECT count(*) FROM receipts") == [2])
            database.close()
            #expect(try RegionStoreReader(path: copy).counts().received == 2)
        }
    }
}

/// Waits until the condition holds; fails the test after ten seconds.
func poll(_ condition: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    throw FixtureError("the condition did not hold within 10 s")
}
