// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel
import Synchronization
import VirtualPads

/// Where the parts of a demo note what happened, for the live view and for the final count.
final class ProgressBoard: Sendable {
    /// What was noted.
    struct Notes: Sendable, Hashable {
        var faults: [DemoFault: Int] = [:]
        var kills = 0
        var killsWithPress = 0
        var killsWithBacklog = 0
        var isDaemonUp = true
        /// The uplink as the daemon stated it last.
        var uplink: GatewayStatus.Uplink?
    }

    private let notes: Mutex<Notes>
    private let started = ContinuousClock.now

    init(plan: DemoPlan) {
        var notes = Notes()
        if plan.hasFaults { for fault in DemoFault.allCases { notes.faults[fault] = 0 } }
        self.notes = Mutex(notes)
    }

    /// Since the demo began.
    var elapsed: Duration { ContinuousClock.now - started }

    /// What was noted so far.
    var current: Notes { notes.withLock { $0 } }

    /// Notes that a fault fired once more, or how often it has fired altogether.
    func count(_ fault: DemoFault, _ total: Int? = nil) {
        notes.withLock { $0.faults[fault] = total ?? ($0.faults[fault] ?? 0) + 1 }
    }

    /// Notes a kill of the campaign.
    func countKill(withPress: Bool, withBacklog: Bool) {
        notes.withLock { notes in
            notes.kills += 1
            notes.killsWithPress += withPress ? 1 : 0
            notes.killsWithBacklog += withBacklog ? 1 : 0
        }
    }

    func daemonIsUp(_ isUp: Bool) { notes.withLock { $0.isDaemonUp = isUp } }

    /// Takes what the daemon says of itself.
    func take(_ status: GatewayStatus) {
        guard let uplink = status.uplinks.first else { return }
        notes.withLock { $0.uplink = uplink }
    }

    /// The demo now.
    func picture(plan: DemoPlan, rack: RackReport) -> ProgressPicture {
        let notes = current
        var picture = ProgressPicture()
        picture.elapsed = elapsed
        picture.seed = plan.seed
        picture.pads = plan.pads
        picture.padsOnLine = rack.pluggedIn
        picture.isDaemonUp = notes.isDaemonUp
        picture.goal = plan.ratings
        picture.pressed = rack.pressed
        picture.waiting = rack.unacknowledged
        picture.recorded = notes.uplink.map { $0.recordedRatings }
        picture.delivered = notes.uplink.map { Int(clamping: $0.delivered) }
        picture.acknowledgementMedian = rack.acknowledgementMilliseconds(share: 0.5)
        picture.acknowledgementWorst = rack.acknowledgementMilliseconds(share: 0.99)
        picture.faults = notes.faults
        picture.kills = notes.kills
        picture.killsWanted = plan.kills
        return picture
    }
}

extension GatewayStatus.Uplink {
    /// Ratings recorded for it; prompts that ended without a level are held as `unrated` and are none.
    var recordedRatings: Int { Int(clamping: recorded - (held["unrated"] ?? 0)) }
}
