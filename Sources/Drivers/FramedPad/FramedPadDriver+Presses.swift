// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension FramedPadDriver {
    /// A press goes to the journal once; sent again it is only answered again.
    mutating func takePress(_ frame: [UInt8], from address: BusAddress?, at now: MonotonicInstant) {
        let rule = description.press
        guard let index = rule.value.index(in: frame.count) else { return complain("no value") }
        let value = frame[index]
        guard let outcome = value == rule.timedOut ? .timedOut : description.keys.outcome(of: value) else {
            return complain("a value that no key has")
        }
        switch presses.meet(frame, from: address, window: rule.repeatWindow, at: now) {
        case .waiting: break
        case .recorded: send(rule.acknowledgement, TemplateValues(frame: frame, address: address))
        case .again(let key, let prompt): hand(key, outcome, frame, from: address, prompt)
        case .new:
            let count = (counts[address] ?? 0) + 1
            counts[address] = count
            let key = PressKey(device: device(address), log: log, sequence: count)
            let prompt = prompts[address]?.answer(at: now)
            presses.remember(frame, from: address, key: key, prompt: prompt, at: now)
            hand(key, outcome, frame, from: address, prompt)
        }
    }

    private mutating func hand(
        _ key: PressKey, _ outcome: PressOutcome, _ frame: [UInt8], from address: BusAddress?, _ prompt: PromptNumber?
    ) {
        actions.append(
            .press(
                CapturedPress(
                    key: key, outcome: outcome, prompt: prompt, age: nil, lifetimeCount: nil,
                    driver: FramedPadDriver.name, rawFrame: frame, address: address)))
    }

    /// The press is on disk: now the pad may say thanks.
    mutating func acknowledge(_ key: PressKey, at now: MonotonicInstant) {
        guard let press = presses.answered(key, .recorded, at: now) else { return }
        send(description.press.acknowledgement, TemplateValues(frame: press.frame, address: press.address))
    }

    /// The press is not on disk: it keeps its key, so that the journal knows it when the pad sends it again.
    mutating func refuse(_ key: PressKey, at now: MonotonicInstant) {
        guard let press = presses.answered(key, .refused, at: now) else { return }
        send(description.press.refusal, TemplateValues(frame: press.frame, address: press.address))
    }

    /// A key of staff is acknowledged at once; sent again within the window it is not pressed again.
    mutating func takeStaffKey(
        _ frame: [UInt8], _ staff: FrameDescription.Staff, _ values: TemplateValues, at now: MonotonicInstant
    ) {
        guard let index = staff.value.index(in: frame.count) else { return complain("no value") }
        let named = staff.keys.first { $0.when.allSatisfy { $0.holds(in: frame) } }?.key
        let isNew = staffKeys.meet(frame, from: values.address, window: staff.repeatWindow, at: now) == .new
        if isNew {
            let key = PressKey(device: device(values.address), log: 0, sequence: 0)
            staffKeys.remember(frame, from: values.address, key: key, prompt: nil, at: now)
            _ = staffKeys.answered(key, .recorded, at: now)
            actions.append(.staffKey(named ?? .other(frame[index]), at: values.address))
        }
        send(staff.acknowledgement, values)
    }
}
