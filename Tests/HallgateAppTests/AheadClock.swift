// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Synchronization
import SystemClock

/// The computer's clock, which can be put forward.
final class AheadClock: GatewayClock {
    private let base = SystemClock()
    private let lead = Mutex(Duration.zero)

    func advance(by duration: Duration) { lead.withLock { $0 += duration } }

    func now() -> CaptureTime {
        let now = base.now()
        let lead = lead.withLock { $0 }
        let wall = WallTime(millisecondsSinceEpoch: now.wall.millisecondsSinceEpoch + lead.components.seconds * 1000)
        return CaptureTime(
            wall: wall, monotonic: now.monotonic.advanced(by: lead), boot: now.boot, isWallTrusted: now.isWallTrusted)
    }
}
