// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a rack of pads has done so far.
public struct RackReport: Sendable, Hashable {
    /// How many pads there are.
    public var pads = 0
    /// How many have line and power.
    public var pluggedIn = 0
    /// Ratings pressed, all of them in the pads' memories.
    public var pressed = 0
    /// Entries of the memories, ratings or not, that the gateway has not acknowledged; unplugged pads as last seen.
    public var unacknowledged = 0
    /// How often a plug was pulled between a key and its thanks.
    public var unpluggedInMidPress = 0
    /// Pieces of bytes disturbed on their way to a pad.
    public var disturbedToPad = 0
    /// Pieces of bytes disturbed on their way to the gateway.
    public var disturbedToGateway = 0
    /// Bytes that went lost because nobody read the line.
    public var lostBytes = 0
    /// From key to acknowledgement, in microseconds, in the order they came; presses that outlived a power cut or the
    /// gateway's death are in it only where the pad kept count.
    public var acknowledgementMicroseconds: [UInt32] = []
    /// From a press's first frame to its acknowledgement, in microseconds: without what the pad does itself.
    public var wireMicroseconds: [UInt32] = []

    /// The time that `share` of the acknowledgements took at most, in milliseconds; `nil` without any.
    public func acknowledgementMilliseconds(share: Double) -> Double? {
        let sorted = acknowledgementMicroseconds.sorted()
        guard let last = sorted.indices.last else { return nil }
        let rank = (Double(sorted.count) * share).rounded(.up) - 1
        let index = min(max(0, Int(rank.isFinite ? rank : 0)), last)
        return Double(sorted[index]) / 1000
    }
}

/// What the pads were doing at the moment of a strike.
public struct StrikeReport: Sendable, Hashable {
    /// Presses made in the last second, on plugged pads, without thanks yet.
    public var unacknowledged: Int
    /// Ratings pressed until then.
    public var pressed: Int
    /// Entries of the memories that nobody had acknowledged by then.
    public var waiting: Int
}
