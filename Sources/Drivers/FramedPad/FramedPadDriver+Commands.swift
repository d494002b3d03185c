// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension FramedPadDriver {
    /// Carries out what the gateway wants of one pad, or of every one on the line; what a pad has no frame for is left.
    mutating func carryOut(_ command: DeviceCommand, for address: BusAddress?, at now: MonotonicInstant) {
        guard log != 0 else { return }
        for place in places(address) { carryOut(command, TemplateValues(address: place), at: now) }
    }

    /// The pads that a command is for.
    private func places(_ address: BusAddress?) -> [BusAddress?] {
        guard description.address != nil else { return [nil] }
        if let address { return [address] }
        return addresses.isEmpty ? counts.keys.compactMap { $0 }.sorted() : addresses
    }

    private mutating func carryOut(_ command: DeviceCommand, _ blank: TemplateValues, at now: MonotonicInstant) {
        let commands = description.commands
        var values = blank
        switch command {
        case .prompt(let number, let timeout, _):
            prompts[values.address, default: RememberedPrompt()].begin(number, timeout: timeout, at: now)
            values.seconds = Int(clamping: timeout.components.seconds)
            send(commands.prompt, values, at: now)
        case .cancelPrompt(let number):
            prompts[values.address]?.cancel(number)
            send(commands.cancel, values, at: now)
        case .pause: send(commands.pause, values, at: now)
        case .resume: send(commands.resume, values, at: now)
        case .identify: send(commands.identify, values, at: now)
        case .showWaiting(let count, let ticket):
            (values.waiting, values.ticket) = (count, ticket)
            send(commands.waiting, values, at: now)
        case .show(let content): show(content, values, at: now)
        case .openPage, .closePage, .scan, .setTime, .update, .cancelUpdate: break
        }
    }
}
