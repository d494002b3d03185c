// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import RatingModel
import StandInRegion
import Testing

/// A region at the far end of the line: our own stand-in, or a server that shares no code with it.
protocol RegionPeer: Sendable {
    var port: Int { get }
    /// Answers every call with this status from now on; `nil` as it should.
    func answer(_ status: Int?) async throws
    /// How many ratings it holds.
    func received() async throws -> Int
}

/// Which of the two.
enum PeerKind: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case standIn = "stand-in"
    case python = "Python peer"
    var testDescription: String { rawValue }
}

struct StandInPeer: RegionPeer {
    let region: StandInRegion
    var port: Int { region.port }

    func answer(_ status: Int?) async {
        await region.clearFaults()
        if let status { await region.inject(FaultRule(.status(status, retryAfterSeconds: nil))) }
    }

    func received() async throws -> Int { try await region.counts().received }
}

/// `Tests/Servers/region_peer.py`, perhaps in a network namespace.
final class PythonPeer: RegionPeer {
    /// What it says of itself.
    struct Counts: Decodable {
        let received: Int
        let repeats: Int
        let refused: Int
        let batches: Int
        let mostInASecond: Int
        let seconds: Double
    }

    let port: Int
    private let process: Subprocess
    private let turn = Turn()

    init(certificate: String, key: String, host: String = "127.0.0.1", under prefix: [String] = []) async throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Servers/region_peer.py").path()
        process = try Subprocess(prefix + ["python3", script, certificate, key, host])
        port = try #require(Int(try await process.line()))
    }

    func answer(_ status: Int?) async throws { _ = try await ask("answer \(status ?? 0)") }
    func received() async throws -> Int { try await counts().received }
    /// Ends every connection.
    func hangUp() async throws { _ = try await ask("hangup") }
    func counts() async throws -> Counts { try await ask("counts") }

    private func ask(_ words: String) async throws -> Counts {
        let line = try await turn.take { [process] in
            process.write(words)
            return try await process.line()
        }
        return try JSONDecoder().decode(Counts.self, from: Data(line.utf8))
    }
}

/// One question at a time, since an answer is the next line.
private actor Turn {
    private var isTaken = false

    func take(_ body: @Sendable () async throws -> String) async throws -> String {
        while isTaken { try await Task.sleep(for: .milliseconds(2)) }
        isTaken = true
        defer { isTaken = false }
        return try await body()
    }
}

/// Runs a peer of a kind with a certificate around the body.
func withPeer<Answer>(
    _ kind: PeerKind, certificate: String, key: String, store: String, _ body: (any RegionPeer) async throws -> Answer
) async throws -> Answer {
    switch kind {
    case .python: return try await body(PythonPeer(certificate: certificate, key: key))
    case .standIn:
        let tls = StandInRegionConfiguration.TLS(certificate: certificate, key: key)
        return try await withStandInRegion(StandInRegionConfiguration(store: store, tls: tls)) {
            try await body(StandInPeer(region: $0))
        }
    }
}
