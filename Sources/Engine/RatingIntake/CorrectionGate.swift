// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// Keeps presses from leaving while the citizen may still correct them.
///
/// It is closed before a press is committed, when its position is not known yet: nothing behind the newest position
/// known at that moment leaves until the time for correction is over. So no press can slip out between its commit and
/// the note of it. Memory is bounded by the commits under way and the time a gate stays closed.
public struct CorrectionGate: Sendable {
    /// Names a closing until it is settled.
    public typealias Ticket = UInt64

    private struct Closing {
        let ticket: Ticket
        let last: JournalSequence
        /// `nil` while the press is being committed.
        var until: MonotonicInstant?
        /// What ``until`` was for the first press that shares the closing.
        var firstUntil: MonotonicInstant?
    }

    /// How long a press waits behind the gate.
    public var window: Duration
    private var closings: [Closing] = []
    private var newest: JournalSequence
    private var issued: Ticket = 0

    /// Starts open, behind the newest position of the journal.
    public init(window: Duration, newest: JournalSequence) {
        self.window = window
        self.newest = newest
    }

    /// A press is about to be committed.
    public mutating func close() -> Ticket {
        issued &+= 1
        closings.append(Closing(ticket: issued, last: newest, until: nil))
        return issued
    }

    /// The commit is over; a press that was recorded waits for its time, one that was not waits no more.
    public mutating func settle(_ ticket: Ticket, recordedAs sequence: JournalSequence?, at now: MonotonicInstant) {
        guard let index = closings.firstIndex(where: { $0.ticket == ticket }) else { return }
        guard let sequence else {
            closings.remove(at: index)
            return
        }
        newest = max(newest, sequence)
        let until = now.advanced(by: window)
        // Presses of one moment share a closing: the earlier position covers the later.
        if index > 0, let first = closings[index - 1].firstUntil, first.duration(to: until) < window / 64 {
            closings[index - 1].until = until
            closings.remove(at: index)
        } else {
            closings[index].until = until
            closings[index].firstUntil = until
        }
    }

    /// The last position that may leave; everything may where nothing waits.
    public mutating func last(at now: MonotonicInstant) -> JournalSequence {
        closings.removeAll { $0.until.map { $0 <= now } ?? false }
        return closings.lazy.map(\.last).min() ?? .max
    }
}
