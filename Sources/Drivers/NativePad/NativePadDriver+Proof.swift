// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

/// How far the pad on a connection has proved who it is.
enum PadStanding: Sendable, Hashable {
    /// Its key is not known here.
    case unknown
    /// It was challenged. So many times it said something else since, and whether it did since the last time.
    case challenged(Code128, evasions: Int, wasHeard: Bool)
    /// It holds the key.
    case proven
    /// It does not hold the key of the pad it says it is.
    case failed
}

extension NativePadDriver {
    private static let mostEvasions = 10

    /// Challenges a pad whose key is known, welcomes any other.
    mutating func examine(_ newcomer: KnownPad, at now: MonotonicInstant) {
        if phase == .proving, newcomer.isSame(as: pad), case .challenged(let challenge, let evasions, _) = standing {
            // A pad says hello until it is welcomed; the challenge or the proof may have been lost.
            standing = .challenged(challenge, evasions: evasions, wasHeard: true)
            return
        }
        challenges &+= 1
        guard let challenge = pairing.challenge(for: newcomer.id, nonce: nonce, count: challenges) else {
            welcome(newcomer, .unknown, at: now)
            if pairing.isRequired { observeUnproven(pairing.trouble ?? "its key is not known here") }
            return
        }
        guard newcomer.conformance >= KnownPad.proofLevel else {
            welcome(newcomer, .failed, at: now)
            return observeUnproven("it states a level without proofs")
        }
        pad = newcomer
        phase = .proving
        standing = .challenged(challenge, evasions: 0, wasHeard: false)
        sendChallenge()
    }

    /// Challenges again. A pad that was heard so often and gave no proof is welcomed as one that is not proven; one that
    /// says nothing at all may have no power, and is asked who it is.
    mutating func challengeTimedOut(at now: MonotonicInstant) {
        guard let pad, case .challenged(let challenge, let evasions, let wasHeard) = standing else { return }
        if evasions >= NativePadDriver.mostEvasions {
            welcome(pad, .failed, at: now)
            return observeUnproven("it does not answer the challenge")
        }
        unanswered = min(unanswered + 1, 1000)
        if unanswered >= NativePadDriver.missesAllowed { return giveUp(at: now) }
        standing = .challenged(challenge, evasions: wasHeard ? evasions + 1 : evasions, wasHeard: false)
        sendChallenge()
        send(.ask(versions: .spoken, nonce: nonce))
    }

    private mutating func sendChallenge() {
        guard let pad, case .challenged(let challenge, _, _) = standing,
            let code = pairing.code(.challenge(pad: pad.id, challenge), of: pad.id)
        else { return }
        send(ProofMessage.challenge(pairing.algorithm, challenge, code: code).encoded(to: address))
        awaitAnswer()
    }

    mutating func take(_ result: ProofResult, _ code: Code128, at now: MonotonicInstant) {
        guard phase == .proving, let pad, case .challenged(let challenge, _, _) = standing else { return }
        let expected = pairing.code(.proof(pad: pad.id, log: pad.log, challenge), of: pad.id)
        if result == .proven, let expected, expected.isEqual(code) { return welcome(pad, .proven, at: now) }
        welcome(pad, .failed, at: now)
        switch result {
        case .unknownAlgorithm: observeUnproven("it cannot make codes with \(pairing.hash.rawValue)")
        case .wrongChallenge, .proven: observeUnproven("its key is not the one known here")
        }
    }

    /// Says why a pad is not proven, behind who it says it is: whoever hears that forgets what was said of the last.
    private mutating func observeUnproven(_ reason: String) {
        actions.append(.observed(.unproven(reason: reason)))
    }

    // MARK: Presses

    /// A press with a code: proven, another's, or of a pad whose key is not known.
    mutating func take(_ press: PressReport, code: Code128, frame: [UInt8], at now: MonotonicInstant) {
        guard let pad, standing == .proven else { return take(press, .unproven, frame: frame, at: now) }
        guard pad.log == press.log, let expected = pairing.code(.press(pad: pad.id, press), of: pad.id) else {
            return take(press, .failed, frame: frame, at: now)
        }
        take(press, expected.isEqual(code) ? .proven : .failed, frame: frame, at: now)
    }

    /// How a press without a code is to be taken; `nil` for one that a proven pad cannot have sent.
    func authenticity(of press: PressAuthenticity) -> PressAuthenticity? {
        switch standing {
        case .unknown: .unproven
        case .failed, .challenged: .failed
        case .proven: press == .unproven ? nil : press
        }
    }

    /// A forged acknowledgement must not make a pad forget: one that proves itself is told with a proof.
    func acknowledgement(of sequence: UInt32, in log: UInt64) -> [UInt8] {
        guard standing == .proven, let pad,
            let code = pairing.code(.acknowledge(pad: pad.id, log: log, sequence: sequence), of: pad.id)
        else { return HostMessage.acknowledge(log: log, sequence: sequence).encoded(to: address) }
        return ProofMessage.acknowledge(log: log, sequence: sequence, code: code).encoded(to: address)
    }
}
