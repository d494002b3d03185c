// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension QueueBusPadDriver {
    /// Carries out what the bus has a frame for; it has none to take a prompt back, to pause or for a text.
    mutating func carryOut(_ command: DeviceCommand, at address: BusAddress?, _ now: MonotonicInstant) {
        guard nonce != nil else { return }
        for target in targets(address) {
            switch command {
            case .prompt(let number, let timeout, _):
                var pad = pad(at: target)
                pad.prompt.begin(number, timeout: timeout, at: now)
                pads[target] = pad
                send(
                    QueueBusFrame(
                        address: target, function: QueueBusFrame.Function.start, data: [QueueBusSettings.startRating]),
                    at: now)
            case .cancelPrompt(let number):
                pads[target]?.prompt.cancel(number)
            case .showWaiting(let count, let ticket):
                let digits = Self.digits(waiting: count, ticket: ticket)
                send(
                    QueueBusFrame(address: target, function: QueueBusFrame.Function.figures, data: digits), at: now)
            case .identify:
                send(QueueBusFrame(address: target, function: QueueBusFrame.Function.beep, data: []), at: now)
            case .pause, .resume, .show, .openPage, .closePage, .scan, .setTime, .update, .cancelUpdate:
                break
            }
        }
    }

    /// The pad at an address, else every pad with a window; on a bus without windows, those that were heard.
    private func targets(_ address: BusAddress?) -> [BusAddress] {
        if let address { return [address] }
        return (settings.addresses.isEmpty ? Set(pads.keys) : settings.addresses).sorted()
    }

    /// Three digits of how many wait, and three of the ticket. More than 999 who wait show as 999; a ticket that does
    /// not fit is left dark, for its last digits would be another ticket.
    private static func digits(waiting count: Int, ticket: Int?) -> [UInt8] {
        let shown = ticket.flatMap { (0...999).contains($0) ? threeDigits($0) : nil }
        let dark = [UInt8](repeating: QueueBusFrame.blank, count: 3)
        return threeDigits(min(max(count, 0), 999)) + (shown ?? dark)
    }

    private static func threeDigits(_ number: Int) -> [UInt8] {
        [number / 100, number / 10 % 10, number % 10].map { UInt8(truncatingIfNeeded: $0) }
    }
}
