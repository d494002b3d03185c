// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The frames sent lately, by which an adapter that hears itself on a two-wire line is noticed.
///
/// The bus does not say who a frame is from: an acknowledgement that came back would be taken for a key, and be
/// acknowledged in turn without end.
struct LineEchoes: Sendable {
    private static let most = 256
    private var frames: [(frame: QueueBusFrame, until: MonotonicInstant)] = []

    /// A key's acknowledgement looks like the key: it is expected for a short time only, for the pad may send it again.
    mutating func sent(_ frame: QueueBusFrame, isKey: Bool, at now: MonotonicInstant) {
        if frames.count == Self.most { frames.removeFirst() }
        frames.append((frame, now.advanced(by: isKey ? .milliseconds(300) : .seconds(2))))
    }

    /// Whether a frame that came in is one that was sent; each comes back once.
    mutating func takeBack(_ frame: QueueBusFrame, at now: MonotonicInstant) -> Bool {
        frames.removeAll { $0.until < now }
        guard let index = frames.firstIndex(where: { $0.frame == frame }) else { return false }
        frames.remove(at: index)
        return true
    }
}
