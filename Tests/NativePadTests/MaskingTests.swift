// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import RatingModel
import Testing

/// What an operator sees of a native pad's line without being an auditor (G9).
@Suite struct MaskingTests {
    private let driver = NativePadDriver()

    @Test func `a press shows everything up to its level and nothing behind`() {
        let frame = PadMessage.press(PadLine.press(1, level: 4)).encoded()
        let shown = driver.masked(frame, .received)
        // 00, code, address, type, log 8, sequence 4, count 4, age 4, prompt 4, result, then level, key and checksum.
        #expect(shown.count == frame.count)
        #expect(shown.suffix(7) == [nil, nil, nil, nil, nil, nil, 0])
        #expect(shown[2] == frame[2] && shown[3] == 0x82 && shown[4] == 0x11)
    }

    @Test func `no two levels can be told apart`() {
        for sequence in UInt32(1)...2000 {
            let pictures = (UInt8(1)...5).map { level in
                driver.masked(PadMessage.press(PadLine.press(sequence, level: level)).encoded(), .received)
            }
            #expect(Set(pictures).count == 1, "sequence \(sequence)")
        }
    }

    /// Every way a native pad's bytes can come: on a line, on a bus, behind reports.
    private static let drivers: [(any DeviceDriver, address: UInt8, filling: Int)] = [
        (NativePadDriver(), 0, 0), (NativeBusDriver(BusSettings(addresses: [5])), 5, 0),
        (NativeReportDriver(), 0, 28),
    ]

    @Test(arguments: 0..<3) func `on every kind of line the five levels print alike, proven or not`(_ kind: Int) {
        let (driver, address, filling) = Self.drivers[kind]
        for sequence in UInt32(1)...200 {
            for isProven in [false, true] {
                let pictures = (UInt8(1)...5).map { level in
                    let press = PadLine.press(sequence, level: level)
                    // The code depends on the level as everything behind it does.
                    let code = Code128(low: UInt64(level) &* 0x9E37_79B9_7F4A_7C15, high: UInt64(sequence))
                    let message = isProven ? PadMessage.provenPress(press, code) : .press(press)
                    let bytes = message.encoded(from: address) + [UInt8](repeating: 0, count: filling)
                    return driver.masked(bytes, .received)
                }
                #expect(Set(pictures).count == 1, "sequence \(sequence)")
                #expect(pictures[0].count { $0 != nil } >= 10 + filling)
            }
        }
    }

    @Test func `what the gateway says on a bus and in reports is shown`() {
        let (bus, reports) = (Self.drivers[1].0, Self.drivers[2].0)
        let thanks = HostMessage.acknowledge(log: 1, sequence: 2).encoded(to: 5)
        let idle = PadMessage.idle.encoded(from: 5)
        #expect(bus.masked(thanks, .sent) == thanks && bus.masked(idle, .received) == idle)
        let report = [0] + HostMessage.keepAlive.encoded() + [UInt8](repeating: 0, count: 55)
        #expect(reports.masked(report, .sent) == report)
    }

    @Test func `a frame that is cut or wrong shows nothing but delimiters`() {
        let frame = PadMessage.press(PadLine.press(1)).encoded()
        for cut in 2..<frame.count - 1 {
            #expect(driver.masked(Array(frame[cut...]), .received).allSatisfy { $0 == nil || $0 == 0 }, "cut at \(cut)")
            #expect(driver.masked(Array(frame[..<cut]), .received).allSatisfy { $0 == nil || $0 == 0 }, "cut at \(cut)")
        }
        var bent = frame
        bent[5] ^= 0x40
        #expect(driver.masked(bent, .received).allSatisfy { $0 == nil || $0 == 0 })
    }

    @Test func `what holds no level is shown whole`() {
        let hello = PadMessage.hello(PadLine.hello()).encoded()
        let health = PadMessage.health(
            PadHealth(isPaused: false, isLogFull: false, waiting: 3, lifetimeCount: 9, uptimeSeconds: 5)
        ).encoded()
        #expect(driver.masked(hello + health, .received) == hello + health)
        let thanks = HostMessage.acknowledge(log: 1, sequence: 2).encoded()
        #expect(driver.masked(thanks, .sent) == thanks)
    }

    @Test func `a type this version does not know is masked`() {
        // A press of a newer kind, 8F, with a level somewhere: whole, its checksum right.
        let frame: [UInt8] = [0x00, 0x01, 0x07, 0x8F, 0x05]
        #expect(driver.masked(frame + [0], .received).dropFirst().dropLast().allSatisfy { $0 == nil })
    }

    @Test func `a press cut over two reads is masked in both`() {
        let frame = PadMessage.press(PadLine.press(1, level: 5)).encoded()
        for cut in 1..<frame.count {
            let traffic = LineTraffic(records: [
                TrafficRecord(number: 1, at: .init(nanoseconds: 0), direction: .received, bytes: frame[..<cut]),
                TrafficRecord(number: 2, at: .init(nanoseconds: 1), direction: .sent, bytes: [0x01]),
                TrafficRecord(number: 3, at: .init(nanoseconds: 2), direction: .received, bytes: frame[cut...]),
            ])
            let shown = traffic.masked(by: driver)
            #expect(shown[0] + shown[2] == driver.masked(frame, .received), "cut at \(cut)")
        }
    }

    @Test func `a driver that says nothing of masking shows nothing`() {
        let traffic = LineTraffic(records: [
            TrafficRecord(number: 1, at: .init(nanoseconds: 0), direction: .received, bytes: [1, 2]),
            TrafficRecord(number: 2, at: .init(nanoseconds: 0), direction: .sent, bytes: [3]),
        ])
        #expect(traffic.masked(by: QuietDriver()) == [[nil, nil], [nil]])
    }
}

private struct QuietDriver: DeviceDriver {
    static let name = "quiet"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false)
    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] { [] }
}
