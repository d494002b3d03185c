// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The newest session of a window and whether it still waits for its answer.
struct OpenSession: Sendable {
    let session: WindowSession
    let timeout: Duration
    var isAnswered = false

    /// How long the prompt still runs; `nil` once it ran out, or where the computer was restarted since.
    func remaining(at moment: CaptureTime) -> Duration? {
        guard moment.boot == session.openedAt.boot else { return nil }
        let left = timeout - session.openedAt.monotonic.duration(to: moment.monotonic)
        return left > .zero ? left : nil
    }
}
