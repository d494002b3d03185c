// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension FramedPadDriver {
    /// A press goes to the journal once; sent again it is only answered again.
    mutating func take(
        _ frame: [UInt8], _ rule: FrameDescription.Press, from address: BusAddress?, at now: MonotonicInstant
    ) {
        guard let index = rule.value.index(in: frame.count), description.isBody(index, in: frame.count) else {
            return complain("no value")
        }
        let value = frame[index]
        guard let outcome = value == rule.timedOut ? .timedOut : description.keys.outcome(of: value) else {
            return complain("a value that no key has")
        }
        switch presses.meet(frame, from: address, window: rule.repeatWindow, at: now) {
        case .waiting: break
        case .recorded: send(rule.acknowledgement, TemplateValues(frame: frame, address: address), at: now)
        case .again(let key, let prompt, let age):
            hand(key, outcome, TemplateValues(frame: frame, address: address), prompt, age: age)
        case .new:
            let count = (counts[address] ?? 0) + 1
            counts[address] = count
            let key = PressKey(device: device(address), log: log, sequence: count)
            let prompt = prompts[address]?.answer(at: now)
            presses.remember(frame, from: address, key: key, prompt: prompt, at: now)
            hand(key, outcome, TemplateValues(frame: frame, address: address), prompt, age: .zero)
        }
    }

    private mutating func hand(
        _ key: PressKey, _ outcome: PressOutcome, _ values: TemplateValues, _ prompt: PromptNumber?, age: Duration
    ) {
        actions.append(
            .press(
                CapturedPress(
                    key: key, outcome: outcome, prompt: prompt, age: age, lifetimeCount: nil,
                    driver: FramedPadDriver.name, rawFrame: values.frame, address: values.address)))
    }

    /// The press is on disk: now the pad may say thanks.
    mutating func acknowledge(_ key: PressKey, at now: MonotonicInstant) {
        guard let press = presses.answered(key, .recorded) else { return }
        send(description.press?.acknowledgement, TemplateValues(frame: press.frame, address: press.address), at: now)
    }

    /// The press is not on disk: it keeps its key, so that the journal knows it when the pad sends it again.
    mutating func refuse(_ key: PressKey, at now: MonotonicInstant) {
        guard let press = presses.answered(key, .refused) else { return }
        send(description.press?.refusal, TemplateValues(frame: press.frame, address: press.address), at: now)
    }

    /// A key of staff is acknowledged at once; sent again within the window it is not pressed again.
    mutating func takeStaffKey(
        _ frame: [UInt8], _ staff: FrameDescription.Staff, _ values: TemplateValues, at now: MonotonicInstant
    ) {
        guard let index = staff.value.index(in: frame.count) else { return complain("no value") }
        if staffKeys.meet(frame, from: values.address, window: staff.repeatWindow, at: now) == .new {
            let place = PressKey(device: device(values.address), log: 0, sequence: 0)
            staffKeys.remember(frame, from: values.address, key: place, prompt: nil, at: now)
            _ = staffKeys.answered(place, .recorded)
            let before = lastStaffValue[values.address].flatMap {
                $0.at.duration(to: now) < FrameDescription.Staff.sequenceLife ? $0.value : nil
            }
            lastStaffValue[values.address] = (frame[index], now)
            let named = staff.keys.first { key in
                key.when.allSatisfy { $0.holds(in: frame) } && (key.after == nil || key.after == before)
            }
            actions.append(.staffKey(named?.key ?? .other(frame[index]), at: values.address))
        }
        send(staff.acknowledgement, values, at: now)
    }
}
