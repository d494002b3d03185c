// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

/// Sees presses that are missing: holes in a pad's sequence, and a lifetime count that runs ahead of it (G4).
///
/// A pad sends its log in order, so a hole is a press that was lost or kept back. The first press ever seen of a log
/// sets the mark without a finding: what the pad did before it met this gateway is not this gateway's to miss.
public struct PressContinuity: Sendable {
    private struct Mark {
        var sequence: UInt64
        var lifetimeCount: UInt64?
        var missing: UInt64
    }

    private struct Log: Hashable {
        let device: DeviceID
        let number: UInt64
    }

    private var marks: [Log: Mark] = [:]

    /// Starts from what the journal knows of each pad log.
    public init(from positions: [PressPosition]) {
        for position in positions where position.key.log != PressKey.promptLog {
            marks[Log(device: position.key.device, number: position.key.log)] = Mark(
                sequence: position.key.sequence, lifetimeCount: position.lifetimeCount, missing: 0)
        }
    }

    /// Takes a press that was recorded; answers with what is missing before it, if anything.
    public mutating func note(_ key: PressKey, lifetimeCount: UInt64?) -> PressGap? {
        guard key.log != PressKey.promptLog else { return nil }
        let log = Log(device: key.device, number: key.log)
        guard var mark = marks[log] else {
            marks[log] = Mark(sequence: key.sequence, lifetimeCount: lifetimeCount, missing: 0)
            return nil
        }
        guard key.sequence > mark.sequence else {
            // A press from before the mark fills a hole, if there is one.
            if mark.missing > 0 { mark.missing -= 1 }
            marks[log] = mark
            return nil
        }
        let skipped = key.sequence - mark.sequence - 1
        var uncounted: UInt64 = 0
        if let before = mark.lifetimeCount, let after = lifetimeCount, after > before {
            let pressed = after - before
            let reported = key.sequence - mark.sequence
            uncounted = pressed > reported ? pressed - reported : 0
        }
        mark.sequence = key.sequence
        mark.lifetimeCount = lifetimeCount ?? mark.lifetimeCount
        mark.missing = mark.missing.addingReportingOverflow(skipped).partialValue
        marks[log] = mark
        guard skipped > 0 || uncounted > 0 else { return nil }
        return PressGap(before: key, skippedSequences: skipped, uncountedPresses: uncounted)
    }

    /// Takes a press that turned out to be recorded already, as after a commit whose outcome was not known.
    public mutating func confirm(_ key: PressKey, lifetimeCount: UInt64?) {
        let mark = marks[Log(device: key.device, number: key.log)]
        if mark.map({ key.sequence > $0.sequence }) ?? true { _ = note(key, lifetimeCount: lifetimeCount) }
    }

    /// How many presses each pad still owes.
    public var missing: [DeviceID: UInt64] {
        var sums: [DeviceID: UInt64] = [:]
        for (log, mark) in marks where mark.missing > 0 {
            sums[log.device] = (sums[log.device] ?? 0).addingReportingOverflow(mark.missing).partialValue
        }
        return sums
    }
}

/// A hole in what a pad reported.
public struct PressGap: Sendable, Hashable {
    /// The press behind the hole.
    public let before: PressKey
    /// Sequence numbers that never came.
    public let skippedSequences: UInt64
    /// Presses the pad's lifetime counter knows of and its sequence does not.
    public let uncountedPresses: UInt64

    /// Takes the figures.
    public init(before: PressKey, skippedSequences: UInt64, uncountedPresses: UInt64) {
        self.before = before
        self.skippedSequences = skippedSequences
        self.uncountedPresses = uncountedPresses
    }
}
