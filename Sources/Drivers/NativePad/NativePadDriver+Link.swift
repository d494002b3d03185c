// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

extension NativePadDriver {
    /// A new connection knows nothing of an older one.
    mutating func open(_ nonce: UInt64, at now: MonotonicInstant) {
        self = NativePadDriver()
        self.nonce = nonce
        heardAt = now
        phase = .asking
        ask(at: now)
    }

    private mutating func ask(at now: MonotonicInstant) {
        askedAt = now
        send(.ask(versions: .spoken, nonce: nonce))
        awaitAnswer(milliseconds: askInterval)
    }

    /// Asks who is there; used when the pad fell silent or another one seems to be on the line.
    mutating func askAnew(at now: MonotonicInstant) {
        phase = .asking
        askInterval = ProtocolTimers.requestRetry
        ask(at: now)
    }

    /// Takes a hello, whether asked for or not: a pad says hello until it is welcomed.
    mutating func meet(_ hello: Hello, at now: MonotonicInstant) {
        let newcomer = KnownPad(hello)
        guard hello.versions.lowest <= ProtocolLimits.version, ProtocolLimits.version <= hello.versions.highest else {
            if phase != .incompatible || pad != newcomer {
                actions.append(.observed(.incompatible(version: Int(hello.versions.highest))))
            }
            phase = .incompatible
            pad = newcomer
            send(.welcome(version: 0))
            return
        }
        if pad?.device != newcomer.device || pad?.log != newcomer.log {
            presses = PressMemory()
            lastHealth = nil
        }
        if pad != newcomer || phase == .incompatible { actions.append(.identified(newcomer.identity)) }
        pad = newcomer
        phase = .open
        askInterval = ProtocolTimers.requestRetry
        send(.welcome(version: ProtocolLimits.version))
        requests.forgetAnswers()
        sendRequests(at: now)
    }

    /// Something whole came from the pad.
    mutating func hear(at now: MonotonicInstant) {
        heardAt = now
        unanswered = 0
        requests.isSignOwed = false
        if isSilent {
            isSilent = false
            actions.append(.observed(.answering))
        }
    }

    mutating func askForSign() {
        guard phase == .open else { return }
        requests.isSignOwed = true
        send(.keepAlive)
        awaitAnswer()
    }

    mutating func answerTimedOut(at now: MonotonicInstant) {
        isAwaitingAnswer = false
        guard phase == .asking || requests.isAnythingOwed else { return }
        unanswered = min(unanswered + 1, 1000)
        switch phase {
        case .closed, .incompatible:
            break
        case .asking:
            guard heardAt.duration(to: now) < .milliseconds(ProtocolTimers.reopen) else {
                // A fresh open sets the line up anew, which cures adapters that lost their settings.
                actions.append(.close(reason: "the pad did not answer for a minute"))
                phase = .closed
                return
            }
            noteSilence()
            askInterval = min(2 * askInterval, ProtocolTimers.askMost)
            ask(at: now)
        case .open where unanswered >= NativePadDriver.missesAllowed:
            noteSilence()
            askAnew(at: now)
        case .open:
            sendRequests(at: now)
        }
    }

    private static let missesAllowed = 4

    private mutating func noteSilence() {
        guard !isSilent, unanswered >= NativePadDriver.missesAllowed else { return }
        isSilent = true
        lastHealth = nil
        actions.append(.observed(.silent))
    }

    mutating func take(_ health: PadHealth) {
        requests.pauseAnswered(isPaused: health.isPaused)
        if health.isLogFull, lastHealth?.isLogFull != true { actions.append(.observed(.logFull)) }
        if health.waiting != lastHealth?.waiting || health.lifetimeCount != lastHealth?.lifetimeCount {
            actions.append(
                .observed(
                    .health(waiting: Int(health.waiting), lifetimeCount: UInt64(health.lifetimeCount))))
        }
        lastHealth = health
    }
}
