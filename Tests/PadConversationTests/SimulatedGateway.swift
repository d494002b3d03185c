// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import PadSession
import RatingModel

extension Conversation {
    mutating func powerGateway() {
        gateway = NativePadDriver(pairing: isProven ? SimulatedKeys.pairing : .none)
        tellGateway(.opened(nonce: dice.next()))
    }

    /// The gateway loses everything but what its journal has committed.
    mutating func cutGateway() {
        tally.gatewayCuts += 1
        dropGateway(for: dice.between(100, 3000))
    }

    private mutating func dropGateway(for milliseconds: UInt64) {
        gateway = nil
        gatewayPowerAt = now + milliseconds
        answerTimer = .max
        keepAliveTimer = .max
        commits = []
        toPad.cut(&dice)
        toGateway.discard()
    }

    mutating func tellGateway(_ event: DriverEvent) {
        guard let actions = gateway?.handle(event, at: MonotonicInstant(nanoseconds: Int64(now) * 1_000_000)) else {
            return
        }
        for action in actions {
            guard gateway != nil else { return }
            perform(action)
        }
    }

    private mutating func perform(_ action: DriverAction) {
        switch action {
        case .send(let bytes):
            toPad.send(bytes, at: now, roughness: roughness, dice: &dice, tally: &tally)
        case .press(let press):
            // Mostly a few milliseconds; sometimes the disk is slower than the pad's patience.
            let delay = dice.happens(30) ? dice.between(300, 6000) : dice.between(1, 30)
            commits.append((now + delay, press))
        case .setTimer(.answer, let after):
            answerTimer = now + Conversation.milliseconds(after)
        case .setTimer(.keepAlive, let after):
            keepAliveTimer = now + Conversation.milliseconds(after)
        case .setTimer(.poll, _), .setTimer(.bulk, _), .setTimer(.display, _), .cancelTimer(.poll), .cancelTimer(.bulk),
            .cancelTimer(.display):
            break
        case .cancelTimer(.answer):
            answerTimer = .max
        case .cancelTimer(.keepAlive):
            keepAliveTimer = .max
        case .identified(let identity):
            if identity.device.value != Conversation.deviceName { fail("identified as \(identity.device)") }
        case .close:
            dropGateway(for: 200)
        case .observed, .staffKey, .scanned, .signedIn:
            break
        }
    }

    /// The journal is through with a press: recorded, refused, or the answer is lost.
    mutating func commit(at index: Int) {
        let press = commits.remove(at: index).press
        if dice.happens(roughness.refused) {
            tally.refused += 1
            return tellGateway(.refused(press.key))
        }
        if dice.happens(roughness.gatewayCut) { return cutGateway() }
        let place = Place(log: press.key.log, sequence: press.key.sequence)
        if let known = journal[place] {
            tally.resent += 1
            if !Conversation.isSame(known, press) { fail("\(press.key) came again with another body") }
        } else {
            journal[place] = press
        }
        if dice.happens(roughness.gatewayCut) { return cutGateway() }
        if !dice.happens(roughness.unanswered) { tellGateway(.recorded(press.key)) }
    }

    private static func isSame(_ left: CapturedPress, _ right: CapturedPress) -> Bool {
        left.key == right.key && left.outcome == right.outcome && left.prompt == right.prompt
            && left.lifetimeCount == right.lifetimeCount
    }

    private static func milliseconds(_ duration: Duration) -> UInt64 {
        UInt64(duration.components.seconds) * 1000
            + UInt64(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
