// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The newest session of a window and how far it has come.
struct OpenSession: Sendable, Hashable {
    let session: WindowSession
    /// How long the prompt runs, from ``askedAt``.
    var timeout: Duration
    /// When the citizen was asked last.
    var askedAt: MonotonicInstant
    var answer = SessionAnswer.waiting
    /// When the next ticket was called, or the session closed: a press made later is another citizen's.
    var closedAt: MonotonicInstant?
    /// Whether it is known what happened at the window since: only then is a press that names no prompt its own.
    var isCertain = true
    /// Whether nobody but pages and forms has answered, so that the pad is still the citizen's to press.
    var isOpenAtPad = false
    /// Whether it is on disk that nobody answered.
    var isEndRecorded = false
    /// The last press with a level, which a press soon after it corrects.
    var lastPress: LastPress?

    struct LastPress: Sendable, Hashable {
        let device: DeviceID
        let at: MonotonicInstant
        let sequence: JournalSequence
    }

    init(session: WindowSession, timeout: Duration) {
        self.session = session
        self.timeout = timeout
        askedAt = session.openedAt.monotonic
    }

    /// How long the prompt still runs; `nil` once it ran out, or where the computer was restarted since.
    func remaining(at moment: CaptureTime) -> Duration? {
        guard moment.boot == session.openedAt.boot else { return nil }
        let left = timeout - askedAt.duration(to: moment.monotonic)
        return left > .zero ? left : nil
    }

    /// Whether the prompt is showing.
    func isAsking(at moment: CaptureTime) -> Bool {
        answer == .waiting && closedAt == nil && remaining(at: moment) != nil
    }

    /// Whether the session was the window's at that moment.
    func wasOpen(at moment: CaptureTime) -> Bool {
        moment.boot == session.openedAt.boot && session.openedAt.monotonic <= moment.monotonic
            && closedAt.map { moment.monotonic < $0 } ?? true
    }

    /// Whether a press that names no prompt belongs here.
    func takes(_ press: PressFacts, policy: SessionPolicy) -> Bool {
        guard isCertain, let pressedAt = press.pressedAt, wasOpen(at: pressedAt) else { return false }
        switch answer {
        case .cancelled: return false
        case .answered where !isOpenAtPad: return correctedPress(by: press, policy: policy) != nil
        case .answered, .waiting, .noAnswer:
            // Sums of durations from outside: a limit of hours added to one of minutes cannot overflow.
            return askedAt.duration(to: pressedAt.monotonic) < timeout + policy.latePress
        }
    }

    /// The press that this one corrects: the last one with a level, on the same device, a moment before.
    func correctedPress(by press: PressFacts, policy: SessionPolicy) -> JournalSequence? {
        guard press.ending == .rated, !press.isOneTime, let lastPress, lastPress.device == press.device,
            let pressedAt = press.pressedAt,
            pressedAt.boot == session.openedAt.boot, lastPress.at <= pressedAt.monotonic,
            lastPress.at.duration(to: pressedAt.monotonic) <= policy.correctionWindow
        else { return nil }
        return lastPress.sequence
    }
}
