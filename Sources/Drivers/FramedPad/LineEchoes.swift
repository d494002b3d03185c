// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The frames sent lately, by which an adapter that hears itself on a two-wire line is noticed.
///
/// Without it an acknowledgement that came back could be taken for a key, and be acknowledged in turn without end.
struct LineEchoes: Sendable {
    private static let mostFrames = 64
    private static let mostBytes = 1024
    private var frames: [(bytes: [UInt8], until: MonotonicInstant)] = []

    /// A frame was sent. One that repeats what the pad said is expected back for a short time only, because the pad may
    /// send it again.
    mutating func sent(_ bytes: [UInt8], isEcho: Bool, at now: MonotonicInstant) {
        frames.append((bytes, now.advanced(by: isEcho ? .milliseconds(300) : .seconds(2))))
        while frames.count > LineEchoes.mostFrames
            || frames.reduce(0, { $0 + $1.bytes.count }) > LineEchoes.mostBytes
        {
            frames.removeFirst()
        }
    }

    /// Whether a frame that came in is one that was sent; each comes back once.
    mutating func takeBack(_ bytes: [UInt8], at now: MonotonicInstant) -> Bool {
        frames.removeAll { $0.until < now }
        guard let index = frames.firstIndex(where: { $0.bytes == bytes }) else { return false }
        frames.remove(at: index)
        return true
    }
}
