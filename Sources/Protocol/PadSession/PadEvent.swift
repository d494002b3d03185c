// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a pad's session is told by the firmware around it.
public enum PadEvent: Sendable, Hashable {
    /// The pad has power and its log was read back; comes first and once.
    case poweredOn
    /// Bytes came in, split and joined at will.
    case received([UInt8])
    /// A rating key went down, debounced: its number from the left and from 1, and the level printed on it, 1 to 5.
    case keyPressed(key: UInt8, level: UInt8)
    /// The cancel key went down; it means something only while a prompt shows.
    case cancelPressed
    /// The entry that PadAction/append(_:) asked for is in non-volatile memory and reads back: it may be sent now.
    case appended(sequence: UInt32)
    /// The entry could not be written: the press is lost, and the pad says so with its fault signal.
    case appendFailed(sequence: UInt32)
    /// The moment of the last PadAction/setTimer(atMilliseconds:) has come.
    case timer
}

/// What a pad's session wants done, in order.
public enum PadAction: Sendable, Hashable {
    /// Write these bytes to the line, all of them.
    case send([UInt8])
    /// Write the entry to non-volatile memory, then say `appended` or `appendFailed`; nothing of it was sent yet.
    case append(PadLogEntry)
    /// The gateway has the entry on disk: it no longer needs to be kept. A trim lost in a power cut does no harm.
    case trim(sequence: UInt32)
    /// Ask the citizen for a rating, for so long; it stays until `clearPrompt`.
    case showPrompt(number: UInt32, milliseconds: UInt32)
    /// Take the prompt back: it was answered, ended, or cancelled.
    case clearPrompt
    /// Give a signal of light, sound or text.
    case signal(PadSignal)
    /// Blink and beep for so long, so that a person finds the pad.
    case blink(milliseconds: UInt32)
    /// The gateway's wall clock, in milliseconds since 1970-01-01T00:00:00Z; for display only.
    case setTime(UInt64)
    /// Give `timer` at this moment of the clock that `handle` is told; replaces the moment set before.
    case setTimer(atMilliseconds: UInt64)
}

/// The signals of a pad; each is the same whichever key was pressed, so that nobody near can tell the level.
public enum PadSignal: UInt8, Sendable, Hashable {
    /// A key went down and its press is being written.
    case pressed
    /// The gateway has the press on disk: "谢谢".
    case thanks
    /// The press could not be kept or recorded.
    case fault
    /// The gateway did not answer in time; the pad keeps the press and delivers it later.
    case kept
    /// The log is full: the press was not taken.
    case logFull
    /// The pad is paused: the press was not taken.
    case paused
}
