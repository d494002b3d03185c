// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadSession

/// What makes one virtual pad: its label, its place, its memory.
public struct PadSettings: Sendable, Hashable {
    /// The number on its label; unique among all pads.
    public var id: UInt64
    /// The link under which the far end of its line appears, such as `pads/A01`.
    public var link: String
    /// The file that is its non-volatile memory; created where there is none.
    public var memoryPath: String
    /// The number of a log it would create; not 0.
    public var newLog: UInt64
    /// How many presses it can keep unacknowledged.
    public var capacity: Int

    /// Takes the settings.
    public init(id: UInt64, link: String, memoryPath: String, newLog: UInt64, capacity: Int = 256) {
        self.id = id
        self.link = link
        self.memoryPath = memoryPath
        self.newLog = newLog
        self.capacity = capacity
    }
}

/// What a pad does that somebody beside it would notice.
public enum PadNotice: Sendable, Hashable {
    /// It is on the line again, at this terminal.
    case pluggedIn(terminal: String)
    /// It lost line and power.
    case unplugged
    /// It asks for a rating.
    case prompted(UInt32)
    /// It no longer asks.
    case promptCleared
    /// A key was pressed and the press is in its memory.
    case pressed(sequence: UInt32)
    /// It gave a signal.
    case signalled(PadSignal)
    /// The gateway acknowledged a press, so many nanoseconds after the key went down and after its frame was first
    /// sent; `nil` where a power cut came in between and the pad cannot tell.
    case acknowledged(sequence: UInt32, nanoseconds: UInt64?, nanosecondsOnWire: UInt64?)
    /// It blinks so that a person finds it.
    case blinked
}
