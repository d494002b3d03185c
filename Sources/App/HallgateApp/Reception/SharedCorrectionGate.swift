// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingIntake
import RatingModel
import SystemClock
import Synchronization

/// The gate that reception closes and every forwarder looks at.
final class SharedCorrectionGate: Sendable {
    private let gate: Mutex<CorrectionGate>
    private let clock: any GatewayClock

    init(window: Duration = .zero, newest: JournalSequence = 0, clock: any GatewayClock = SystemClock()) {
        gate = Mutex(CorrectionGate(window: window, newest: newest))
        self.clock = clock
    }

    func setWindow(_ window: Duration) { gate.withLock { $0.window = window } }

    func close() -> CorrectionGate.Ticket { gate.withLock { $0.close() } }

    func settle(_ ticket: CorrectionGate.Ticket, recordedAs sequence: JournalSequence?, at now: MonotonicInstant) {
        gate.withLock { $0.settle(ticket, recordedAs: sequence, at: now) }
    }

    func last(at now: MonotonicInstant) -> JournalSequence { gate.withLock { $0.last(at: now) } }

    /// The last position that may leave now.
    var lastToDeliver: JournalSequence { last(at: clock.now().monotonic) }
}
