// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel
import StandInRegion
import Testing

/// A line that was away for a week comes back.
@Suite(.timeLimit(.minutes(5))) struct BacklogTests {
    /// 40 windows, 60 ratings a day, seven days; 168 batches of 100.
    private static let ratings = 40 * 60 * 7
    /// What the region allows.
    private static let batchesPerSecond = 20

    @Test func aWeekOfAHallDrainsInsideTheRateLimit() async throws {
        try await withDirectory { directory in
            let ca = try ThrowAwayCA(in: directory)
            let peer = try await PythonPeer(certificate: ca.serverCertificate, key: ca.serverKey)
            let url = "https://127.0.0.1:\(peer.port)/api/evaluate"
            let limits = "    batch: 100\n    rate_limit: \(Self.batchesPerSecond)\n"
            try await peer.answer(503)
            try await OutageHall.run(directory, url: url, authority: ca.authority, limits) { hall in
                try await hall.record(0..<Self.ratings)
                try await peer.answer(nil)
                let isDrained = try await eventually(within: .seconds(120)) {
                    try await hall.uplink.delivered == Int64(Self.ratings)
                }
                let uplink = try await hall.uplink
                #expect(isDrained && uplink.parked == 0 && uplink.isConserved, "\(uplink)")
            }
            let counts = try await peer.counts()
            #expect(counts.received == Self.ratings && counts.repeats == 0 && counts.refused == 0, "\(counts)")
            // One more than the rate fits into a second from start to start.
            #expect(counts.mostInASecond <= Self.batchesPerSecond + 1, "\(counts)")
            let least = Double(counts.batches - 1) / Double(Self.batchesPerSecond)
            #expect(counts.seconds > least * 0.98, "\(counts)")
            Outage.tell(
                "| backlog of \(Self.ratings) at \(Self.batchesPerSecond)/s | \(counts.batches) batches in "
                    + "\(Int(counts.seconds * 1000)) ms, at most \(counts.mostInASecond) in a second |")
        }
    }
}
