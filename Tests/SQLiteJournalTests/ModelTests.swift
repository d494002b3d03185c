// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import Testing

/// Seeded runs of random actions against the model, with every fault the disk knows and a crash at every named point.
///
/// `HALLGATE_MODEL_RUNS` and `HALLGATE_MODEL_SEED` choose more runs, or one run again.
@Suite struct ModelTests {
    /// Seeds that once found a mistake; they are run for ever.
    static let keptSeeds: [UInt64] = [20_260_102, 20_260_112, 20_260_621]
    static let actions = 200

    static func run(seed: UInt64) async throws -> (crashes: Int, faults: Int) {
        do {
            return try await withTemporaryDirectory { directory in
                let pair = try await JournalPair(directory: directory, seed: seed)
                defer { pair.disk.remove() }
                for _ in 0..<actions { try await pair.act() }
                try await pair.restart()
                try await pair.compare()
                let counts = pair.disk.counts
                return (pair.crashes, counts.fullWrites + counts.failedSyncs)
            }
        } catch {
            throw TestFailure("seed \(seed): \(error)")
        }
    }

    @Test(arguments: 0..<8) func randomRuns(_ part: UInt64) async throws {
        let runs = UInt64(environment("HALLGATE_MODEL_RUNS") ?? "") ?? 1000
        let base = UInt64(environment("HALLGATE_MODEL_SEED") ?? "") ?? 20_260_101
        var crashes = 0
        for run in stride(from: part, to: max(runs, 1), by: 8) {
            crashes += try await Self.run(seed: base + run).crashes
        }
        if runs >= 100 { #expect(crashes > 100, "the runs must have crashed now and then") }
    }

    @Test func keptRuns() async throws {
        for seed in Self.keptSeeds { _ = try await Self.run(seed: seed) }
    }
}
