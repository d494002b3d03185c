// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Pads on a half-duplex bus and the gateway against each other (firmware-protocol.md section 4.5).
@Suite struct BusConversationTests {
    private static let conversations: UInt64 = 1000

    @Test func `no press is lost and none doubled on a thousand buses`() async {
        let workers: UInt64 = 4
        let (tally, failures, collisions) = await withTaskGroup(of: (Tally, [String], Int).self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var tally = Tally()
                    var failures: [String] = []
                    var collisions = 0
                    for seed in stride(from: worker, to: BusConversationTests.conversations, by: Int(workers))
                    where failures.count < 5 {
                        var bus = BusConversation(seed: seed, pads: 2 + Int(seed % 6), presses: 30)
                        if let failure = bus.run() { failures.append(failure) }
                        tally.add(bus.tally)
                        collisions += bus.collisions
                    }
                    return (tally, failures, collisions)
                }
            }
            var all = (Tally(), [String](), 0)
            for await (tally, failures, collisions) in group {
                all.0.add(tally)
                all.1 += failures
                all.2 += collisions
            }
            return all
        }
        for failure in failures { Issue.record(Comment(rawValue: failure)) }
        print("bus: \(collisions) collisions; " + tally.summary)
        // Noise that ends a frame early lets the next speaker begin while the rest is on the line, and hardly ever.
        #expect(collisions * 100_000 <= tally.frames)
        #expect(tally.conversations == 1000 && tally.presses >= 30_000)
        #expect(20 * tally.lost >= tally.frames && tally.corrupted > 0 && tally.split > 0)
        #expect(tally.padCuts > 500 && tally.gatewayCuts > 500 && tally.newLogs > 0)
        #expect(tally.refused > 0 && tally.resent > 0 && tally.thanked > 0 && tally.logFull > 0)
    }
}
