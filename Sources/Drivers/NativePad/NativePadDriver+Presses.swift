// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

extension NativePadDriver {
    /// Hands a press to the journal; a press of a log that said no hello here is another pad's, so the pad is asked.
    mutating func take(_ press: PressReport, _ claim: PressAuthenticity, frame: [UInt8], at now: MonotonicInstant) {
        guard phase != .incompatible, phase != .proving else { return }
        guard let pad, pad.log == press.log else {
            if phase != .asking {
                actions.append(.observed(.badFrame(reason: "press of a log that said no hello")))
                askAnew(at: now)
            }
            return
        }
        guard let outcome = NativePadDriver.outcome(of: press) else { return }
        guard let authenticity = authenticity(of: claim) else {
            actions.append(.observed(.badFrame(reason: "press without the proof that this pad gives")))
            return
        }
        let isForged = standing == .proven && authenticity == .failed
        switch isForged ? forgeries.meet(press, at: now) : presses.meet(press, at: now) {
        case .waiting:
            actions.append(.observed(.repeated))
        case .recorded:
            actions.append(.observed(.repeated))
            send(acknowledgement(of: press.sequence, in: press.log))
        case .new:
            let isAgeKnown = press.ageMilliseconds != ProtocolLimits.unknownAge
            let device = isForged ? pad.pretender : pad.device(standing)
            actions.append(
                .press(
                    CapturedPress(
                        key: PressKey(device: device, log: press.log, sequence: UInt64(press.sequence)),
                        outcome: outcome, prompt: press.prompt == 0 ? nil : press.prompt,
                        age: isAgeKnown ? .milliseconds(Int64(press.ageMilliseconds)) : nil,
                        lifetimeCount: UInt64(press.lifetimeCount), driver: NativePadDriver.name, rawFrame: frame,
                        address: isOnBus ? address : nil, authenticity: authenticity,
                        isQuarantined: pairing.isRequired && authenticity != .proven)))
        }
    }

    private static func outcome(of press: PressReport) -> PressOutcome? {
        switch press.result {
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .rated:
            SatisfactionLevel(rawValue: press.level).map { .rated($0, key: press.key, label: $0.label) }
        }
    }

    /// The press is on disk. A key of a pad that is no longer on the line is nobody's to thank for.
    mutating func acknowledge(_ key: PressKey) {
        guard let sequence = sequence(of: key) else { return }
        presses.recorded(sequence)
        send(acknowledgement(of: sequence, in: key.log))
        resumeUpdate()
    }

    mutating func refuse(_ key: PressKey) {
        guard let sequence = sequence(of: key) else { return }
        presses.refused(sequence)
        send(.refuse(log: key.log, sequence: sequence))
        resumeUpdate()
    }

    /// Whether the press is of the pad on this line and of its log.
    func holds(_ key: PressKey) -> Bool { sequence(of: key) != nil }

    private func sequence(of key: PressKey) -> UInt32? {
        guard let pad, pad.device(standing) == key.device, pad.log == key.log else { return nil }
        return UInt32(exactly: key.sequence)
    }
}
