// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// What staff do at a window: sign in, call tickets, press the keys of the panel, scan a code.
extension WindowSessions {
    mutating func signIn(_ window: WindowID, _ staff: String?, at now: CaptureTime) -> [SessionAction] {
        windows[window, default: WindowState()].signIn(staff, at: now)
        return []
    }

    mutating func call(_ window: WindowID, _ ticket: String?, waiting: Int?, at now: CaptureTime) -> [SessionAction] {
        var actions: [SessionAction] = []
        if let ticket, windows[window]?.ticket == ticket {
            // The same ticket again: nobody else stands at the window.
        } else {
            if let ticket {
                for other in windows.keys.sorted() where other != window && windows[other]?.ticket == ticket {
                    actions += leave(other, at: now)
                }
            }
            if windows[window]?.isServing == true { actions.append(.ticketFinished(window)) }
            actions += leave(window, at: now)
            windows[window, default: WindowState()].ticket = ticket
            windows[window]?.isServing = true
            actions.append(.ticketBegun(window))
        }
        if let waiting { actions.append(.showWaiting(window, count: waiting, ticket: ticket.flatMap { Int($0) })) }
        return actions
    }

    /// A scanned case belongs to the session that is being asked and has none, else to the next one.
    mutating func bind(_ window: WindowID, _ reference: CaseReference, at now: CaptureTime) -> [SessionAction] {
        if let open = windows[window]?.session, open.isAsking(at: now), open.session.caseReference == nil {
            return [.open(opening(window, reference, at: now))]
        }
        windows[window, default: WindowState()].scannedCase = reference
        return []
    }

    mutating func press(_ key: StaffKey, _ window: WindowID, at now: CaptureTime) -> [SessionAction] {
        switch key {
        case .askForRating: return ask(window, at: now)
        case .callNext: return call(window, nil, waiting: nil, at: now)
        case .callAgain, .other: return []
        case .pause:
            // The panel has one key for both.
            return windows[window]?.isPaused == true ? resume(window, at: now) : pause(window, at: now)
        case .transfer, .abandon: return leave(window, .cancelled, at: now)
        case .suspend:
            if let ticket = windows[window]?.ticket, windows[window]?.suspend(ticket) == false {
                return [.tooManySuspended(window)]
            }
            return leave(window, .cancelled, at: now)
        case .recall:
            guard let ticket = windows[window]?.recall() else { return [] }
            return call(window, ticket, waiting: nil, at: now)
        }
    }

    private mutating func ask(_ window: WindowID, at now: CaptureTime) -> [SessionAction] {
        if let open = windows[window]?.session, open.isCertain, open.closedAt == nil, open.answer != .answered,
            open.session.openedAt.boot == now.boot
        {
            return open.isAsking(at: now) ? [] : askAgain(open.session.number, timeout: open.timeout, at: now)
        }
        return [.open(opening(window, windows[window]?.scannedCase, at: now))]
    }

    private func opening(_ window: WindowID, _ reference: CaseReference?, at now: CaptureTime) -> SessionOpening {
        SessionOpening(
            window: window, caseReference: reference, staff: staff(at: window, now), ticket: windows[window]?.ticket)
    }

    /// Whoever stood at the window has gone.
    private mutating func leave(
        _ window: WindowID, _ reason: SessionAction.Withdrawal = .replaced, at now: CaptureTime
    ) -> [SessionAction] {
        guard windows[window] != nil else { return [] }
        windows[window]?.ticket = nil
        windows[window]?.isServing = false
        windows[window]?.scannedCase = nil
        return close(window, reason, at: now)
    }
}
