// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

extension NativeBusDriver {
    /// The line is nobody's: the pad that had it said nothing, or the pause behind an answer is over.
    mutating func lineIsFree(at now: MonotonicInstant) {
        switch state {
        case .closed:
            return
        case .lent(let index):
            // A frame whose last delimiter was lost ends here, and not in the middle of the next answer.
            if decoder.push(0) == .frame, takeFrame(at: now) { break }
            pads[index].miss()
            carryOut(pads[index].driver.takeActions(), of: index, at: now)
            noteSilence(at: now)
        case .betweenTurns, .resting:
            break
        }
        if state != .closed { nextTurn(at: now) }
    }

    private mutating func noteSilence(at now: MonotonicInstant) {
        guard pads.allSatisfy(\.isAbsent) else { return }
        if !isSilent {
            isSilent = true
            actions.append(.observed(.silent))
        }
        if heardAt.duration(to: now) >= .milliseconds(ProtocolTimers.reopen) {
            // A fresh open sets the line up anew, which cures adapters that lost their settings.
            actions.append(.close(reason: "no pad of the bus answered for a minute"))
            state = .closed
        }
    }

    /// Lends the line to the next pad, or rests.
    mutating func nextTurn(at now: MonotonicInstant) {
        if isTimeOwed, let (wall, told) = time { return broadcast(wall, toldAt: told, at: now) }
        guard let index = nextPad(at: now) else { return }
        let (frame, rest) = pads[index].turn(at: now)
        actions += rest
        actions.append(.send(frame))
        state = .lent(index)
        actions.append(.setTimer(.poll, after: bus.time(of: frame) + bus.patience))
    }

    /// Nobody answers this, so the line is free as soon as the frame is out.
    private mutating func broadcast(_ wall: WallTime, toldAt told: MonotonicInstant, at now: MonotonicInstant) {
        isTimeOwed = false
        let frame = HostMessage.time(millisecondsSinceEpoch: wall.onWire(toldAt: told, at: now))
            .encoded(to: ProtocolLimits.broadcastAddress)
        actions.append(.send(frame))
        state = .betweenTurns
        actions.append(.setTimer(.poll, after: bus.time(of: frame) + .milliseconds(ProtocolTimers.busTurn)))
    }

    /// A pad that is to be told something, then the next of the round, by turns; `nil` when the round is to rest.
    private mutating func nextPad(at now: MonotonicInstant) -> Int? {
        if !wasUrgent, let index = nextUrgent() {
            wasUrgent = true
            urgentCursor = index
            return index
        }
        wasUrgent = false
        for _ in pads.indices {
            if cursor + 1 >= pads.count, isEarly(at: now) { return nextUrgent() ?? rest(at: now) }
            cursor += 1
            if cursor >= pads.count {
                cursor = 0
                round = (round + 1) % NativeBusDriver.absentRounds
                roundStartedAt = now
            }
            // Absent pads have different rounds, so that no round is slowed by all of them.
            if !pads[cursor].isAbsent || (round + cursor) % NativeBusDriver.absentRounds == 0 { return cursor }
        }
        return rest(at: now)
    }

    private func isEarly(at now: MonotonicInstant) -> Bool {
        cursor >= 0 && roundStartedAt.duration(to: now) < .milliseconds(ProtocolTimers.busRound)
    }

    private mutating func rest(at now: MonotonicInstant) -> Int? {
        let left = Duration.milliseconds(ProtocolTimers.busRound) - roundStartedAt.duration(to: now)
        state = .resting
        actions.append(.setTimer(.poll, after: max(left, .milliseconds(ProtocolTimers.busTurn))))
        return nil
    }

    private func nextUrgent() -> Int? {
        guard !pads.isEmpty else { return nil }
        for step in 1...pads.count {
            let index = (urgentCursor + step) % pads.count
            if pads[index].isUrgent { return index }
        }
        return nil
    }
}
