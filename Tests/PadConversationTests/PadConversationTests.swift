// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Both ends of the native protocol against each other (firmware-protocol.md section 3).
@Suite struct PadConversationTests {
    /// Seeds that once found a fault; they run first, for ever.
    private static let keptSeeds: [UInt64] = []
    private static let conversations: UInt64 = 10_000
    private static let presses = 50

    @Test func `no press is lost and none doubled in ten thousand conversations`() async {
        let seeds = PadConversationTests.keptSeeds + Array(1...PadConversationTests.conversations)
        let workers = 4
        let (tally, failures) = await withTaskGroup(of: (Tally, [String]).self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var tally = Tally()
                    var failures: [String] = []
                    for index in stride(from: worker, to: seeds.count, by: workers) where failures.count < 5 {
                        var conversation = Conversation(seed: seeds[index], presses: PadConversationTests.presses)
                        if let failure = conversation.run() { failures.append(failure) }
                        tally.add(conversation.tally)
                    }
                    return (tally, failures)
                }
            }
            var all = (Tally(), [String]())
            for await (tally, failures) in group {
                all.0.add(tally)
                all.1 += failures
            }
            return all
        }
        for failure in failures { Issue.record(Comment(rawValue: failure)) }
        print(tally.summary)
        expectRoughness(of: tally)
    }

    @Test func `with proofs no press is lost, doubled, or recorded unproven`() {
        var tally = Tally()
        for seed in 1...150 as ClosedRange<UInt64> {
            var conversation = Conversation(seed: seed, presses: 20, isProven: true)
            if let failure = conversation.run() { Issue.record(Comment(rawValue: failure)) }
            tally.add(conversation.tally)
        }
        print("proven: " + tally.summary)
        #expect(tally.presses >= 3000 && tally.padCuts > 50 && tally.gatewayCuts > 50 && tally.thanked > 0)
    }

    /// A line that lost nothing would prove nothing.
    private func expectRoughness(of tally: Tally) {
        #expect(tally.conversations >= 10_000)
        #expect(tally.presses >= 50 * tally.conversations)
        #expect(20 * tally.lost >= tally.frames, "at least 5 % of all frames are lost")
        #expect(tally.corrupted > 0 && tally.split > 0 && tally.joined > 0)
        #expect(tally.padCuts >= 10_000 && tally.gatewayCuts >= 10_000)
        #expect(tally.logFull > 0 && tally.newLogs > 0 && tally.refused > 0 && tally.resent > 0 && tally.thanked > 0)
    }
}

extension Tally {
    var summary: String {
        "pad conversations: \(conversations) with \(presses) presses and \(otherEntries) other entries; of \(frames) "
            + "frames \(lost) lost, \(corrupted) corrupted, \(split) split, \(joined) joined; \(padCuts) pad and "
            + "\(gatewayCuts) gateway power cuts; \(refused) refused, \(resent) journaled again, \(logFull) log full, "
            + "\(newLogs) new logs, \(thanked) thanks; 0 lost, 0 doubled unless an issue says otherwise"
    }
}
