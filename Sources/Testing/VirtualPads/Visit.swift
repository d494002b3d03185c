// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a citizen does at a pad: waits for one prompt, thinks, presses one key, and waits for thanks.
public struct Visit: Sendable {
    /// The prompt the citizen answers; they press for no other.
    public var prompt: UInt32
    /// The key, from 1.
    public var key: UInt8
    /// The level printed on it, 1 (very satisfied) to 5.
    public var level: UInt8
    /// How long after the prompt the key goes down.
    public var thinking: Duration
    /// How long the citizen waits for the prompt, and again for the thanks.
    public var patience: Duration
    /// Pulls the plug when so many bytes of the press's frame are on the wire.
    public var unplugAfterBytes: Int?

    /// Takes the intentions.
    public init(
        prompt: UInt32, key: UInt8, level: UInt8, thinking: Duration, patience: Duration,
        unplugAfterBytes: Int? = nil
    ) {
        self.prompt = prompt
        self.key = key
        self.level = level
        self.thinking = thinking
        self.patience = patience
        self.unplugAfterBytes = unplugAfterBytes
    }
}

/// How a visit ended.
public enum VisitOutcome: Sendable, Hashable {
    /// The pad said thanks: the press is on the gateway's disk.
    case thanked
    /// The key was pressed and the pad keeps the press; the thanks did not come in time, or the power went first.
    case kept
    /// The prompt did not show in time, or went away before the key was pressed. Nothing was pressed.
    case notShown
    /// The pad did not take the press: its log is full, it is paused, or its memory failed.
    case notTaken
}

/// A visit under way.
struct OngoingVisit {
    enum Stage {
        case waitingForPrompt
        case thinking
        case waitingForThanks(sequence: UInt32)
    }

    let visit: Visit
    var stage = Stage.waitingForPrompt
    /// When the stage ends: in nanoseconds of the monotonic clock.
    var until: UInt64
    let finish: @Sendable (VisitOutcome) -> Void
}
