// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension DriverConformance {
    /// Most elements a driver may keep in its collections, whatever it is fed.
    public static let mostElements = 4096

    /// Random bytes, cut traces, timers and answers about presses nobody made neither trap nor stop a driver: after
    /// all of it the traces are understood as before.
    public func driverOutlivesGarbage(seed: UInt64, bytes: Int) -> [String] {
        var violations: [String] = []
        var dice = Dice(state: seed)
        var line = DriverLine(makeDriver())
        var left = bytes
        while left > 0 {
            let chunk = hostileChunk(&dice)
            left -= max(1, chunk.count)
            violations += maskMistakes(chunk).map { "seed \(seed): \($0)" }
            line.feed(chunk)
            line.tell(hostileEvent(&dice))
            if line.kept > 100 { line.forget() }
        }
        if line.weight > DriverConformance.mostElements {
            violations.append("seed \(seed): keeps \(line.weight) elements after garbage")
        }
        for trace in traces {
            line.tell(.opened(nonce: dice.next()))
            line.forget()
            line.feed(trace.bytes)
            if line.presses.count < trace.presses {
                violations.append("seed \(seed): \(trace.name): \(line.presses.count) presses after garbage")
            }
        }
        return violations
    }

    /// A device that talks without end, and a journal that never answers, do not make a driver grow.
    public func memoryIsBounded(rounds: Int = 2000) -> [String] {
        var violations: [String] = []
        for trace in traces {
            var line = DriverLine(makeDriver())
            for _ in 0..<rounds {
                line.feed(trace.bytes)
                line.forget()
            }
            if line.weight > DriverConformance.mostElements {
                violations.append("\(trace.name): keeps \(line.weight) elements after \(rounds) rounds")
            }
        }
        var line = DriverLine(makeDriver())
        for _ in 0..<100 {
            line.feed([UInt8](repeating: 0xFF, count: 1000))
            line.forget()
        }
        if line.weight > DriverConformance.mostElements { violations.append("keeps bytes that belong to no frame") }
        return violations
    }

    /// What is shown of any bytes is either masked or what they are, byte for byte.
    private func maskMistakes(_ bytes: [UInt8]) -> [String] {
        let directions: [TrafficRecord.Direction] = [.received, .sent]
        let driver = makeDriver()
        return directions.compactMap { direction in
            let shown = driver.masked(bytes, direction)
            let isTrue = shown.count == bytes.count && zip(shown, bytes).allSatisfy { $0 == nil || $0 == $1 }
            return isTrue ? nil : "shows other bytes than were \(direction)"
        }
    }

    private func hostileChunk(_ dice: inout Dice) -> [UInt8] {
        let trace = traces[Int(dice.next() % UInt64(max(1, traces.count)))].bytes
        switch dice.next() % 4 {
        case 0: return (0..<dice.next() % 64).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
        case 1: return Array(trace.prefix(Int(dice.next() % UInt64(trace.count + 1))))
        case 2:
            var bent = trace
            for _ in 0..<3 where !bent.isEmpty {
                bent[Int(dice.next() % UInt64(bent.count))] = UInt8(truncatingIfNeeded: dice.next())
            }
            return bent
        default: return [UInt8](repeating: UInt8(truncatingIfNeeded: dice.next()), count: Int(dice.next() % 300))
        }
    }

    private func hostileImage(_ dice: inout Dice) -> FirmwareImage {
        FirmwareImage(
            release: UInt32(truncatingIfNeeded: dice.next()), version: "2", model: "",
            hash: [UInt8](repeating: UInt8(truncatingIfNeeded: dice.next()), count: Int(dice.next() % 40)),
            signature: [], bytes: [UInt8](repeating: 1, count: Int(dice.next() % 500)))
    }

    private func hostileEvent(_ dice: inout Dice) -> DriverEvent {
        let key = PressKey(device: DeviceID("nobody"), log: dice.next(), sequence: dice.next())
        let number = UInt32(truncatingIfNeeded: dice.next() % 3)
        let events: [DriverEvent] = [
            .opened(nonce: dice.next()), .timer(.answer), .timer(.keepAlive), .timer(.poll), .recorded(key),
            .refused(key), .command(.prompt(number, timeout: .seconds(Int64(truncatingIfNeeded: dice.next())))),
            .command(.cancelPrompt(number)), .command(.pause), .command(.resume), .command(.identify),
            .command(.prompt(number, timeout: .seconds(10)), at: BusAddress(truncatingIfNeeded: dice.next())),
            .command(.showWaiting(count: Int(truncatingIfNeeded: dice.next()), ticket: nil), at: 1),
            .command(.setTime(WallTime(millisecondsSinceEpoch: Int64(truncatingIfNeeded: dice.next())))),
            .timer(.bulk), .command(.cancelUpdate), .command(.update(hostileImage(&dice))),
            .command(.update(hostileImage(&dice)), at: 1),
        ]
        return events[Int(dice.next() % UInt64(events.count))]
    }
}

/// A seeded stream of numbers (SplitMix64).
private struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z &>> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z &>> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z &>> 31
    }
}
