// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

extension NativePadDriver {
    /// A new connection knows nothing of an older one.
    mutating func open(_ nonce: UInt64, at now: MonotonicInstant) {
        self = NativePadDriver(address: address, pairing: pairing, chunkBytes: chunkBytes)
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
            suspendUpdate()
            phase = .incompatible
            welcomedIdentity = nil
            pad = newcomer
            send(.welcome(version: 0))
            return
        }
        // A pad that lost its power begins to count its scans anew.
        if hello.nonce != nonce { scan = ScanAssembly() }
        // What was on its way to a pad that is examined anew is asked for again.
        examine(newcomer, at: now)
    }

    /// Opens the session with a pad, as far as it is proven.
    mutating func welcome(_ newcomer: KnownPad, _ standing: PadStanding, at now: MonotonicInstant) {
        suspendUpdate()
        let identity = newcomer.identity(standing, at: isOnBus ? address : nil)
        if identity.device != welcomedIdentity?.device || identity.log != welcomedIdentity?.log {
            presses = PressMemory()
            forgeries = PressMemory()
            lastHealth = nil
        }
        if identity != welcomedIdentity || mustIdentify { actions.append(.identified(identity)) }
        mustIdentify = false
        welcomedIdentity = identity
        self.standing = standing
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
        if phase == .proving { return challengeTimedOut(at: now) }
        guard phase == .asking || requests.isAnythingOwed else { return }
        unanswered = min(unanswered + 1, 1000)
        switch phase {
        case .closed, .incompatible, .proving:
            break
        case .asking:
            guard isOnBus || heardAt.duration(to: now) < .milliseconds(ProtocolTimers.reopen) else {
                // A fresh open sets the line up anew, which cures adapters that lost their settings.
                actions.append(.close(reason: "the pad did not answer for a minute"))
                phase = .closed
                return
            }
            noteSilence()
            askInterval = min(2 * askInterval, ProtocolTimers.askMost)
            ask(at: now)
        case .open where unanswered >= NativePadDriver.missesAllowed:
            giveUp(at: now)
        case .open:
            sendRequests(at: now)
        }
    }

    /// The pad does not answer: it is asked who it is until it does.
    mutating func giveUp(at now: MonotonicInstant) {
        noteSilence()
        askAnew(at: now)
    }

    /// On a bus: the pad missed its turns, and must say who it is before it is believed again.
    mutating func fellSilent() {
        unanswered = NativePadDriver.missesAllowed
        noteSilence()
        if phase == .open || phase == .proving { phase = .asking }
    }

    static let missesAllowed = 4

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
