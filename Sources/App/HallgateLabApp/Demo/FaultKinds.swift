// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import VirtualPads

/// What the demo does to a hall; each kind has a name of its own in the final count.
enum DemoFault: String, Sendable, Hashable, CaseIterable {
    /// A pad loses line and power between a key and its thanks.
    case padUnplugged = "pad_unplugged"
    /// Bytes from the gateway to a pad are disturbed.
    case bytesToPad = "bytes_to_pad"
    /// Bytes from a pad to the gateway are disturbed.
    case bytesToGateway = "bytes_to_gateway"
    /// The daemon is killed with SIGKILL while a press has no thanks yet, and started again.
    case daemonKilled = "daemon_killed"
    /// The region is killed, stays away for a while, and comes back.
    case regionDown = "region_down"
    /// The region answers 500.
    case region500 = "region_500"
    /// The region answers 401.
    case region401 = "region_401"
    /// The region answers 200 with `success=false` and takes nothing.
    case regionRefuses = "region_success_false"
    /// The region says of each rating of a batch that it had it already.
    case regionDuplicate = "region_duplicate"
    /// The region answers bytes that are no JSON.
    case regionGarbage = "region_garbage"
    /// The region sends half of its answer.
    case regionHalfAnswer = "region_half_answer"
    /// The region takes the batch and closes the connection without an answer.
    case regionLostAnswer = "region_lost_answer"

    /// The stand-in region's rule for it, and the name it is counted under there; `nil` where the region is not asked.
    var regionRule: (rule: String, countedAs: String)? {
        switch self {
        case .padUnplugged, .bytesToPad, .bytesToGateway, .daemonKilled, .regionDown: nil
        case .region500: ("status:500", "status:500")
        case .region401: ("unauthorized", "unauthorized")
        case .regionRefuses: ("success=false", "success=false")
        case .regionDuplicate: ("duplicate", "duplicate")
        case .regionGarbage: ("garbage", "garbage")
        case .regionHalfAnswer: ("truncate", "truncate")
        case .regionLostAnswer: ("lostanswer", "lostanswer")
        }
    }
}

/// Which fault falls when, from the seed.
struct FaultSchedule: Hashable {
    /// How often each kind must fire at least.
    static let leastOfEach = 3

    /// The faults in their order.
    let faults: [DemoFault]

    /// Each kind at least three times and more in a longer demo, well mixed.
    init(plan: DemoPlan) {
        guard plan.hasFaults else {
            faults = []
            return
        }
        let rounds = FaultSchedule.leastOfEach + min(2, plan.ratings / 2000)
        var generator = SeededGenerator(seed: plan.seed, stream: 2)
        faults = (0..<rounds).flatMap { _ in DemoFault.allCases.shuffled(using: &generator) }
    }

    /// How many ratings may be started before the fault of that index has fired.
    ///
    /// They lie in the first half: what a fault needs beyond them comes out of the other, and the rest at the end shows
    /// how the hall recovers.
    func allowance(before index: Int, plan: DemoPlan) -> Int {
        guard !faults.isEmpty else { return plan.ratings }
        return max(1, plan.ratings * (index + 1) / (2 * faults.count))
    }
}
