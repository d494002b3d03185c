// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// A driver on an open line of virtual time, with what it put out kept for comparison.
struct DriverLine {
    private var driver: any DeviceDriver
    private var now = MonotonicInstant(nanoseconds: 1_000_000_000)
    /// What a device or an operator would notice, in order; timers are left out.
    private(set) var visible: [DriverAction] = []
    private(set) var presses: [CapturedPress] = []
    private(set) var sent: [[UInt8]] = []
    private var timers: [DriverTimer: Duration] = [:]

    init(_ driver: any DeviceDriver) {
        self.driver = driver
        tell(.opened(nonce: 0x1234_5678_9ABC_DEF0))
    }

    /// What was put out that is neither a press nor said about the device.
    var outputs: Int {
        visible.count { action in
            switch action {
            case .send, .scanned, .staffKey: true
            default: false
            }
        }
    }

    /// How many actions are kept.
    var kept: Int { visible.count }

    mutating func forget() {
        visible = []
        presses = []
        sent = []
    }

    mutating func feed(_ bytes: [UInt8]) { tell(.received(bytes)) }

    /// Gives an event and returns what was sent for it.
    @discardableResult mutating func tell(_ event: DriverEvent) -> [[UInt8]] {
        var frames: [[UInt8]] = []
        for action in driver.handle(event, at: now) {
            switch action {
            case .setTimer(let timer, let after): timers[timer] = after
            case .cancelTimer(let timer): timers[timer] = nil
            case .send(let bytes):
                frames.append(bytes)
                visible.append(action)
            case .press(let press):
                presses.append(press)
                visible.append(action)
            case .identified, .observed, .staffKey, .scanned, .signedIn, .close: visible.append(action)
            }
        }
        sent += frames
        return frames
    }

    /// Lets so many timers run out, the nearest first.
    mutating func passTime(timers count: Int) {
        for _ in 0..<count {
            guard let next = timers.min(by: { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }) else {
                return
            }
            timers[next.key] = nil
            now = now.advanced(by: next.value)
            tell(.timer(next.key))
        }
    }

    /// How many elements all collections in the driver hold together.
    var weight: Int { DriverLine.weight(of: driver, depth: 0) }

    private static func weight(of value: Any, depth: Int) -> Int {
        if let text = value as? String { return text.utf8.count }
        guard depth < 12 else { return 0 }
        let mirror = Mirror(reflecting: value)
        var weight = [.collection, .set, .dictionary].contains(mirror.displayStyle) ? mirror.children.count : 0
        for child in mirror.children { weight += DriverLine.weight(of: child.value, depth: depth + 1) }
        return weight
    }
}
