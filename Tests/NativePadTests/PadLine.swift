// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import RatingModel

/// A driver on a line whose pad the test plays.
struct PadLine {
    static let log: UInt64 = 0x8877_6655_4433_2211
    static let padID: UInt64 = 0x00C0_FFEE_0000_0042
    static let device = DeviceID("native-00c0ffee00000042")

    var driver = NativePadDriver()
    private(set) var milliseconds: Int64 = 1000
    /// The timers that run, by the moment they run out.
    private(set) var timers: [DriverTimer: Int64] = [:]

    var now: MonotonicInstant { MonotonicInstant(nanoseconds: milliseconds * 1_000_000) }

    /// A line with a welcomed pad.
    static func welcomed() -> PadLine {
        var line = PadLine()
        line.tell(.opened(nonce: 5))
        line.hear(.hello(hello()))
        return line
    }

    static func hello(
        pad: UInt64 = padID, log: UInt64 = log, versions: VersionRange = .spoken, model: String = "Model"
    ) -> Hello {
        Hello(
            versions: versions, conformance: 1, keys: 5, padID: pad, log: log, nonce: 5, model: Array(model.utf8),
            firmware: Array("1.0".utf8))
    }

    static func press(_ sequence: UInt32, log: UInt64 = log, level: UInt8 = 2, age: UInt32 = 250) -> PressReport {
        PressReport(
            log: log, sequence: sequence, lifetimeCount: 1000 + sequence, ageMilliseconds: age, prompt: 7,
            result: .rated, level: level, key: level)
    }

    static func key(_ sequence: UInt64, log: UInt64 = log) -> PressKey {
        PressKey(device: device, log: log, sequence: sequence)
    }

    @discardableResult mutating func tell(_ event: DriverEvent) -> [DriverAction] {
        var rest: [DriverAction] = []
        for action in driver.handle(event, at: now) {
            switch action {
            case .setTimer(let timer, let after):
                timers[timer] =
                    milliseconds + after.components.seconds * 1000
                    + after.components.attoseconds / 1_000_000_000_000_000
            case .cancelTimer(let timer): timers[timer] = nil
            default: rest.append(action)
            }
        }
        return rest
    }

    @discardableResult mutating func hear(_ messages: PadMessage...) -> [DriverAction] {
        tell(.received(messages.flatMap { $0.encoded() }))
    }

    /// Lets time pass, timers included; returns what the driver did meanwhile.
    @discardableResult mutating func wait(milliseconds wait: Int64) -> [DriverAction] {
        let end = milliseconds + wait
        var actions: [DriverAction] = []
        while let next = timers.min(by: { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }),
            next.value <= end
        {
            milliseconds = max(milliseconds, next.value)
            timers[next.key] = nil
            actions += tell(.timer(next.key))
        }
        milliseconds = end
        return actions
    }
}

extension [DriverAction] {
    /// What was sent, as messages.
    var messages: [HostMessage] {
        compactMap { action in
            guard case .send(let bytes) = action else { return nil }
            var decoder = FrameDecoder()
            for byte in bytes where decoder.push(byte) == .frame { return try? HostMessage(&decoder) }
            return nil
        }
    }

    var presses: [CapturedPress] { compactMap { if case .press(let press) = $0 { press } else { nil } } }

    var observations: [DeviceObservation] {
        compactMap { if case .observed(let observation) = $0 { observation } else { nil } }
    }

    var identities: [DeviceIdentity] { compactMap { if case .identified(let identity) = $0 { identity } else { nil } } }
}
