// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import RatingModel

/// A bus driver whose pads the test plays.
struct BusLine {
    var driver: NativeBusDriver
    private(set) var milliseconds: Int64 = 1000
    /// When the driver's one timer runs out.
    private(set) var pollAt: Int64?
    /// Who was given the line, and with what, in order.
    var turns: [(address: BusAddress, message: HostMessage)] = []

    init(_ addresses: [BusAddress], latency: Duration = .zero) {
        driver = NativeBusDriver(BusSettings(addresses: addresses, baud: 9600, adapterLatency: latency))
        tell(.opened(nonce: 5))
    }

    var now: MonotonicInstant { MonotonicInstant(nanoseconds: milliseconds * 1_000_000) }

    @discardableResult mutating func tell(_ event: DriverEvent) -> [DriverAction] {
        let actions = driver.handle(event, at: now)
        for action in actions {
            if case .setTimer(.poll, let after) = action {
                let part = after.components.attoseconds
                pollAt =
                    milliseconds + after.components.seconds * 1000 + (part + 999_999_999_999_999)
                    / 1_000_000_000_000_000
            }
            guard case .send(let bytes) = action else { continue }
            var decoder = FrameDecoder()
            for byte in bytes where decoder.push(byte) == .frame {
                if let message = try? HostMessage(&decoder) { turns.append((decoder.address, message)) }
            }
        }
        return actions
    }

    /// Lets the driver's timer run out; returns what it did.
    @discardableResult mutating func runOut() -> [DriverAction] {
        guard let at = pollAt else { return [] }
        milliseconds = max(milliseconds, at)
        pollAt = nil
        return tell(.timer(.poll))
    }

    @discardableResult mutating func hear(_ message: PadMessage, from address: BusAddress) -> [DriverAction] {
        milliseconds += 20
        return tell(.received(message.encoded(from: address)))
    }

    static func pad(_ address: BusAddress) -> UInt64 { 0xC0FF_EE00 + UInt64(address) }

    static func device(_ address: BusAddress) -> DeviceID {
        DeviceID("native-00000000" + String(pad(address), radix: 16))
    }

    /// Plays pads that say hello to `ask` and `idle` to everything else, for so many turns.
    @discardableResult mutating func play(
        _ count: Int, absent: Set<BusAddress> = [], presses: [BusAddress: PressReport] = [:]
    ) -> [DriverAction] {
        var actions: [DriverAction] = []
        var presses = presses
        let end = turns.count + count
        while turns.count < end {
            let before = turns.count
            actions += runOut()
            guard turns.count > before, let (address, message) = turns.last, address != 127 else { continue }
            if absent.contains(address) { continue }
            if case .ask = message {
                actions += hear(.hello(PadLine.hello(pad: BusLine.pad(address))), from: address)
            } else if let press = presses.removeValue(forKey: address) {
                actions += hear(.press(press), from: address)
            } else {
                actions += hear(.idle, from: address)
            }
        }
        return actions
    }
}
