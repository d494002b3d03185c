// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension QueueBusPadDriver {
    mutating func take(_ frame: QueueBusFrame, at now: MonotonicInstant) {
        guard !echoes.takeBack(frame, at: now) else { return }
        guard QueueBusFrame.lengthsFromPads.contains(frame.length), let last = frame.data.last else {
            actions.append(.observed(.badFrame(reason: "length")))
            return
        }
        if !settings.addresses.isEmpty, !settings.addresses.contains(frame.address),
            strangers.insert(frame.address).inserted
        {
            actions.append(.observed(.unknownAddress(frame.address)))
        }
        if frame.function == QueueBusFrame.Function.rating {
            takeRating(frame, at: now)
        } else {
            takeKey(frame, code: last, at: now)
        }
    }

    // MARK: Ratings

    private mutating func takeRating(_ frame: QueueBusFrame, at now: MonotonicInstant) {
        // Neither complaint says the value: it would tell a level.
        guard frame.data.count == 1, let value = frame.data.first else {
            actions.append(.observed(.badFrame(reason: "length of a rating")))
            return
        }
        guard let outcome = value == settings.timeoutValue ? .timedOut : settings.keys.outcome(of: value) else {
            actions.append(.observed(.badFrame(reason: "a rating of a value that no key has")))
            return
        }
        var pad = pad(at: frame.address)
        defer { pads[frame.address] = pad }
        if let known = pad.repeated(value, within: settings.repeatInterval, at: now) {
            switch known.state {
            case .waiting: break
            case .recorded: acknowledge(known, at: now)
            case .refused: actions.append(.press(known.captured.aged(known.since.duration(to: now))))
            }
            return
        }
        let press = CapturedPress(
            key: pad.log.nextKey(), outcome: outcome, prompt: pad.prompt.answer(at: now), age: .zero,
            lifetimeCount: nil, driver: Self.name, rawFrame: frame.encoded(), address: frame.address)
        pad.remember(BusPad.Press(captured: press, value: value, since: now, seen: now))
        actions.append(.press(press))
    }

    mutating func settle(_ key: PressKey, _ state: BusPad.Press.State, at now: MonotonicInstant) {
        guard let address = pads.first(where: { $0.value.log.device == key.device })?.key,
            let press = pads[address]?.settle(key, state)
        else { return }
        if state == .recorded {
            acknowledge(press, at: now)
        } else {
            send(QueueBusFrame(address: address, function: QueueBusFrame.Function.beep, data: []), at: now)
        }
    }

    private mutating func acknowledge(_ press: BusPad.Press, at now: MonotonicInstant) {
        guard let address = press.captured.address else { return }
        send(
            QueueBusFrame(address: address, function: QueueBusFrame.Function.start, data: [press.value]), at: now)
    }

    // MARK: Keys of staff

    /// The same key again within this time is its pad's repeat: acknowledged, and not put out twice.
    private static let keyRepeat = Duration.seconds(1)
    /// How long a digit waits for 确认.
    private static let digitLife = Duration.seconds(10)

    /// Repeats acknowledged in a row: what goes on after them is no panel's, but its acknowledgements coming back later
    /// than ``LineEchoes`` expects, and would go on without end.
    private static let mostKeyRepeats = 8

    private mutating func takeKey(_ frame: QueueBusFrame, code: UInt8, at now: MonotonicInstant) {
        var pad = pad(at: frame.address)
        defer { pads[frame.address] = pad }
        if let last = pad.key, last.frame == frame, last.at.duration(to: now) < Self.keyRepeat {
            pad.key = (frame, now, min(last.repeats + 1, Self.mostKeyRepeats + 2))
            if last.repeats == Self.mostKeyRepeats {
                actions.append(.observed(.badFrame(reason: "a key that is repeated without end")))
            }
            guard last.repeats < Self.mostKeyRepeats else { return }
        } else {
            pad.key = (frame, now, 0)
            // The digit can come in the same frame before 确认: the public host code looks at the last byte only.
            let within = frame.data.dropLast().last
            let before = pad.digit.flatMap { $0.at.duration(to: now) < Self.digitLife ? $0.value : nil }
            pad.digit = code <= 9 ? (code, now) : nil
            actions.append(.staffKey(Self.key(code, after: within ?? before), at: frame.address))
        }
        send(frame, isKey: true, at: now)
    }

    /// What a key means, by the public host code.
    private static func key(_ code: UInt8, after digit: UInt8?) -> StaffKey {
        switch (code, digit) {
        case (0x0B, _): .askForRating
        case (0x0C, _): .callNext
        case (0x0D, _): .callAgain
        case (0x12, _): .pause
        case (0x13, _): .transfer
        case (0x0F, 6): .abandon
        case (0x0F, 0): .suspend
        case (0x0F, 3): .recall
        default: .other(code)
        }
    }
}

extension CapturedPress {
    /// The same press, reported anew so long after it was made.
    fileprivate func aged(_ age: Duration) -> CapturedPress {
        CapturedPress(
            key: key, outcome: outcome, prompt: prompt, age: age, lifetimeCount: lifetimeCount, driver: driver,
            rawFrame: rawFrame, address: address)
    }
}
