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
