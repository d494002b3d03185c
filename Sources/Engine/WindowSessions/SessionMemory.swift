// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the windows were doing, as far as the journal does not say it, to be kept over a restart of the gateway.
///
/// It is taken up as it is by a gateway that was away for a moment, on a computer that went on. A computer that was
/// started anew knows less, and a gateway that was away for long nothing: whoever stands or sits at a window may have
/// changed meanwhile, and a doubt means that a press is the window's and nobody's more.
public struct SessionMemory: Sendable, Hashable {
    var windows: [WindowID: WindowState]
    var lastUnbound: [DeviceID: CaptureTime]

    /// A memory of nothing.
    public init() { (windows, lastUnbound) = ([:], [:]) }

    init(windows: [WindowID: WindowState], lastUnbound: [DeviceID: CaptureTime]) {
        self.windows = windows
        self.lastUnbound = lastUnbound
    }

    /// How long the gateway was away; `nil` where no honest clock says so.
    public static func absence(from last: CaptureTime, to now: CaptureTime) -> Duration? {
        let away: Duration
        if last.boot == now.boot {
            away = last.monotonic.duration(to: now.monotonic)
        } else {
            guard last.isWallTrusted, now.isWallTrusted else { return nil }
            let (milliseconds, overflow) = now.wall.millisecondsSinceEpoch.subtractingReportingOverflow(
                last.wall.millisecondsSinceEpoch)
            guard !overflow else { return nil }
            away = .milliseconds(milliseconds)
        }
        return away >= .zero ? away : nil
    }

    /// What is still true when the gateway was last alive at `last`; nothing where the doubt is too great.
    ///
    /// On a computer that was started anew: who works at a window, whether it is paused and which tickets wait to be
    /// called back. Who stood there is not known any more.
    public func taken(from last: CaptureTime, to now: CaptureTime, policy: SessionPolicy) -> SessionMemory? {
        guard let away = Self.absence(from: last, to: now), away <= policy.restartGrace else { return nil }
        guard last.boot != now.boot else { return self }
        var lasting = lasting
        for (window, state) in lasting.windows {
            lasting.windows[window]?.staff = state.staff.flatMap { staff in
                guard staff.since.boot == last.boot else { return nil }
                let age = staff.since.monotonic.duration(to: last.monotonic) + away
                return .init(
                    name: staff.name,
                    since: CaptureTime(
                        wall: staff.since.wall, monotonic: now.monotonic.advanced(by: .zero - age), boot: now.boot,
                        isWallTrusted: staff.since.isWallTrusted))
            }
        }
        return lasting
    }

    /// What outlives the computer's boot, and has therefore to be on the disk before it counts.
    public var lasting: SessionMemory {
        let kept = windows.mapValues { state in
            var kept = WindowState()
            (kept.staff, kept.isPaused, kept.suspended) = (state.staff, state.isPaused, state.suspended)
            return kept
        }
        return SessionMemory(windows: kept.filter { $0.value != WindowState() }, lastUnbound: [:])
    }
}

extension WindowSessions {
    /// What is to be kept.
    public var memory: SessionMemory { SessionMemory(windows: windows, lastUnbound: lastUnbound) }

    /// Takes up what was kept. What the journal recorded since is to follow by ``follow(_:recordedAs:at:timeout:)``.
    public mutating func takeUp(_ memory: SessionMemory) {
        (windows, lastUnbound) = (memory.windows, memory.lastUnbound)
        for (window, state) in windows {
            // The record of it may have been under way: it runs out once more, and is recorded once.
            if let open = state.session, open.answer == .noAnswer, !open.isEndRecorded {
                windows[window]?.session?.answer = .waiting
            }
        }
    }

    /// Takes in a record that was committed after the memory was kept, or just before; what is known stays as it is.
    public mutating func follow(
        _ body: RecordBody, recordedAs sequence: JournalSequence, at time: CaptureTime, timeout: Duration
    ) {
        switch body {
        case .session(let session):
            guard answer(of: session.number) == nil else { return }
            _ = handle(.opened(session, timeout: timeout), at: session.openedAt)
        case .rating(let rating):
            let facts = PressFacts(
                rating.press, window: rating.window, pressedAt: rating.press.age == nil ? nil : rating.pressedAt)
            guard let number = rating.session else {
                _ = handle(.recordedUnbound(facts), at: time)
                return
            }
            // A report of no answer from before the session was asked again is no answer to that.
            if facts.ending == .unrated, let open = window(of: number).flatMap({ windows[$0]?.session }),
                open.askedAt > time.monotonic
            {
                return
            }
            _ = handle(.recorded(facts, number, sequence), at: time)
        case .noAnswer(let end): _ = handle(.noAnswerRecorded(end.session), at: time)
        case .conflict, .imported, .integrity, .decision, .verdict, .questionnaire, .invitation: break
        }
    }

    /// Starts the timers of the sessions that wait; one that ran out meanwhile runs out at once.
    public func waitingTimers(at now: CaptureTime) -> [SessionAction] {
        windows.sorted { $0.key < $1.key }.compactMap { window, state in
            guard let open = state.session, open.answer == .waiting, open.closedAt == nil else { return nil }
            return .setTimer(window, after: timeLeft(of: open, at: now))
        }
    }

    /// Whether anything would be lost by forgetting it now.
    public func isOccupied(at now: CaptureTime) -> Bool {
        windows.contains { _, state in
            if state.isServing || state.isPaused || state.ticket != nil || state.scannedCase != nil { return true }
            if !state.suspended.isEmpty || state.staff(at: now, policy: policy) != nil { return true }
            guard let open = state.session, open.closedAt == nil, open.session.openedAt.boot == now.boot else {
                return false
            }
            return open.askedAt.duration(to: now.monotonic) < open.timeout + policy.latePress
        }
    }
}
